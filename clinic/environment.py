"""Reads the environment strictly: an odd or missing value stops the start with one clear sentence."""

import os
from zoneinfo import ZoneInfo

import dj_database_url

YES = {"1", "true"}
NO = {"0", "false"}


def stop(sentence: str) -> None:
    """End the start with ``sentence`` alone on the screen and exit status 1."""
    raise SystemExit(f"Settings: {sentence}")


def text(name: str, default: str | None = None) -> str:
    """The value of ``name``; without a ``default`` a missing or blank value stops the start."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        stop(f"{name} is missing. See the table of settings in README.md.")
    return default


def flag(name: str, *, default: bool) -> bool:
    """A switch: 1, 0, true or false, in any case."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in YES | NO:
        stop(f"{name} must be 1, 0, true or false, not {value!r}.")
    return value in YES


def whole(name: str, *, default: int, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        stop(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def one_of(name: str, choices: tuple[str, ...], *, default: str) -> str:
    """One of the named ``choices``."""
    value = text(name, default)
    if value not in choices:
        stop(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def names(name: str, default: str | None = None) -> list[str]:
    """A comma-separated list with at least one entry."""
    value = [entry.strip() for entry in text(name, default).split(",") if entry.strip()]
    if not value:
        stop(f"{name} must name at least one value, separated by commas.")
    return value


def time_zone(name: str, default: str) -> str:
    """The name of a time zone that this machine knows."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        stop(f"{name} must be a time zone such as America/New_York, not {value!r}.")
    return value


def database(name: str, default: str | None = None) -> dict:
    """Django's settings for the one database, from an address such as postgres://user@host/clinic.

    The address itself is never repeated on the screen: it may hold a password.
    """
    address = text(name, default)
    try:
        settings = dj_database_url.parse(address)
    except (ValueError, KeyError):
        settings = {}
    engine = settings.get("ENGINE", "").rpartition(".")[2]
    if engine not in {"sqlite3", "postgresql"} or not settings.get("NAME"):
        stop(f"{name} must look like sqlite:///clinic.sqlite3 or postgres://user:password@host:5432/clinic.")
    if engine == "sqlite3":
        # IMMEDIATE: without it most concurrent writers fail at once instead of waiting their turn.
        # synchronous=FULL: an answer we said was saved survives a power cut.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    else:
        settings.setdefault("OPTIONS", {})
        settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
        settings["OPTIONS"].setdefault("connect_timeout", 5)
    return settings
