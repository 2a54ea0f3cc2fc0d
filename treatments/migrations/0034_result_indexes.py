"""Indexes for the home page's numbers of the last weeks: completed consults, feedback, acknowledged alerts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0033_event_indexes")]

    operations = [
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                condition=models.Q(("state", "completed")), fields=["ended_at"], name="consult_completed"
            ),
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["at"], name="feedback_at"),
        ),
        migrations.AddIndex(
            model_name="acknowledgement",
            index=models.Index(fields=["at"], name="acknowledgement_at"),
        ),
    ]
