"""Reads the environment strictly: an odd or missing value stops the start with one clear sentence."""

import os
import re
from dataclasses import dataclass
from datetime import date, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import dj_database_url
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

YES = {"1", "true"}
NO = {"0", "false"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHITE = "#ffffff"
DARK = "#13191c"  # the page in dark mode: styles/_colors.scss
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, for text


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable that was read: its default (None where it is required) and what it takes, in words."""

    default: str | None
    takes: str


# Every variable that the settings read, in that order; docs/settings.md is made from it.
READ: dict[str, Variable] = {}


def note(name: str, default: str | None, takes: str) -> None:
    # The first note stays: a reader notes its own limits before it reads the variable as text.
    READ.setdefault(name, Variable(default, takes))


def stop(sentence: str) -> NoReturn:
    """End the start with ``sentence`` alone on the screen and exit status 1."""
    raise SystemExit(f"Settings: {sentence}")


def text(name: str, default: str | None = None) -> str:
    """The value of ``name``; without a ``default`` a missing or blank value stops the start."""
    note(name, default, "text")
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        stop(f"{name} is missing. See docs/settings.md.")
    return default


def flag(name: str, *, default: bool) -> bool:
    """A switch: 1, 0, true or false, in any case."""
    note(name, str(int(default)), "`1`, `0`, `true` or `false`")
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in YES | NO:
        stop(f"{name} must be 1, 0, true or false, not {value!r}.")
    return value in YES


def whole(name: str, *, default: int, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``."""
    note(name, str(default), f"a whole number from {low} to {high}")
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        stop(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    """One of the named ``choices``."""
    note(name, default, " or ".join(f"`{choice}`" for choice in choices))
    value = text(name, default)
    if value not in choices:
        stop(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def names(name: str, default: str | None = None) -> list[str]:
    """A comma-separated list with at least one entry."""
    note(name, default, "names, separated by commas")
    value = [entry.strip() for entry in text(name, default).split(",") if entry.strip()]
    if not value:
        stop(f"{name} must name at least one value, separated by commas.")
    return value


def networks(name: str, default: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks such as 10.0.0.7,10.1.0.0/16."""
    found = []
    for each in names(name, default):
        try:
            found.append(ip_network(each))
        except ValueError:
            stop(f"{name} must be addresses or networks such as 10.0.0.7,10.1.0.0/16, not {each!r}.")
    return tuple(found)


def email(name: str, default: str | None = None) -> str:
    """One e-mail address; "" where the default is "" and none is given."""
    note(name, default, "an email address")
    value = text(name, default)
    if value:
        try:
            validate_email(value)
        except ValidationError:
            stop(f"{name} must be an email address such as desk@clinic.example, not {value!r}.")
    return value


def web_address(name: str, default: str | None = None, *, secret: bool = False) -> str:
    """The address of a site or a page; a ``secret`` one is never repeated on the screen."""
    note(name, default, "an address that starts with `https://` or `http://`")
    value = text(name, default)
    try:
        parts = urlsplit(value)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and not set(value) & set(" \t\n")
    except ValueError:
        sound = False
    if value and not sound:
        stop(
            f"{name} must be an address such as https://clinic.example{'.' if secret else f', not {value!r}.'}"
        )
    return value


def site_address(name: str, hosts: list[str], *, https: bool, local: bool) -> str:
    """The site's own address without a slash at its end; by default this machine's, or that of the first of ``hosts``."""
    default: str | None = "http://localhost:8000"
    if not local:
        host = hosts[0]
        default = f"{'https' if https else 'http'}://{host}" if host.strip("*") == host.lstrip(".") else None
    return web_address(name, default).rstrip("/")


def color(name: str, default: str, *, ground: str) -> str:
    """A color as #rrggbb that can be read on ``ground`` and lets text in the color of ``ground`` be read on it."""
    note(name, default, f"`#rrggbb`, contrast with `{ground}` at least {LEAST_CONTRAST} to 1")
    value = text(name, default).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        stop(f"{name} must be a color such as {default}, not {value!r}.")
    found = contrast(value, ground)
    if found < LEAST_CONTRAST:
        # Rounded down: 4.499 is not 4.5.
        stop(
            f"{name} {value} can't be read well on {ground}: their contrast is {int(found * 10) / 10} to 1, "
            f"and {LEAST_CONTRAST} to 1 is needed. Choose a {'darker' if ground == WHITE else 'lighter'} color."
        )
    return value


def contrast(one: str, other: str) -> float:
    """The contrast of two #rrggbb colors, 1 to 21, as WCAG 2.2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(value: str) -> float:
    parts = (int(value[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def week_days(name: str, default: str) -> frozenset[int]:
    """Days of the week such as mon-fri or mon,wed,fri; Monday is 0."""
    note(name, default, "days such as `mon-fri` or `mon,wed,fri`")
    value = text(name, default).lower()
    days: set[int] = set()
    for part in value.split(","):
        first, dash, last = (each.strip() for each in part.partition("-"))
        if (
            first not in DAYS
            or (dash and last not in DAYS)
            or (dash and DAYS.index(last) < DAYS.index(first))
        ):
            stop(f"{name} must be days such as mon-fri or mon,wed,fri, not {value!r}.")
        days.update(range(DAYS.index(first), DAYS.index(last if dash else first) + 1))
    return frozenset(days)


def clock_hours(name: str, default: str) -> tuple[time, time]:
    """When the working day begins and ends, such as 09:00-17:00."""
    note(name, default, "hours such as `09:00-17:00`, the first before the last")
    value = text(name, default)
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", value, re.ASCII)
    # What can't be read counts as a day without hours, which is refused as well.
    first, first_minute, last, last_minute = map(int, found.groups()) if found else (0, 0, 0, 0)
    begins, ends = time(first, first_minute), time(last, last_minute)
    if begins >= ends:
        stop(f"{name} must be hours such as 09:00-17:00, not {value!r}.")
    return begins, ends


def dates(name: str) -> frozenset[date]:
    """Days such as 2026-11-26,2026-12-25, each once; none by default."""
    note(name, "", "dates such as `2026-11-26,2026-12-25`")
    value = text(name, "")
    found: set[date] = set()
    for part in filter(None, (each.strip() for each in value.split(","))):
        try:
            day = date.fromisoformat(part)
        except ValueError:
            day = None
        # fromisoformat also reads 20261126 and weeks, which a slip of the finger may make.
        if day is None or part != day.isoformat() or day in found:
            stop(f"{name} must be dates such as 2026-11-26,2026-12-25, each once, not {value!r}.")
        found.add(day)
    return frozenset(found)


def whole_numbers(name: str, known: tuple[str, ...], *, low: int, high: int) -> dict[str, int]:
    """Named whole numbers such as new=8,tms=40; none by default."""
    note(
        name,
        "",
        f"such as `{known[0]}={low},{known[-1]}={low + 1}`: {', '.join(f'`{key}`' for key in known)}, from {low} to {high}",
    )
    value = text(name, "")
    found: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in value.split(","))):
        key, equals, number = (each.strip() for each in part.partition("="))
        sound = key in known and key not in found and number.isascii() and number.isdigit()
        if not (equals and sound and low <= int(number) <= high):
            stop(
                f"{name} must be such as {known[0]}={low},{known[-1]}={low + 1}, with the names {', '.join(known)} "
                f"and whole numbers from {low} to {high}, not {value!r}."
            )
        found[key] = int(number)
    return found


def time_zone(name: str, default: str) -> str:
    """The name of a time zone that this machine knows."""
    note(name, default, "the name of a time zone")
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        stop(f"{name} must be a time zone such as America/New_York, not {value!r}.")
    return value


def database(name: str, default: str | None = None, *, may_begin: bool) -> dj_database_url.DBConfig:
    """Django's settings for the one database, from an address such as postgres://user@host/clinic.

    The address itself is never repeated on the screen: it may hold a password. SQLite would make a file that
    is not there, and a clinic whose path was mistyped would start empty: only who ``may_begin`` lets it.
    """
    note(name, default, "`postgres://user:password@host:5432/name` or `sqlite:///file`")
    address = text(name, default)
    try:
        settings = dj_database_url.parse(address)
    except (ValueError, KeyError):
        settings = {}
    engine = settings.get("ENGINE", "").rpartition(".")[2]
    if engine not in {"sqlite3", "postgresql"} or not settings.get("NAME"):
        stop(f"{name} must look like sqlite:///clinic.sqlite3 or postgres://user:password@host:5432/clinic.")
    if engine == "sqlite3":
        file = Path(settings["NAME"])
        if not (may_begin or settings["NAME"] == ":memory:" or file.is_file()):
            stop(
                f"{name} names a file that is not there: {file.absolute()}. "
                "Is the path right? A new clinic begins with an empty file that you make yourself."
            )
        # IMMEDIATE: without it most concurrent writers fail at once instead of waiting their turn.
        # synchronous=FULL: an answer we said was saved survives a power cut.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        # Opening the file anew for each request costs about 1 ms of it.
        settings["CONN_MAX_AGE"] = None
    else:
        settings.setdefault("OPTIONS", {})
        settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
        settings["OPTIONS"].setdefault("connect_timeout", 5)
        # The pool asks each connection before it lends it: one that died is replaced, and nobody sees a fault.
        settings["CONN_HEALTH_CHECKS"] = True
    return settings
