"""A PostgreSQL server of a test's own, with its own log, so that a test may set it up as a clinic would."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.machine import alive, free_port, wait_for

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclass(frozen=True)
class Cluster:
    """``admin`` is its superuser; anybody on this machine is trusted. Without ``fsync`` it is fast and may lose."""

    folder: Path
    port: int
    fsync: bool

    def address(self, role: str, name: str) -> str:
        return f"postgres://{role}@127.0.0.1:{self.port}/{name}"

    def run(self, *statements: str, name: str = "postgres") -> None:
        self._psql(name, *(part for statement in statements for part in ("-c", statement)))

    def script(self, file: Path, name: str = "postgres") -> None:
        self._psql(name, "-f", str(file))

    def _psql(self, name: str, *commands: str) -> None:
        where = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port), "-U", "admin"]
        subprocess.run(["psql", *where, "-d", name, *commands], check=True)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def make(self) -> None:
        self._program("initdb", "-D", self._data, "-U", "admin", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        options += "" if self.fsync else " -c fsync=off"
        log = str(self.folder / "log")
        self._program("pg_ctl", "-D", self._data, "-w", "-l", log, "-o", options, "start")

    def stop(self) -> None:
        self._program("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")

    def processes(self) -> list[int]:
        """The server's own process first, then those that it started."""
        first = (self.folder / "data" / "postmaster.pid").read_text().split()[0]
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [int(each) for each in (first, *children)]

    def kill(self) -> None:
        """All of it, at once and without a word."""
        killed = self.processes()
        for each in killed:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        wait_for(lambda: not any(map(alive, killed)))

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _program(self, program: str, *words: str) -> None:
        as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*as_other, str(PROGRAMS[-1] / program), *words]
        subprocess.run(command, check=True, cwd="/", capture_output=True)


@contextmanager
def own_cluster(*, fsync: bool = False) -> Iterator[Cluster]:
    """Started for the ``with``; PostgreSQL refuses to run as root, so under root it runs as ``postgres``."""
    # Not in pytest's own folder, into which nobody else may look.
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        cluster = Cluster(Path(folder), free_port(), fsync)
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
