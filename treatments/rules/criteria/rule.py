"""The shape of a rule: a condition in words and as a predicate, what it does, why, and its source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from intake.fields import urgency
from treatments.catalog import TREATMENTS
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer
from treatments.rules.sources import SOURCES

SUPPORTS, CAUTION, CLINICIAN_FIRST = "supports", "caution", "clinician_first"
EFFECTS = (SUPPORTS, CAUTION, CLINICIAN_FIRST)
"""The effects a rule may have on a treatment, weakest first."""

HOLDS = tuple(level.value for level in urgency.LEVELS if level.rank)
"""The holds a rule may carry, mildest first."""

Hold = str  # one of HOLDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the rule table.

    `predicate` answers True (fired), False (not met) or None (ask). `reads` are all fields it looks at.
    `hold` is a level, or a function that tells the level once the rule has fired. `reason` is what staff
    read; `shown` adds what this person answered. `verified` is False where part of the row still lacks a
    source or is only proposed. `before_routing`: whoever routes ticks it as read.
    """

    id: str
    condition: str
    predicate: Callable[[Facts], Answer]
    reads: tuple[str, ...]
    effects: Mapping[str, str]
    reason: str
    sources: tuple[str, ...]
    reviewed: str
    hold: Hold | Callable[[Facts], Hold] | None = None
    shown: Callable[[Facts], str] | None = None
    verified: bool = True
    before_routing: bool = False

    def __post_init__(self) -> None:
        """Refuse a row that does not hold together."""
        odd = [key for key in self.sources if key not in SOURCES]
        odd += [name for name in self.effects if name not in TREATMENTS]
        odd += [effect for effect in self.effects.values() if effect not in EFFECTS]
        if odd or not (self.reads and self.sources and self.reason and self.condition):
            raise ValueError(f"rule {self.id}: {odd or 'a part is empty'}")
        date.fromisoformat(self.reviewed)

    def because(self, facts: Facts) -> str:
        """The reason, with what this person answered."""
        return f"{self.reason} {self.shown(facts)}".strip() if self.shown else self.reason

    def hold_level(self, facts: Facts) -> Hold | None:
        """The hold of this rule once it has fired."""
        return self.hold(facts) if callable(self.hold) else self.hold
