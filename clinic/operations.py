"""The operator's page: how the server runs and what to do about it, for a technical person who reads no patient."""

import platform
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.fault_counts import DayOfFaults, counts
from intake.fields.kinds import Text
from treatments import charts, permissions
from treatments.figures.running import Line, State, upkeep_lines, work_lines
from treatments.rules.version import RULESET

ROOT = Path(__file__).parents[1]
DAYS = 7
# Drawn like the two series of the home page.
SERIES = (("routed", gettext_lazy("The database's")), ("received", gettext_lazy("Ours")))
LOW_DISK, NO_DISK = 20, 10  # percent that is free
GIGABYTE = 10**9


@dataclass(frozen=True, slots=True)
class Part:
    title: Text
    lines: list[Line]


def operations_page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    if not request.user.has_perm(permissions.SEE_RUNNING):
        raise PermissionDenied
    now = timezone.now()
    days = counts(timezone.localdate(), DAYS)
    parts = [
        Part(_("What happens by itself"), work_lines(now)),
        Part(_("What people do from time to time"), upkeep_lines(now)),
        Part(
            _("This machine"),
            [faults_line(days, timezone.localdate()), disk_line(*disk()), migrations_line(pending())],
        ),
    ]
    lines = [line for part in parts for line in part.lines]
    shown = {
        "title": _("How the server is running"),
        "parts": parts,
        "todo": [line for state in (State.ACT, State.LOOK) for line in lines if line.state is state],
        "act": any(line.state is State.ACT for line in lines),
        "faults": faults_chart(days) if days is not None else None,
        "versions": versions(),
        "now": now,
    }
    return TemplateResponse(request, "admin/operations.html", {**context, **shown})


def faults_chart(days: list[DayOfFaults]) -> charts.Columns:
    return charts.columns(
        SERIES, [(date_format(day.day, "M j"), (day.database, day.broken)) for day in reversed(days)]
    )


def faults_line(days: list[DayOfFaults] | None, today: date) -> Line:
    what = _("Requests that broke")
    if days is None:
        return Line(
            what, _("not counted"), State.LOOK, _("Let the web service write to the folder in FAULT_COUNTS.")
        )
    now = sum(day.broken + day.database for day in days if day.day == today)
    total = sum(day.broken + day.database for day in days)
    stands = _("%(now)d today, %(total)d in %(n)d days") % {"now": now, "total": total, "n": len(days)}
    advice = _(
        "Each is one line in the log, with the place in the code: “journalctl -u clinic-web --grep 'Server error'”."
    )
    return Line(what, stands, State.LOOK if now else State.FINE, advice if now else "")


def disk_line(free: int, total: int) -> Line:
    percent = 100 * free // total
    stands = _("%(free).1f of %(total).1f GB free, %(percent)d %%") % {
        "free": free / GIGABYTE, "total": total / GIGABYTE, "percent": percent,
    }  # fmt: skip
    state = State.ACT if percent < NO_DISK else State.LOOK if percent < LOW_DISK else State.FINE
    advice = "" if state is State.FINE else _("Make room before it is full: nothing can be stored then.")
    return Line(_("Disk of the app"), stands, state, advice, 100 - percent)


def disk() -> tuple[int, int]:
    """Bytes that are free, and all of them: where SQLite's file lies, else where the app does."""
    name = str(connection.settings_dict["NAME"])
    place = Path(name).parent if connection.vendor == "sqlite" and Path(name).is_file() else ROOT
    used = shutil.disk_usage(place)
    return used.free, used.total


def migrations_line(number: int) -> Line:
    what = _("Migrations not applied")
    if not number:
        return Line(what, "0")
    return Line(what, str(number), State.ACT, _("Run “manage.py migrate”, as the role that owns the tables."))


def pending() -> int:
    loader = MigrationLoader(connection)
    return len(set(loader.disk_migrations) - set(loader.applied_migrations))


def versions() -> list[tuple[Text, str]]:
    return [
        (_("App"), commit() or _("unknown: it was not cloned by git")),
        (_("Ruleset"), RULESET),
        ("Django", django.__version__),
        ("Python", platform.python_version()),
        (_("Database"), database()),
        (
            _("Settings"),
            ", ".join(name for name in ("DEBUG", "DEMO") if getattr(settings, name)) or _("of production"),
        ),
    ]


def database() -> str:
    if connection.vendor == "postgresql":
        return "PostgreSQL {}.{}".format(*divmod(connection.pg_version, 10_000))  # type: ignore[attr-defined]
    return f"SQLite {'.'.join(map(str, connection.Database.sqlite_version_info))}"  # type: ignore[attr-defined]


def commit(root: Path = ROOT) -> str:
    """The commit that lies on the disk, in twelve letters; "" for a tree without git's folder.

    Read from git's own files: git refuses to work in a folder that belongs to somebody else.
    """
    try:
        head = (root / ".git" / "HEAD").read_text().strip()
        if not head.startswith("ref: "):
            return head[:12]
        name = head.removeprefix("ref: ")
        file = root / ".git" / name
        if file.is_file():
            return file.read_text().strip()[:12]
        packed = (root / ".git" / "packed-refs").read_text().splitlines()
        return next((line.split()[0][:12] for line in packed if line.endswith(f" {name}")), "")
    except OSError:
        return ""
