"""What a pack of criteria is: one policy of one payer for one treatment, and the needs it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Check = Mapping[str, Any]
"""One predicate of the closed list with its parameters: ``{"age": {"min": 18}}``."""

REVIEW_DAYS = 180
"""How long after it was read a policy is to be read again; proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that a policy asks. ``applies`` is a check that says for whom; None for everyone."""

    id: str
    words: str
    kind: str
    check: Check
    on_false: str
    proof: str
    verified: bool
    applies: Check | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One policy. ``line`` are the lines of business it holds for, ``states`` where: printed, narrows nothing."""

    pack: str
    payer: str
    treatment: str
    line: tuple[str, ...]
    states: tuple[str, ...]
    policy: str
    version: str
    effective: str
    source_title: str
    source: str
    source_kind: str
    read_on: str
    sureness: str
    verified: bool
    authorization: str
    sessions: str
    months: str
    needs: tuple[Need, ...]

    @property
    def review_by(self) -> date | None:
        """The last day on which it need not be read again; None where no day of reading is known."""
        return date.fromisoformat(self.read_on) + timedelta(days=REVIEW_DAYS) if self.read_on else None


def is_due_for_review(pack: Pack, day: date) -> bool:
    """Whether the policy was read so long ago, or at a day not known, that it should be read again."""
    return pack.review_by is None or day > pack.review_by
