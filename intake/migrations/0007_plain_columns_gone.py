"""The plain columns go; the sealed ones take their names."""

from django.db import migrations, models

from intake.migrations._append_only import guarded, unguarded

SEALED = (
    *(
        ("submission", "answers", "answers"),
        ("alarm", "answer", "answer"),
        ("alarmchange", "answer", "answer"),
    ),
    *(("message", "text", "text"), ("question", "message", "message to the patient")),
    *(("question", "fields", "asked"), ("amendment", "changes", "changes")),
)
MAY_BE_EMPTY = {("alarm", "answer"), ("message", "text")}
GUARDED = (
    ("intake_alarm", "Alarms are append-only."),
    ("intake_alarmchange", "Changes of unsafe answers are append-only."),
)


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_seal_what_was_told")]

    operations = [
        *(unguarded(*each) for each in GUARDED),
        *(migrations.RemoveField(model, name) for model, name, _words in SEALED),
        *(migrations.RenameField(model, f"{name}_sealed", name) for model, name, _words in SEALED),
        *(
            migrations.AlterField(
                model, name, models.BinaryField(verbose_name=words, null=(model, name) in MAY_BE_EMPTY)
            )
            for model, name, words in SEALED
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                name="intake_message_says_something",
                condition=models.Q(("kind", "withdrawal"), ("text__isnull", False), _connector="OR"),
                violation_error_message="A message has a text.",
            ),
        ),
        *(guarded(*each) for each in GUARDED),
    ]
