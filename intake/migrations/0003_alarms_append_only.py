"""The database itself refuses to change or remove an alarm, or the change of an unsafe answer."""

from django.db import migrations

from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_alarm_answers")]

    operations = [
        guarded("intake_alarm", "Alarms are append-only."),
        guarded("intake_alarmchange", "Changes of unsafe answers are append-only."),
    ]
