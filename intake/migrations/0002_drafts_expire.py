"""When a draft expired that could not be deleted, because an alarm is on record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="expired_at",
            field=models.DateTimeField(null=True, verbose_name="expired"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("expired_at", None), ("state", "draft"), _connector="OR"),
                name="intake_only_drafts_expire",
                violation_error_message="Only a draft expires, never an intake that was sent.",
            ),
        ),
    ]
