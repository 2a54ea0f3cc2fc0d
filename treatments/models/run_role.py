"""What the role that runs the app may do on PostgreSQL, table by table; another role owns the tables and migrates.

``manage.py grant_app_role`` grants exactly this. A table that is not named here may be read, written to and changed,
and no row of it removed.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Rows that are only added; the triggers of their tables say the same to everybody (docs/decisions/0018-events-append-only.md).
APPEND_ONLY = frozenset(
    {
        *("intake.Alarm", "intake.AlarmChange", "intake.Amendment", "intake.Message"),
        "intake.SubstanceConsent",
        *(
            "treatments.Event",
            "treatments.AlertEntry",
            "treatments.RiskAssessment",
            "treatments.OnCallSending",
            "treatments.Letter",
            "treatments.PrintedPaper",
        ),
        *(
            "treatments.ClinicTextVersion",
            "treatments.ClinicProfile",
            "treatments.OutsideServiceVersion",
            "treatments.NoticeDefaults",
        ),
        *("treatments.Evidence", "treatments.Entry", "treatments.Score", "treatments.PackReview"),
    }
)
ADDED = APPEND_ONLY | {"admin.LogEntry"}
# What the groups may do is changed by ``migrate`` and ``seed_groups`` alone, as the owner.
READ = frozenset(
    {
        *("auth.Permission", "auth.Group", "auth.Group_permissions", "auth.User_user_permissions"),
        "contenttypes.ContentType",
    }
)
# Drafts, what hangs on them, sessions, notices, and what staff take back or set for themselves. Of a submission only a draft
# goes, of a visit only one whose booking is taken back.
REMOVED = frozenset(
    {
        *("intake.Submission", "intake.ResumeKey", "intake.OutgoingMail", "intake.MessagesStopped"),
        *("intake.Try", "auth.User_groups", "sessions.Session"),
        *("treatments.DuplicateLink", "treatments.SavedView", "treatments.KeySetting", "treatments.Visit"),
        "treatments.Notice",
        *("mfa.Authenticator", "account.EmailAddress", "account.EmailConfirmation"),
    }
)
OWNED = """SELECT relname, pg_has_role(current_user, relowner, 'USAGE'),
    has_table_privilege(oid, 'SELECT'), has_table_privilege(oid, 'INSERT'),
    has_table_privilege(oid, 'UPDATE'), has_table_privilege(oid, 'DELETE')
    FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname = ANY(%s)"""
# Whether a role that can't act as the owner may write events.
ANOTHER = """SELECT count(*) FROM pg_class, aclexplode(relacl) AS granted
    WHERE pg_class.oid = to_regclass('treatments_event') AND privilege_type = 'INSERT' AND grantee <> relowner"""


def table_of(label: str) -> str:
    """By the name of its model, those that Django makes by itself included."""
    return str(apps.get_model(label)._meta.db_table)


def rights() -> dict[str, tuple[str, ...]]:
    """Table -> what the role may do with its rows."""
    found = {"django_migrations": ("SELECT",), _cache_table(): ("SELECT", "INSERT", "UPDATE", "DELETE")}
    for model in apps.get_models(include_auto_created=True):
        label, may = model._meta.label, ["SELECT"]
        if model._meta.proxy or not model._meta.managed:
            continue
        may += ["INSERT"] if label not in READ else []
        may += ["UPDATE"] if label not in READ | ADDED else []
        may += ["DELETE"] if label in REMOVED else []
        found[model._meta.db_table] = tuple(may)
    return found


def _cache_table() -> str:
    return str(settings.CACHES["default"]["LOCATION"])


def statements(role: str, connection: BaseDatabaseWrapper) -> Iterator[str]:
    """What the owner runs so that ``role`` may do just this; again after each migration that makes a table."""
    quoted, database = map(connection.ops.quote_name, (role, connection.settings_dict["NAME"]))
    # A table of its own in a session would take the place of ours.
    yield f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {quoted}"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {quoted}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {quoted}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {quoted}"
    yield f"GRANT USAGE ON SCHEMA public TO {quoted}"
    yield f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}"  # a backup reads them
    for table, may in sorted(rights().items()):
        yield f"GRANT {', '.join(may)} ON {connection.ops.quote_name(table)} TO {quoted}"


def _wrong(rows: list[tuple]) -> tuple[list[str], list[str]]:
    """The tables of which the role may do too little, and those of which it may do too much."""
    wanted = rights()
    little: list[str] = []
    much: list[str] = []
    for table, _owns, *may in rows:
        for right, is_granted in zip(("SELECT", "INSERT", "UPDATE", "DELETE"), may, strict=True):
            if is_granted != (right in wanted[table]):
                (much if is_granted else little).append(f"{table} ({right})")
    return sorted(little), sorted(much)


def _asked(databases: Any) -> Iterator[tuple[list[tuple], bool]]:
    """Of each PostgreSQL database: its tables with what the role that asks may do, and whether there is another."""
    for alias in databases or ():
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute(OWNED, [list(rights())])
                rows = cursor.fetchall()
                cursor.execute(ANOTHER)
                yield rows, bool(cursor.fetchone()[0])


@register(Tags.database)
def another_role_runs_the_app(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """``migrate`` runs as the owner and asks whether somebody else may write; ``check --deploy`` asks who runs."""
    if settings.DEBUG or settings.DEMO:
        return []
    found: list[CheckMessage] = []
    for rows, is_another in _asked(databases):
        if any(owns for _table, owns, *_may in rows):
            found += [] if is_another else [_owner_warning()]
            continue
        little, much = _wrong(rows)
        if little:
            found.append(
                Error(
                    f"The role that runs the app may not do what it has to: {', '.join(little)}.",
                    hint="As the owner of the tables: manage.py grant_app_role ROLE.",
                    id="treatments.E002",
                )
            )
        if much:
            found.append(
                Warning(
                    f"The role that runs the app may do what it need not: {', '.join(much)}.",
                    hint="As the owner of the tables: manage.py grant_app_role ROLE.",
                    id="treatments.W004",
                )
            )
    return found


@register(Tags.database, deploy=True)
def the_app_owns_no_table(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return [
        _owner_warning()
        for rows, is_another in _asked(databases)
        if is_another and any(owns for _table, owns, *_may in rows)
    ]


def _owner_warning() -> Warning:
    return Warning(
        "The app runs as a role that owns its tables: whoever takes it over can change the record.",
        hint="Run it as another role: docs/deploying.md, Two roles.",
        id="treatments.W003",
    )
