"""The database itself refuses to change what was sent, and to change or remove what is only ever added."""

from django.db import migrations

from intake.migrations._append_only import guarded
from intake.migrations._sent_answers import locked

NOTED_WHEN_SENT = ("remind_by", "reminded_at", "reminders", "unread")


class Migration(migrations.Migration):
    replaces = [
        ("intake", "0003_alarms_append_only"),
        ("intake", "0010_sent_answers_locked"),
    ]

    dependencies = [("intake", "0001_first")]

    operations = [
        locked(*NOTED_WHEN_SENT),
        guarded(
            "intake_alarm",
            "Alarms are append-only.",
            "amendment_id = NEW.amendment_id AND danger = NEW.danger",
        ),
        guarded("intake_alarmchange", "Changes of unsafe answers are append-only."),
        guarded("intake_amendment", "Amendments are append-only.", "question_id = NEW.question_id"),
        guarded("intake_message", "Messages of patients are append-only.", "key = NEW.key"),
        guarded(
            "intake_substanceconsent",
            "Substance-use consents are append-only.",
            "submission_id = NEW.submission_id AND step = NEW.step",
        ),
    ]
