"""Words that could not be read and were meant all the same, sealed beside the answers."""

from django.db import migrations, models

from intake.migrations._sent_answers import locked, unlocked


class Migration(migrations.Migration):
    dependencies = [("intake", "0015_reminders_and_texts")]

    operations = [
        unlocked("remind_by", "reminded_at", "reminders"),
        migrations.AddField(
            "submission",
            "unread",
            models.BinaryField(null=True, verbose_name="words that could not be read"),
        ),
        locked("remind_by", "reminded_at", "reminders", "unread"),
    ]
