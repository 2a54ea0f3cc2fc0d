"""Real harm to the database of a test: each stands while its ``with`` lasts, and the database itself says no."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

import psycopg
from django.db import Error, connection, transaction

from intake.models import Message, Submission
from treatments.models import Event, Referral

TABLES = [model._meta.db_table for model in (Submission, Message, Event, Referral)]
NOWHERE = {"sqlite": {"NAME": "/nowhere/clinic.sqlite3"}, "postgresql": {"PORT": 1}}
PORT = connection.settings_dict["PORT"] or 5432  # while ours is set to nowhere
SHORT = 0.5  # seconds that the pool waits for a connection


@contextmanager
def refused() -> Iterator[None]:
    """No database at its address."""
    with _elsewhere():
        yield


@contextmanager
def gone_before() -> Iterator[None]:
    """The connection was cut after the last request, and there is no other."""
    with _elsewhere(keep=True):
        _cut()
        yield


@contextmanager
def gone_during() -> Iterator[None]:
    """The connection is cut as the first thing is to be written, and there is no other."""
    cut = False

    def cut_at_a_write(execute, sql, *more):
        nonlocal cut
        if not cut and sql.startswith(("INSERT", "UPDATE")):
            cut = True
            _cut()
        return execute(sql, *more)

    with _elsewhere(keep=True), connection.execute_wrapper(cut_at_a_write):
        yield


@contextmanager
def full() -> Iterator[None]:
    """SQLite may not grow by a page. PostgreSQL's tables refuse rows as a full disk would, with its error."""
    if connection.vendor == "sqlite":
        for step in (
            "journal_mode = DELETE",
            "page_size = 512",
            None,
            "journal_mode = WAL",
        ):  # small: soon full
            _run(f"PRAGMA {step}" if step else "VACUUM")
        with connection.cursor() as cursor:
            most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        _run(f"PRAGMA max_page_count = {pages}")
        yield
        _run(f"PRAGMA max_page_count = {most}")
        return
    with _refusing("disk_full"):
        yield


@contextmanager
def broken_rule() -> Iterator[None]:
    """A constraint that every row breaks."""
    with _refusing("check_violation"):
        yield


@contextmanager
def locked() -> Iterator[None]:
    """Somebody holds what is to be written, for longer than we wait."""
    with _held():
        _run("PRAGMA busy_timeout = 50" if connection.vendor == "sqlite" else "SET lock_timeout = 50")
        yield
    _run("PRAGMA busy_timeout = 20000" if connection.vendor == "sqlite" else "RESET lock_timeout")


@contextmanager
def slow() -> Iterator[None]:
    """A statement takes longer than it may (PostgreSQL)."""
    with _held():
        _run("SET statement_timeout = 50")
        yield
    _run("RESET statement_timeout")


@contextmanager
def read_only() -> Iterator[None]:
    """It can be read and not written, as a standby or a mount gone bad."""
    ours = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}
    _run(ours[connection.vendor])
    yield
    _run(ours[connection.vendor].replace("ON", "OFF").replace("= on", "= off"))


EVERY: dict[str, Callable] = {
    "refused": refused,
    "gone before": gone_before,
    "gone during": gone_during,
    "full": full,
    "lock": locked,
    "read-only": read_only,
    "constraint": broken_rule,
}
if connection.vendor == "postgresql":
    EVERY["slow"] = slow


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def _elsewhere(*, keep: bool = False) -> Iterator[None]:
    """New connections lead nowhere; with ``keep`` the one that is open stays in use."""
    settings, options = connection.settings_dict, connection.settings_dict["OPTIONS"]
    before, pool = {**settings}, options.get("pool")
    if not keep:
        _close()
    settings.update(NOWHERE[connection.vendor])
    if pool and not keep:
        options["pool"] = {**pool, "min_size": 0, "timeout": SHORT}
    try:
        yield
    finally:
        _close()
        settings.update(before)
        if pool:
            options["pool"] = pool


def _close() -> None:
    with suppress(Error):
        connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def _cut() -> None:
    """End our connection from the other side; on SQLite, which has none, close its file beneath Django."""
    if connection.vendor == "sqlite":
        connection.connection.close()
        return
    with other() as others:
        others.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])


def other() -> closing:
    """A connection of somebody else (PostgreSQL)."""
    named = connection.settings_dict
    address = {"dbname": named["NAME"], "user": named["USER"], "host": named["HOST"], "port": PORT}
    return closing(psycopg.connect(**address, password=named["PASSWORD"] or None, autocommit=True))


@contextmanager
def _held() -> Iterator[None]:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
        return
    connection.ensure_connection()
    with other() as others, others.transaction():
        others.execute(f"LOCK TABLE {', '.join(TABLES)} IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def _refusing(condition: str) -> Iterator[None]:
    """Each table answers every new or changed row with this error of the database itself."""
    if connection.vendor == "postgresql":
        _run(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{condition}'; END $$"
        )
    with transaction.atomic():
        for table in TABLES:
            for verb in ("INSERT", "UPDATE"):
                does = (
                    "EXECUTE FUNCTION refuse()"
                    if connection.vendor == "postgresql"
                    else "BEGIN SELECT RAISE(ABORT, 'refused'); END"
                )
                _run(f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table} FOR EACH ROW {does}")
    yield
    with transaction.atomic():
        for table in TABLES:
            for verb in ("INSERT", "UPDATE"):
                of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                _run(f"DROP TRIGGER {table}_refuses_{verb}{of_table}")
    if connection.vendor == "postgresql":
        _run("DROP FUNCTION refuse()")
