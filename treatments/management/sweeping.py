"""Gives back the space of what was erased, so that nothing of it is left in the database's own files."""

from django.db import connection

TABLES = ("intake_submission", "treatments_referral", "intake_outgoingmail")


def sweep() -> None:
    """On SQLite the file is written anew, which waits for a quiet moment; on PostgreSQL the space is freed for others."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("SET statement_timeout = 0")
            for table in TABLES:
                cursor.execute(f"VACUUM {table}")
