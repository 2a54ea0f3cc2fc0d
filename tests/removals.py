"""What the app removes in any test is held against the rights of the role that runs it: SQLite has no roles to refuse."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models.sql.compiler import SQLDeleteCompiler

from treatments.models import run_role

ROOMS = tuple(f"{settings.BASE_DIR / room}/" for room in ("clinic", "intake", "treatments", "tests"))


def hold_to_rights() -> None:
    """From here on rows go only where ``run_role`` lets them, unless a test or the owner's work removes them."""
    execute = SQLDeleteCompiler.execute_sql

    def hold(self: SQLDeleteCompiler, *args: Any, **kwargs: Any) -> Any:
        table = self.query.get_meta().db_table
        if not by_owner(asker()) and "DELETE" not in run_role.rights().get(table, ("DELETE",)):
            raise AssertionError(
                f"The role that runs the app may not remove rows of {table} (run_role.REMOVED)."
            )
        return execute(self, *args, **kwargs)

    SQLDeleteCompiler.execute_sql = hold  # type: ignore[method-assign]


def asker() -> Path:
    """The file of ours that asked for it, through whatever of Django's."""
    frame, own = sys._getframe(2), __file__
    while frame.f_back and (
        frame.f_code.co_filename == own or not frame.f_code.co_filename.startswith(ROOMS)
    ):
        frame = frame.f_back
    return Path(frame.f_code.co_filename)


def by_owner(path: Path) -> bool:
    """Tests, migrations, and the purge, which is the owner's work; ``shared_key`` destroys keys for it alone."""
    parts = {"tests", "migrations"}.intersection(path.parts)
    return bool(parts) or path.stem in ("purge", "purge_record", "shared_key")
