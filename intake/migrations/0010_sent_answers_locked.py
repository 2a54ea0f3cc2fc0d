"""The database itself refuses to change what was sent, an amendment or a message; only the purge lifts a guard."""

from django.db import migrations

from intake.migrations._append_only import guarded, purgeable, unguarded
from intake.migrations._sent_answers import locked

ALARMS = ("intake_alarm", "Alarms are append-only.")


class Migration(migrations.Migration):
    dependencies = [("intake", "0009_shared_keys")]

    operations = [
        locked(),
        guarded("intake_amendment", "Amendments are append-only.", "question_id = NEW.question_id"),
        guarded("intake_message", "Messages of patients are append-only.", "key = NEW.key"),
        # Guarded already, but not against INSERT OR REPLACE in the place of another column.
        unguarded(*ALARMS),
        guarded(*ALARMS, "amendment_id = NEW.amendment_id AND danger = NEW.danger"),
        purgeable("intake_alarmchange", "Changes of unsafe answers are append-only."),
    ]
