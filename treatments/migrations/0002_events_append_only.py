"""The database itself refuses to change or remove an event, whoever asks.

SQLite drops a table's triggers when it rebuilds the table: a later migration that does so to events must
run ``forbid`` again. A test fails where one was lost.
"""

from django.db import migrations

WORDS = "Events are append-only."

SQLITE = {
    "event_never_updated": "BEFORE UPDATE ON treatments_event",
    "event_never_deleted": "BEFORE DELETE ON treatments_event",
    # INSERT OR REPLACE removes the old row without asking a DELETE trigger.
    "event_never_replaced": (
        "BEFORE INSERT ON treatments_event WHEN EXISTS (SELECT 1 FROM treatments_event WHERE id = NEW.id)"
    ),
}

POSTGRESQL = f"""
CREATE FUNCTION treatments_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER event_never_changed BEFORE UPDATE OR DELETE ON treatments_event
    FOR EACH ROW EXECUTE FUNCTION treatments_event_append_only();
CREATE TRIGGER event_never_truncated BEFORE TRUNCATE ON treatments_event
    FOR EACH STATEMENT EXECUTE FUNCTION treatments_event_append_only();
"""


def forbid(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for name, when in SQLITE.items():
        schema_editor.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")


def allow(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER event_never_truncated ON treatments_event")
        schema_editor.execute("DROP TRIGGER event_never_changed ON treatments_event")
        schema_editor.execute("DROP FUNCTION treatments_event_append_only()")
        return
    for name in SQLITE:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("treatments", "0001_first")]

    operations = [migrations.RunPython(forbid, allow)]
