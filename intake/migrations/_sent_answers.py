"""What was sent is locked in the database: of a sent intake only ``key`` changes, which is wrapped anew or destroyed.

A migration that makes SQLite rebuild the table, or adds a column that is locked too, lifts the lock before
(``unlocked``) and sets it again (``locked``) with its own list of columns.
"""

from collections.abc import Callable

from django.db import migrations

from intake.migrations._append_only import refusing, stopping

TABLE = "intake_submission"
WORDS = "What was sent is never changed."


def locked(*columns: str) -> migrations.RunPython:
    """The operation after which these ``columns`` of a sent intake stand as they are, and none is removed."""
    return migrations.RunPython(_lock(columns), _unlock)


def unlocked(*columns: str) -> migrations.RunPython:
    return migrations.RunPython(_unlock, _lock(columns))


def _lock(columns: tuple[str, ...]) -> Callable:
    def lock(apps, schema_editor) -> None:
        postgresql = schema_editor.connection.vendor == "postgresql"
        for statement in _postgresql(columns) if postgresql else _sqlite(columns):
            schema_editor.execute(statement)

    return lock


def _unlock(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in ("never_truncated", "never_removed", "never_changed"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_{name} ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_append_only()")
        return
    for name in ("never_updated", "never_deleted", "never_replaced", "never_displaced"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}")


def _sqlite(columns: tuple[str, ...]) -> list[str]:
    moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    # INSERT OR REPLACE and UPDATE OR REPLACE remove the row in their way without asking a DELETE trigger.
    there = f"EXISTS (SELECT 1 FROM {TABLE} WHERE state = 'submitted' AND"
    when = {
        "never_updated": f"BEFORE UPDATE ON {TABLE} WHEN OLD.state = 'submitted' AND ({moved})",
        "never_deleted": f"BEFORE DELETE ON {TABLE} WHEN OLD.state = 'submitted'",
        "never_replaced": f"BEFORE INSERT ON {TABLE} WHEN {there} (id = NEW.id OR reference = NEW.reference))",
        "never_displaced": (
            f"BEFORE UPDATE OF id, reference ON {TABLE} "
            f"WHEN {there} id <> OLD.id AND (id = NEW.id OR reference = NEW.reference))"
        ),
    }
    return [stopping(f"{TABLE}_{name}", each, WORDS) for name, each in when.items()]


def _postgresql(columns: tuple[str, ...]) -> list[str]:
    moved = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    does = f"EXECUTE FUNCTION {TABLE}_append_only()"
    return [
        refusing(TABLE, WORDS),
        f"""CREATE TRIGGER {TABLE}_never_changed BEFORE UPDATE ON {TABLE}
    FOR EACH ROW WHEN (OLD.state = 'submitted' AND ({moved})) {does}""",
        f"""CREATE TRIGGER {TABLE}_never_removed BEFORE DELETE ON {TABLE}
    FOR EACH ROW WHEN (OLD.state = 'submitted') {does}""",
        f"CREATE TRIGGER {TABLE}_never_truncated BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {does}",
    ]
