"""How a completed consult ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0008_events_of_the_patient")]

    operations = [
        migrations.AddField(
            model_name="consult",
            name="outcome",
            field=models.CharField(blank=True, default="", max_length=32, verbose_name="outcome"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="consult",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", ""), ("state", "completed"), _connector="OR"),
                name="consult_outcome_once_completed",
                violation_error_message="Only a completed consult has an outcome.",
            ),
        ),
    ]
