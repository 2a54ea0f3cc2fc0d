"""Combinations: whether a medicine was added to another antidepressant, and to which.

Only a medicine that stood alone is a trial of its own, and a combination has a base that is known. Where
the base is not known, or two are said to be added to each other, it is unknown, never no [proposed].
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from intake.drugs import Drug, Match, resolve

ADDED, BASE, DRUG = "added_to_another", "added_to", "drug"


@dataclass(frozen=True, slots=True)
class Addition:
    """What an entry says of its base: the answer, the text of the base, and what that names."""

    said: str | None
    typed: str
    base: Match
    circular: bool = False

    @property
    def generic(self) -> str | None:
        """The base's generic name; None where none was named or recognized."""
        return self.base.drug.generic if self.base.drug else None


@dataclass(frozen=True, slots=True)
class Tie:
    """Whether an entry is a combination, words for staff, and the part of it to ask about where unknown."""

    combination: bool | None
    words: str = ""
    ask: str = ""


def can_count(match: Match) -> bool | None:
    """Whether what is named can count as an antidepressant trial; None where that is not known."""
    if match.drug is None or match.purpose_open:
        return None
    return match.drug.kind == "antidepressant" and match.drug.counts_as_trial


def addition_of(entry: Mapping[str, Any], match: Match, circular: frozenset[str]) -> Addition:
    """`circular` are the drugs of this list that are said to be added to each other."""
    typed = entry.get(BASE)
    typed = typed.strip() if isinstance(typed, str) else ""
    addition = Addition(entry.get(ADDED), typed, resolve(typed))
    generic = match.drug.generic if match.drug else ""
    return Addition(addition.said, typed, addition.base, _is_tied(match, addition) and generic in circular)


def tie(match: Match, addition: Addition) -> Tie:
    """The table of combinations, for an entry that names `match`."""
    own, base = match.drug, addition.base.drug
    if own and own.kind == "augmentation":
        named = base and addition.said == "yes"
        return Tie(False, f"added to {addition.generic}" if named else "")
    if addition.said == "no":
        return Tie(False)
    if addition.said != "yes":
        return Tie(None, "not known whether added to another antidepressant, ask", ADDED)
    if own is None:
        to = addition.generic or "another medicine"
        return Tie(None, f"added to {to}, but itself not recognized: ask", DRUG)
    if base is None:
        text = f" (typed “{addition.typed}”)" if addition.typed else ""
        return Tie(None, f"added to another medicine, not known which: ask{text}", BASE)
    if addition.circular:
        return Tie(None, "each is said to be added to the other: ask which came first", BASE)
    return _tie_to(base, own, addition)


def _tie_to(base: Drug, own: Drug, addition: Addition) -> Tie:
    counts = can_count(addition.base)
    if base.generic == own.generic:
        return Tie(False, f"said to be added to {base.generic}, the same medicine: counted by itself")
    if counts is None:
        text = f"added to {addition.typed}, not known whether taken for depression: ask"
        return Tie(None, text, BASE)
    if counts:
        return Tie(True, f"added to {base.generic}: a combination, not a separate trial")
    is_not = "not an antidepressant" if base.kind != "antidepressant" else "which never counts as a trial"
    return Tie(False, f"said to be added to {base.generic}, {is_not}: counted by itself")


def circles(pairs: Iterable[tuple[Mapping[str, Any], Match]]) -> frozenset[str]:
    """The generic names of drugs each of which is said to be added, perhaps over others, to itself."""
    bases: dict[str, set[str]] = {}
    for entry, match in pairs:
        addition = addition_of(entry, match, frozenset()) if entry.get(ADDED) == "yes" else None
        if addition and match.drug and addition.base.drug and _is_tied(match, addition):
            bases.setdefault(match.drug.generic, set()).add(addition.base.drug.generic)
    return frozenset(name for name in bases if name in _reached(name, bases))


def _is_tied(match: Match, addition: Addition) -> bool:
    """Whether the entry would be a combination, were there no circle."""
    return bool(tie(match, addition).combination)


def _reached(name: str, bases: Mapping[str, set[str]]) -> set[str]:
    """Everything that `name` stands upon, by one step or more."""
    reached: set[str] = set()
    ahead = [*bases[name]]
    while ahead:
        step = ahead.pop()
        if step not in reached:
            reached.add(step)
            ahead.extend(bases.get(step, ()))
    return reached
