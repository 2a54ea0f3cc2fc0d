"""What a start asks of the database: that the master keys fit what it holds, and that its log repeats no statement."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

from intake.encryption.keys import master_keys
from intake.encryption.sealing import id_of
from intake.models.key_rotation import holders

# Setting of PostgreSQL -> the values with which its log holds no value of a statement.
SILENT = {
    "log_min_error_statement": {"fatal", "panic"},
    "log_error_verbosity": {"terse"},
    "log_parameter_max_length_on_error": {"0"},
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
}


@register(Tags.database)
def master_keys_fit(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A key of the database by each master key that wraps any is not asked for: one of each table tells enough."""
    missing = set()
    for alias in databases or ():
        for model in holders():
            try:
                row = model._base_manager.using(alias).filter(key__isnull=False).only("key").first()
            except DatabaseError:
                continue  # before the first migration
            if row is not None and not master_keys().knows(id_of(bytes(row.key or b""))):
                missing.add(id_of(bytes(row.key or b"")).hex())
    return [
        Error(
            f"The database holds what the master key {own} seals, and SEALING_KEYS has no key of this id.",
            hint="Put that key into SEALING_KEYS, behind the newest one. Never make a new one in its place.",
            id="intake.E001",
        )
        for own in sorted(missing)
    ]


@register(Tags.database)
def the_log_repeats_no_statement(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    found = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SILENT)])
            found += sorted(name for name, value in cursor.fetchall() if value not in SILENT[name])
    if not found:
        return []
    return [
        Warning(
            f"PostgreSQL may write what patients said into its own log: {', '.join(found)}.",
            hint="deploy/postgresql/settings.sql turns this off.",
            id="intake.W001",
        )
    ]
