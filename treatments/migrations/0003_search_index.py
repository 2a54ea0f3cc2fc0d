"""Parts of words are found by an index of trigrams: PostgreSQL's pg_trgm; SQLite reads its one clinic's rows.

With more statistics PostgreSQL can tell a rare name, which the index finds, from a frequent part of names,
for which walking the list in its order is faster.
"""

from django.db import migrations


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # A trusted extension: the owner of the database may add it.
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute("ALTER TABLE treatments_referral ALTER COLUMN search SET STATISTICS 1000")
        schema_editor.execute(
            "CREATE INDEX referral_search ON treatments_referral USING gin (search gin_trgm_ops)"
        )


def drop(apps, schema_editor):
    # The extension stays: it may have been there before, and others may use it.
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS referral_search")
        schema_editor.execute("ALTER TABLE treatments_referral ALTER COLUMN search SET STATISTICS -1")


class Migration(migrations.Migration):
    dependencies = [("treatments", "0002_append_only")]

    operations = [migrations.RunPython(make, drop)]
