"""How long a payer has to decide and a person to appeal, where a general rule was found; the letter always wins."""

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from treatments.payers.vocabulary import LINES

FILE = Path(__file__).with_name("deadlines.toml")
_DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))
VERSION: str = _DATA["version"]
KEYS = (
    *("decision_standard", "decision_expedited", "appeal_file", "appeal_decide", "appeal_decide_expedited"),
    *("external_review_file", "peer_to_peer"),
)
"""What may have a deadline. Of a talk between clinicians no general rule was found."""

UNITS = ("hours", "days", "months")
DRUGS = ("spravato",)
"""The treatments that are a drug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One rule; ``for_drugs`` is False where it does not hold for a drug."""

    key: str
    line: tuple[str, ...]
    value: int
    unit: str
    source: str
    sureness: str
    for_drugs: bool = True
    first_day: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that does not hold together."""
        is_known = self.key in KEYS and self.unit in UNITS and self.line and set(self.line) <= set(LINES)
        if not (is_known and self.value > 0 and self.source and self.sureness):
            raise ValueError(f"deadlines.toml: {self.key}: a part is missing or not known")


DEADLINES: tuple[Deadline, ...] = tuple(
    Deadline(**{**row, "line": tuple(row["line"])}) for row in _DATA["deadlines"]
)


def deadline_for(key: str, line: str | None, treatment: str, start: date) -> Deadline | None:
    """The rule that holds from this day; None where nothing was found: read the letter."""
    if key not in KEYS:
        raise ValueError(f"{key!r} has no deadline: known are {', '.join(KEYS)}")
    found = (
        rule
        for rule in DEADLINES
        if rule.key == key
        and line in rule.line
        and rule.first_day <= start.isoformat()
        and (rule.for_drugs or treatment not in DRUGS)
    )
    return next(found, None)


def due_on(
    key: str, line: str | None, treatment: str, start: date, *, in_letter: date | None = None
) -> date | None:
    """The last day: that of the letter, else what the rule comes to, else None (read the letter)."""
    rule = deadline_for(key, line, treatment, start)
    if in_letter or rule is None:
        return in_letter
    if rule.unit == "months":
        return _months_after(start, rule.value)
    return start + (timedelta(hours=rule.value) if rule.unit == "hours" else timedelta(days=rule.value))


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
