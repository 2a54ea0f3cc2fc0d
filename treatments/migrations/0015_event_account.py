"""An event may be about a staff account.

Taking the column back rebuilds the table on SQLite, which loses its triggers: they are made again then.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

forbid = import_module("treatments.migrations.0002_events_append_only").forbid


def guard_again(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        forbid(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0014_upkeep"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.AddField(
            model_name="event",
            name="account",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
