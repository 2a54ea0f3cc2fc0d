"""The files of ``deploy/`` as a test reads them: units, settings, and the site with a test's own places in it."""

import re
import shlex
from pathlib import Path

from tests.machine import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("clinic-*.service"))


def entries(unit: Path) -> list[tuple[str, str]]:
    """The lines ``Name=value`` of a unit, as they stand."""
    lines = unit.read_text(encoding="utf-8").splitlines()
    return [
        (name, value)
        for line in lines
        if line[:1] not in "#["
        for name, _is, value in [line.partition("=")]
        if name
    ]


def entry(unit: Path, name: str) -> str:
    (value,) = (value for found, value in entries(unit) if found == name)
    return value


def settings_in(file: Path) -> dict[str, str]:
    """What systemd and the shell both make of the file: a name and one word a line."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _is, value = line.partition("=")
            assert re.fullmatch(r"[A-Z][A-Z0-9_]*", name), line
            words = shlex.split(value)
            assert len(words) < 2, f"{line}: a value with spaces stands in quotes"
            found[name] = "".join(words)
    return found


def placed(text: str, places: dict[str, str]) -> str:
    """``text`` with the places of a clinic's machine replaced by a test's own, the longest first."""
    for real in sorted(places, key=len, reverse=True):
        begins = r"(?<![\w/.])" if real.startswith("/") else ""
        text = re.sub(rf"{begins}{re.escape(real)}(?![\w-])", lambda _: places[real], text)  # noqa: B023
    return text
