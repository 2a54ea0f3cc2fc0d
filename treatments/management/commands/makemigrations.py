"""Django's ``makemigrations``, which also notes the newest migration of each side in ``max_migration.txt``.

Two branches that each add a migration then conflict in that line, and whoever merges renumbers theirs.
"""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.commands import makemigrations


class Command(makemigrations.Command):
    def write_migration_files(self, changes: dict[str, list], *args: Any, **kwargs: Any) -> None:
        super().write_migration_files(changes, *args, **kwargs)
        for app, migrations in {} if self.dry_run else changes.items():
            note_newest(app, migrations[-1].name)


def note_newest(app: str, name: str) -> None:
    newest_of(app).write_text(f"{name}\n", encoding="utf-8")


def newest_of(app: str) -> Path:
    """The file that names an app's newest migration."""
    return Path(apps.get_app_config(app).path, "migrations", "max_migration.txt")
