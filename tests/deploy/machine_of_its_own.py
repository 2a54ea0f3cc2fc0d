"""An empty machine in a folder: the commands of the pages run there as they stand, on a PostgreSQL of its own.

Places such as /etc/clinic are folders of the test, in the commands and in the files that they copy. Programs that
would change this machine (apt-get, adduser, systemctl, nginx) only write down that they were called; ``runuser``
sets the role by which PostgreSQL knows who asks, as the peer rule of a real machine does.
"""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.deploy.files import placed
from tests.machine import ROOT
from tests.trust.own_postgres import Cluster

PLACES = (
    "/srv/clinic",
    "/etc/clinic",
    "/etc/systemd/system",
    "/etc/nginx",
    "/var/lib/clinic",
    "/var/backups/clinic",
    "/root",
    "/run",
)
NOTED = ("apt-get", "adduser", "systemctl", "nginx")
RUNUSER = """#!/bin/sh
# runuser -u USER -- COMMAND
PGUSER=$2; export PGUSER
shift 3
exec "$@"
"""
# Owners are this machine's; modes are kept.
INSTALL = """#!/bin/sh
for word in "$@"; do
  shift
  case "$word" in -o|-g) skip=1;; *) [ -n "$skip" ] || set -- "$@" "$word"; skip=;; esac
done
exec /usr/bin/install "$@"
"""
NOTE = '#!/bin/sh\necho "${0##*/} $*" >> "$NOTED"\n'


@dataclass
class EmptyMachine:
    folder: Path
    cluster: Cluster
    places: dict[str, str] = field(init=False)
    environment: dict[str, str] = field(init=False)
    where: str = ""  # the folder in which the person at the keyboard is

    def __post_init__(self) -> None:
        socket = str(self.cluster.folder)
        self.places = {place: f"{self.folder}{place}" for place in PLACES} | {
            "%2Fvar%2Frun%2Fpostgresql": quote(socket, safe=""),
        }
        for place in (
            "/srv",
            "/etc/systemd/system",
            "/etc/nginx/sites-available",
            "/etc/nginx/sites-enabled",
            "/var/backups/clinic",
            "/root",
            "/run",
        ):
            (self.folder / place[1:]).mkdir(parents=True)
        (self.folder / "etc/nginx/nginx.conf").write_text("events {\n\tworker_connections 768;\n}\n")
        programs = self.folder / "programs"
        programs.mkdir()
        for name, text in {"runuser": RUNUSER, "install": INSTALL, **dict.fromkeys(NOTED, NOTE)}.items():
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": os.environ.get("HOME", "/nonexistent"),  # pip's cache and its settings
            "NOTED": str(self.folder / "noted"),
            "PGHOST": socket,
            "PGPORT": str(self.cluster.port),
            "CLINIC_SETTINGS": self.at("/etc/clinic/settings"),
            # The owner of what is cloned is nobody's matter here.
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        } | {
            name: value
            for name, value in os.environ.items()
            if name.lower().endswith("_proxy") or name.startswith("PIP_")
        }

    def at(self, place: str) -> str:
        return placed(place, self.places)

    def do(self, commands: str) -> str:
        """Run one block of a page, as a shell reads it that stops at the first failure; what it said."""
        script = f"{placed(commands, self.places)}\npwd > {self.folder}/where"
        ran = subprocess.run(
            ["sh", "-euc", script],
            cwd=self.where or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{commands}\n{ran.stdout}\n{ran.stderr}"
        self.where = (self.folder / "where").read_text().strip()
        return ran.stdout + ran.stderr

    def noted(self) -> str:
        return (self.folder / "noted").read_text()

    def edit_settings(self, **values: str) -> None:
        """What a person writes into the file with an editor."""
        file = Path(self.at("/etc/clinic/settings"))
        text = file.read_text()
        for name, value in values.items():
            text, found = re.subn(rf"^{name}=.*$", lambda _: f"{name}={value}", text, flags=re.MULTILINE)  # noqa: B023
            assert found == 1, name
        file.write_text(text)

    def start(self, unit: str, user: str, replaced: tuple[str, str] = ("", "")) -> subprocess.Popen:
        """What systemd would start for the unit that was copied, with its settings and as its user."""
        text = placed(Path(self.at(f"/etc/systemd/system/{unit}")).read_text(), self.places)
        assert f"\nUser={user}\n" in text
        command = re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1].replace(*replaced)
        script = f'set -a; . "$CLINIC_SETTINGS"; set +a; cd {self.at("/srv/clinic")}; exec {command}'
        return subprocess.Popen(
            ["sh", "-euc", script], env={**self.environment, "PGUSER": user}, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip


def blocks(page: str, heading: str) -> list[str]:
    """The commands under a heading of a page, a block each."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    found = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    assert found, heading
    return found
