"""An alarm may rest on an amendment: the same danger then rings again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_questions")]

    operations = [
        migrations.AddField(
            model_name="alarm",
            name="amendment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alarms",
                to="intake.amendment",
            ),
        ),
        migrations.RemoveConstraint(model_name="alarm", name="intake_one_alarm_per_danger"),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("amendment", None)),
                fields=("submission", "danger"),
                name="intake_one_alarm_per_danger",
                violation_error_message="This alarm has been raised already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.UniqueConstraint(
                fields=("amendment", "danger"),
                name="intake_one_alarm_per_amendment_and_danger",
                violation_error_message="This alarm has been raised already.",
            ),
        ),
    ]
