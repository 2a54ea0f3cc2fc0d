"""The space of the plain columns is given back, so that nothing of what they held is left in the files."""

from django.db import migrations

from intake.migrations._sealing import swept


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("intake", "0007_plain_columns_gone")]

    operations = [
        swept(
            *("intake_submission", "intake_alarm", "intake_alarmchange"),
            *("intake_message", "intake_question", "intake_amendment"),
        )
    ]
