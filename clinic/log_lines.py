"""How a line of the log is written: as text for people or as JSON for programs, and never with a fault's own words.

A traceback, the words of an exception and the arguments of other people's messages may hold somebody's answers. Our
own messages hold none (each is read for that), so they alone are written out whole.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ("clinic", "intake", "treatments")
# Speaks of its workers; below the first line of a fault stands a traceback. Its lines about requests are off.
SERVER = "_granian"
# The number of the request that this thread answers: clinic/faults.py sets it.
request_number: ContextVar[str] = ContextVar("request_number", default="")


def fields_of(record: logging.LogRecord) -> dict[str, str]:
    """What is kept of a record, in the order in which it is written; nothing is kept that is empty."""
    fields = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "request": getattr(record, "request", "") or request_number.get(),
        "event": event_of(record),
        "place": getattr(record, "place", "") or place_of(record),
    }
    if record.exc_info and record.exc_info[0]:
        fields["fault"] = record.exc_info[0].__name__
    return {name: value for name, value in fields.items() if value}


def event_of(record: logging.LogRecord) -> str:
    """Our own message, the first line of the server's; of anybody else's nothing but that there was one."""
    if record.name.partition(".")[0] in OURS:
        return record.getMessage()
    return (
        record.getMessage().partition("\n")[0]
        if record.name == SERVER
        else "a message of a library, not kept"
    )


def place_of(record: logging.LogRecord) -> str:
    """The line that wrote it, such as ``intake/mail/sending.py:55``."""
    file = Path(record.pathname)
    inside = file.is_relative_to(ROOT) and "site-packages" not in file.parts
    return f"{file.relative_to(ROOT).as_posix() if inside else file.name}:{record.lineno}"


class TextLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = fields_of(record)
        fault = f" ({fields['fault']})" if "fault" in fields else ""
        return f"{fields['time']} {fields['level']} {fields['logger']} {fields['event']}{fault}".replace(
            "\n", " "
        )


class JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields_of(record), ensure_ascii=False)
