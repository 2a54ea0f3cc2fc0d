"""How long a request may wait for the database; commands, which migrate or sweep, may wait longer.

All of it ends before the server gives the request up (``ANSWER_SECONDS`` of clinic/rsgi.py), so that a thread
is free again by then.
"""

from django.db import connections

STATEMENT_SECONDS = 10
LOCK_SECONDS = 2  # for a row or a table that somebody else holds
POOL_SECONDS = 3  # for a connection of the pool
IDLE_SECONDS = 20  # a transaction in which nothing happens any more, and which holds locks
WRITER_SECONDS = 5  # on SQLite, where one writes at a time


def hold_to_deadlines() -> None:
    """From now on no connection of this process waits longer. Called by the server, before the first request."""
    options = connections.settings["default"]["OPTIONS"]
    if connections["default"].vendor == "sqlite":
        options["timeout"] = WRITER_SECONDS
        return
    options["pool"]["timeout"] = POOL_SECONDS
    limits = {
        "statement_timeout": STATEMENT_SECONDS,
        "lock_timeout": LOCK_SECONDS,
        "idle_in_transaction_session_timeout": IDLE_SECONDS,
    }
    words = [f"-c {name}={seconds}s" for name, seconds in limits.items()]
    options["options"] = " ".join([*words, options.get("options", "")]).strip()
