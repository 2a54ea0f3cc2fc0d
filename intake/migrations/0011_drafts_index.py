"""Drafts by when they were last saved: where people stop, and what has expired."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0010_entered_by_staff")]

    operations = [
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("saved_at"), condition=models.Q(("state", "draft")), name="intake_drafts"
            ),
        ),
    ]
