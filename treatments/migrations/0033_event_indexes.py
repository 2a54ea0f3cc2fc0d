"""Indexes for the privacy officer's list: the newest events of all, and those of one member of staff."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0032_events_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["at", "id"], name="event_newest"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor", "at"], name="event_by_actor"),
        ),
    ]
