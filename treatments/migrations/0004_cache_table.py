"""The table of the cache, which all workers share: counts of failed sign-ins, and codes that were used."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop(apps, schema_editor) -> None:
    schema_editor.execute("DROP TABLE clinic_cache")


class Migration(migrations.Migration):
    replaces = [
        ("treatments", "0016_cache_table"),
    ]

    dependencies = [("treatments", "0003_search_index")]

    operations = [migrations.RunPython(make, drop)]
