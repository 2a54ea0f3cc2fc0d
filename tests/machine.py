"""A clinic of its own for a test: a database file, and the real commands in processes that can be killed."""

import os
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from tests.starting import manage

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text()


# A file with all tables and nothing in them, by the keys that it was made with.
_MIGRATED: dict[str, bytes] = {}


class Machine:
    """A clinic of its own: a database file and the real commands in processes of their own."""

    def __init__(self, folder: Path):
        self.file = folder / "clinic.sqlite3"
        self.file.touch()  # outside a demonstration none is made by itself
        self.environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "only-for-tests",
            "SEALING_KEYS": os.environ["SEALING_KEYS"],
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{self.file}",
            "DEFAULT_FROM_EMAIL": "desk@clinic.example",
        }

    def command(self, *words: str, **more: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env={**self.environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, *words: str, **more: str) -> str:
        ran = manage(*words, environment={**self.environment, **more})
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def migrate(self) -> None:
        """Make all tables. Of the machines of one run only the first takes the time, the others get what it made."""
        on_file = self.environment["DATABASE_URL"] == f"sqlite:///{self.file}"
        made_with = self.environment["SEALING_KEYS"]
        if on_file and made_with in _MIGRATED:
            self.file.write_bytes(_MIGRATED[made_with])
            return
        self.run("migrate", "--verbosity", "0")
        if on_file:
            with closing(sqlite3.connect(self.file)) as database:
                _MIGRATED[made_with] = database.serialize()

    def python(self, code: str) -> str:
        return self.run("shell", "--no-imports", "-v", "0", "-c", code)

    def read(self, query: str) -> list[tuple]:
        """Rows of the database, as they stand on the disk."""
        with closing(sqlite3.connect(self.file)) as database:
            return database.execute(query).fetchall()

    def write(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.file)) as database, database:
            database.execute(statement, values)


def of_make_run(words: str) -> str:
    """What of ``make run``'s recipe matches, as the shell reads it."""
    found = re.search(words, MAKEFILE, re.DOTALL)[0].replace("\\\n", " ").replace("$$", "$")
    return found.replace("$(BIN)/python", sys.executable).replace("$(BIN)", str(Path(sys.executable).parent))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Served:
    """The server as ``make run`` starts it, with ``more`` behind that command; ``--workers 1`` for one worker.

    What it says goes into the file ``log``, if there is one.
    """

    def __init__(self, machine: Machine, port: int, more: str = "", log: IO[str] | None = None):
        self.machine, self.port, self.more, self.log = machine, port, more, log
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = of_make_run(r"\$\(BIN\)/python -m clinic\.serve [^\n]*")
        command = command.replace("$(HOST)", "127.0.0.1").replace("$(PORT)", str(self.port))
        self.process = subprocess.Popen(
            shlex.split(f"{command} {self.more}"),
            cwd=ROOT,
            env=self.machine.environment,
            stdout=self.log,
            stderr=self.log,
        )
        wait_for(self.answers)

    def answers(self) -> bool:
        try:
            with urlopen(self.url, timeout=5) as response:  # noqa: S310 (our own)
                return response.status == 200
        except OSError:  # of which a timeout is one
            return False

    def workers(self) -> list[int]:
        pid = self.process.pid
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(child) for each in threads for child in _read(each).split()]
        return [child for child in children if alive(child)]

    def serving(self) -> list[int]:
        return [each for each in self.workers() if serves(each)]

    @property
    def worker(self) -> int:
        (worker,) = self.serving()
        return worker

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Meanwhile requests arrive and nothing answers."""
        worker = self.worker
        os.kill(worker, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(worker, signal.SIGCONT)

    def kill_worker(self) -> None:
        worker = self.worker
        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: not alive(worker))

    def kill(self) -> None:
        """The whole server, at once and without a word."""
        for each in (self.process.pid, *self.workers()):
            os.kill(each, signal.SIGKILL)
        self.process.wait(timeout=30)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def serves(pid: int) -> bool:
    """Whether this child is a worker, not the tracker of shared memory that Python starts beside it."""
    return "resource_tracker" not in _read(Path(f"/proc/{pid}/cmdline"))


def _read(file: Path) -> str:
    """What the system says of a thread or process; nothing of one that has just ended."""
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    process.stdout.close()


def wait_for(happened: Callable[[], object], seconds: float = 150) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    # Ended, but nobody has asked how yet.
    return not Path(f"/proc/{number}/stat").exists() or ") Z " not in Path(f"/proc/{number}/stat").read_text()


@contextmanager
def few_threads(machine: Machine) -> Iterator[int]:
    """A control: granian's own interface, with the four threads that the app's server had before; its port."""
    port = free_port()
    words = ["--interface", "wsgi", "--blocking-threads", "4", "--port", str(port), "clinic.wsgi:application"]
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", *words],
        cwd=ROOT,
        env={**machine.environment, "PATH": os.environ["PATH"]},
    )
    try:
        wait_for(lambda: listens(port))
        yield port
    finally:
        process.terminate()  # with its worker, which then has what was broken off
        process.wait(timeout=30)


def listens(port: int) -> bool:
    """Whether the front page comes."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as response:
            return response.status == 200
    except OSError:
        return False
