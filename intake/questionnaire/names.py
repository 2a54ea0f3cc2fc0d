"""What is asked about the name of a medicine: whether a near match was meant, or two medicines were."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.drugs import TABLE, Drug, Match, resolve
from intake.drugs.spelling import normalize
from intake.drugs.suggest import label_of

NEAR, SEVERAL, SAME = "near", "several", "same"
_JOINED = re.compile(r"(?i)[\s,;/+&.]+(?:and|or|plus|with|y|o|mas|más|con|e)?[\s,;/+&.]*$")
_FROM_A_FIGURE = re.compile(r"\d.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NameQuestion:
    """What was typed; the name it comes near to, with what stood behind it; or the medicines it names."""

    typed: str
    meant: str = ""
    instead: str = ""
    several: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return SEVERAL if self.several else NEAR


@dataclass(frozen=True, slots=True)
class Unclear:
    """What is asked of the entry ``key``; ``parts`` are the names of several, ``same`` another one of its drug."""

    key: str
    kind: str
    typed: str
    meant: str = ""
    instead: str = ""
    parts: tuple[str, ...] = ()
    same: str = ""

    @property
    def mark(self) -> str:
        """Stands for the question where it is noted that it was asked; it holds no name."""
        return f"{self.key}:{self.kind}"


def unclear(entries: Mapping[str, Mapping[str, Any]]) -> list[Unclear]:
    """What to ask about the medicines of ``entries`` (key -> entry), in their order.

    A drug that stands twice is asked about once, at an entry of which nothing but the name is known.
    """
    found: list[Unclear] = []
    first: dict[str, str] = {}
    for key, entry in entries.items():
        asked = name_question(entry)
        typed = entry.get("drug")
        if asked is not None:
            parts = parts_of(asked.typed) if asked.several else ()
            if not asked.several or parts:
                found.append(Unclear(key, asked.kind, asked.typed, asked.meant, asked.instead, parts))
            continue
        match = resolve(typed) if isinstance(typed, str) else None
        if match is None or match.drug is None or not is_plain(match) or match.route_open or match.form:
            continue
        drug = match.product or match.drug.generic
        if drug not in first:
            first[drug] = str(typed)
        elif all(value is None for part, value in entry.items() if part != "drug"):
            found.append(Unclear(key, SAME, str(typed), same=first[drug]))
    return found


def parts_of(typed: str) -> tuple[str, ...]:
    """The text of several medicines, a part for each as it was written; () where it can not be taken apart.

    Each part must plainly name its own drug.
    """
    named = resolve(typed).named
    starts = sorted(start for drug in named if (start := _start_of(drug, typed)) is not None)
    if len(named) < 2 or len(starts) < len(named):
        return ()
    ends = [*starts[1:], len(typed)]
    parts = [
        _JOINED.sub("", typed[start:end]).strip() for start, end in zip([0, *starts[1:]], ends, strict=True)
    ]
    found = [resolve(part) for part in parts]
    drugs = {match.drug.generic for match in found if match.drug is not None and is_plain(match)}
    return tuple(parts) if drugs == {drug.generic for drug in named} else ()


def _start_of(drug: Drug, typed: str) -> int | None:
    """Where the first of the drug's names begins in the text."""
    known = {normalize(name).replace(" ", "") for name in drug.names}
    words = [(found.start(), found.group()) for found in re.finditer(r"[\w'-]+", typed)]
    for place, (start, word) in enumerate(words):
        both = word + words[place + 1][1] if place + 1 < len(words) else word
        if {normalize(each).replace(" ", "") for each in (word, both)} & known:
            return start
    return None


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
