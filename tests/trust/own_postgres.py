"""A PostgreSQL server of a test's own, with its own log, so that a test may set it up as a clinic would."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.machine import free_port

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclass(frozen=True)
class Cluster:
    """``admin`` is its superuser; anybody on this machine is trusted."""

    folder: Path
    port: int

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


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """Started for the ``with``; PostgreSQL refuses to run as root, so under root it runs as ``postgres``."""
    # Not in pytest's own folder, into which nobody else may look.
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        yield from _started(Path(folder))


def _started(own: Path) -> Iterator[Cluster]:
    as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if as_other:
        shutil.chown(own, "postgres")
    programs, port = PROGRAMS[-1], free_port()

    def run(program: str, *words: str) -> None:
        subprocess.run([*as_other, str(programs / program), *words], check=True, cwd="/", capture_output=True)

    data, control = str(own / "data"), ["-D", str(own / "data"), "-w"]
    run("initdb", "-D", data, "-U", "admin", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-p {port} -k {own} -c listen_addresses=127.0.0.1 -c fsync=off"
    run("pg_ctl", *control, "-l", str(own / "log"), "-o", options, "start")
    try:
        yield Cluster(own, port)
    finally:
        run("pg_ctl", *control, "-m", "immediate", "stop")
