"""What is asked about the name of a medicine: whether a near match was meant, or two medicines were."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.drugs import TABLE, Match, resolve
from intake.drugs.suggest import label_of

_FROM_A_FIGURE = re.compile(r"\d.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """What was typed; the name it comes near to, with what stood behind it; or the medicines it names."""

    typed: str
    meant: str = ""
    instead: str = ""
    several: tuple[str, ...] = ()


def name_question(entry: Mapping[str, Any]) -> NameQuestion | None:
    """What to ask about an entry's medicine; None where its name is plain, or says nothing."""
    typed = entry.get("drug")
    if not isinstance(typed, str):
        return None
    match = resolve(typed)
    if len(match.named) > 1:
        return NameQuestion(typed, several=tuple(drug.generic for drug in match.named))
    if match.how not in ("close", "misspelling"):
        return None
    meant = label_of(match)
    behind = _FROM_A_FIGURE.search(typed)
    instead = f"{meant} {behind.group().strip()}" if behind else meant
    return NameQuestion(typed, meant, instead) if resolve(instead).drug is match.drug else None


def is_plain(match: Match) -> bool:
    """Whether the name itself was written, not one that comes near to it."""
    return match.how in ("generic", "brand", "formulation")


def in_full(typed: str) -> str:
    """A medicine by both its names, such as `sertraline (Zoloft)`; as it was typed where it is not plainly known."""
    match = resolve(typed)
    if match.drug is None or not is_plain(match):
        return typed
    label = label_of(match)
    row = TABLE.get(label)
    return f"{label} ({row.brands[0]})" if row and row.brands else label
