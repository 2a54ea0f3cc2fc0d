"""What was sent is locked in the database: of a sent intake only ``key`` changes, which is wrapped anew or destroyed.

With the key goes what is plain of the person. A migration that makes SQLite build the table anew lifts the lock
first (``unlocked()``) and sets it again at its end (``locked()``).
"""

from functools import partial

from django.db import migrations

from intake.migrations._append_only import refusing, stopping

TABLE = "intake_submission"
WORDS = "What was sent is never changed."
FOR_GOOD = (
    *("id", "state", "source", "entered_by_id", "language", "answers"),
    *("created_at", "saved_at", "submitted_at", "submitted_on", "expired_at"),
)
UNTIL_ERASED = ("reference", "progress", "surname", "born_on")
ERASES = "NEW.key IS NULL AND NEW.surname = '' AND NEW.born_on IS NULL"


def locked(*more: str) -> migrations.RunPython:
    """``more`` are the columns that came later, and are locked for good too."""
    return migrations.RunPython(partial(_lock, more), _unlock)


def unlocked(*more: str) -> migrations.RunPython:
    """``more`` are those that were locked so far; only a migration that is taken back locks them again."""
    return migrations.RunPython(_unlock, partial(_lock, more))


def _lock(more: tuple[str, ...], apps, schema_editor) -> None:
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in _postgresql(more) if postgresql else _sqlite(more):
        schema_editor.execute(statement)


def _unlock(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in ("never_truncated", "never_removed", "never_changed"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_{name} ON {TABLE}")
        schema_editor.execute(f"DROP FUNCTION {TABLE}_append_only()")
        return
    for name in ("never_updated", "never_deleted", "never_replaced", "never_displaced"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}")


def _moved(differs: str, more: tuple[str, ...]) -> str:
    for_good, until_erased = (
        " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
        for columns in ((*FOR_GOOD, *more), UNTIL_ERASED)
    )
    return f"({for_good} OR (({until_erased}) AND NOT ({ERASES})))"


def _sqlite(more: tuple[str, ...]) -> list[str]:
    # INSERT OR REPLACE and UPDATE OR REPLACE remove the row in their way without asking a DELETE trigger.
    there = f"EXISTS (SELECT 1 FROM {TABLE} WHERE state = 'submitted' AND"  # noqa: S608  # nosec B608 names of ours
    when = {
        "never_updated": f"BEFORE UPDATE ON {TABLE} WHEN OLD.state = 'submitted' AND {_moved('IS NOT', more)}",
        "never_deleted": f"BEFORE DELETE ON {TABLE} WHEN OLD.state = 'submitted'",
        "never_replaced": f"BEFORE INSERT ON {TABLE} WHEN {there} (id = NEW.id OR reference = NEW.reference))",
        "never_displaced": (
            f"BEFORE UPDATE OF id, reference ON {TABLE} "
            f"WHEN {there} id <> OLD.id AND (id = NEW.id OR reference = NEW.reference))"
        ),
    }
    return [stopping(f"{TABLE}_{name}", each, WORDS) for name, each in when.items()]


def _postgresql(more: tuple[str, ...]) -> list[str]:
    does = f"EXECUTE FUNCTION {TABLE}_append_only()"
    return [
        refusing(TABLE, WORDS),
        f"""CREATE TRIGGER {TABLE}_never_changed BEFORE UPDATE ON {TABLE}
    FOR EACH ROW WHEN (OLD.state = 'submitted' AND {_moved("IS DISTINCT FROM", more)}) {does}""",
        f"""CREATE TRIGGER {TABLE}_never_removed BEFORE DELETE ON {TABLE}
    FOR EACH ROW WHEN (OLD.state = 'submitted') {does}""",
        f"CREATE TRIGGER {TABLE}_never_truncated BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {does}",
    ]
