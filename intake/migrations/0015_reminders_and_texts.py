"""Whether somebody is reminded of a draft, and by what; the channel of what goes out."""

from django.db import migrations, models

import intake.models.coming_back
from intake.migrations._sent_answers import locked, unlocked

CHANNELS = intake.models.coming_back.channel_choices


class Migration(migrations.Migration):
    dependencies = [("intake", "0014_amendment_kind")]

    operations = [
        migrations.AddField(
            "outgoingmail",
            "channel",
            models.CharField(choices=CHANNELS, default="mail", max_length=4, verbose_name="channel"),
        ),
        unlocked(),
        migrations.AddField(
            "submission",
            "remind_by",
            models.CharField(choices=CHANNELS, max_length=4, null=True, verbose_name="remind by"),
        ),
        migrations.AddField(
            "submission", "reminded_at", models.DateTimeField(null=True, verbose_name="reminded")
        ),
        migrations.AddField(
            "submission",
            "reminders",
            models.PositiveSmallIntegerField(null=True, verbose_name="reminders sent"),
        ),
        locked("remind_by", "reminded_at", "reminders"),
    ]
