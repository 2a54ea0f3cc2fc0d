"""Writes the database out and reads it in, by the means of its own maker: SQLite's backup, pg_dump and pg_restore."""

import os
import shutil
import sqlite3
import subprocess  # nosec B404
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from treatments.management.backups.contents import Contents, contents_of

# As the role that owns the tables on the other machine: neither owners nor rights are written out.
WITHOUT_ROLES = ("--no-owner", "--no-privileges")


class NotDone(Exception):
    """Why a backup or a restore can't go on: one sentence for the person at the keyboard."""


def write_out(path: Path) -> Contents:
    """Write the whole database to ``path``, as it is at one moment; what it held then."""
    path.touch(mode=0o600)
    return _dump(path) if connection.vendor == "postgresql" else _copy(path)


def _copy(path: Path) -> Contents:
    """Page by page while people work: a copy of the file would lose what stands in its log."""
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    with another(str(path)) as opened:
        return contents_of(opened)


def _dump(path: Path) -> Contents:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        _run("pg_dump", "--format=custom", *WITHOUT_ROLES, f"--snapshot={snapshot}", f"--file={path}")
        return contents_of(connection)


def read_in(path: Path, opened: BaseDatabaseWrapper) -> None:
    """Fill the empty database of ``opened`` from what ``write_out`` wrote; ``NotDone`` where it is not empty."""
    if opened.vendor == "postgresql":
        if opened.introspection.table_names():
            raise NotDone("The database holds tables. Restore into an empty one.")
        opened.close()
        _run("pg_restore", "--exit-on-error", "--single-transaction", *WITHOUT_ROLES, str(path), into=opened)
        return
    place = Path(opened.settings_dict["NAME"])
    if place.exists() and place.stat().st_size:
        raise NotDone(f"{place} is there already. Move it away first, with its -wal and -shm files.")
    for leftover in ("-wal", "-shm"):  # of a file that is gone: they would be played into this one
        place.with_name(place.name + leftover).unlink(missing_ok=True)
    shutil.copyfile(path, place)
    place.chmod(0o600)
    with opened.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        if (said := cursor.fetchone()[0]) != "ok":
            raise NotDone(f"The restored file is not whole: {said}")


def _run(program: str, *words: str, into: BaseDatabaseWrapper = connection) -> None:
    """Run PostgreSQL's ``program`` on a database; a password reaches it by the environment, which nobody lists."""
    named = into.settings_dict
    given = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}  # nosec B105
    environment = {**os.environ, **{to: str(named[key]) for key, to in given.items() if named.get(key)}}
    where = [f"--dbname={named['NAME']}"] if program == "pg_restore" else [str(named["NAME"])]
    try:
        done = subprocess.run([program, *words, *where], env=environment, capture_output=True, check=False)  # nosec B603 # noqa: S603  # words of ours
    except FileNotFoundError:
        raise NotDone(
            f"{program} is not on this machine: install PostgreSQL's client of the server's version."
        ) from None
    if done.returncode:
        # Its first line names an object, and no row: what follows may hold one.
        raise NotDone(f"{program} failed: {done.stderr.decode(errors='replace').strip().splitlines()[0]}")


@contextmanager
def another(name: str) -> Iterator[BaseDatabaseWrapper]:
    """The database ``name`` beside the app's own, on the same server or as a SQLite file, opened as ``other``."""
    opened = connections[DEFAULT_DB_ALIAS].copy("other")
    opened.settings_dict |= {"NAME": name, "CONN_MAX_AGE": 0}
    opened.settings_dict["OPTIONS"].pop("pool", None)
    connections["other"] = opened
    try:
        yield opened
    finally:
        opened.close()
        del connections["other"]


@contextmanager
def scratch(folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database to try a restore in; gone afterwards."""
    if connection.vendor != "postgresql":
        with another(str(folder / "drill.sqlite3")) as opened:
            yield opened
        return
    name = f"{connection.settings_dict['NAME']}_drill"
    _on_the_server(f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE template0")
    try:
        with another(name) as opened:
            yield opened
    finally:
        _on_the_server(f"DROP DATABASE {connection.ops.quote_name(name)}")


def _on_the_server(statement: str) -> None:
    """Outside of any transaction, as making and dropping a database has to be."""
    with another("postgres") as opened, opened.cursor() as cursor:
        cursor.execute(statement)
