"""Several people at the very same moment: real threads, each with its own connection."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

from django.db import connection, connections


def at_once(*actions: Callable) -> list:
    """Start all ``actions`` at the same moment, each with its own connection; what each gave or raised."""
    gate = Barrier(len(actions))
    outcomes: list = [None] * len(actions)

    def run(place: int, action: Callable) -> None:
        gate.wait()
        try:
            outcomes[place] = action()
        except Exception as fault:
            outcomes[place] = fault
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=each) for each in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def database_in_a_file(folder: Path) -> Iterator[None]:
    """On SQLite a copy of the test database in a file: threads can't share one that lies in memory."""
    if connection.vendor != "sqlite":
        yield
        return
    file = folder / "races.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = in_memory, name
