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
    `from_memory` names the drugs by which it fired that belong to their set from memory: a finding that
    rests on one is not verified, and its reason says so.
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
    from_memory: Callable[[Facts], list[str]] | None = None

    def __post_init__(self) -> None:
        """Refuse a row that does not hold together."""
        odd = [key for key in self.sources if key not in SOURCES]
        odd += [name for name in self.effects if name not in TREATMENTS]
        odd += [effect for effect in self.effects.values() if effect not in EFFECTS]
        if odd or not (self.reads and self.sources and self.reason and self.condition):
            raise ValueError(f"rule {self.id}: {odd or 'a part is empty'}")
        date.fromisoformat(self.reviewed)

    def because(self, facts: Facts) -> str:
        """The reason, with what this person answered, and what of it no source was seen for."""
        names = ", ".join(self.drugs_from_memory(facts))
        memory = f"Set from memory, not verified: {names}." if names else ""
        return " ".join(filter(None, (self.reason, self.shown(facts) if self.shown else "", memory)))

    def drugs_from_memory(self, facts: Facts) -> list[str]:
        return self.from_memory(facts) if self.from_memory else []

    def is_verified(self, facts: Facts) -> bool:
        """Whether the row is, and every drug by which it fired is known to belong to its set."""
        return self.verified and not self.drugs_from_memory(facts)

    def hold_level(self, facts: Facts) -> Hold | None:
        """The hold of this rule once it has fired."""
        return self.hold(facts) if callable(self.hold) else self.hold
