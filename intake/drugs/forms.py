"""Names and words that tell a form with a reading of its own, or a purpose other than depression."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.drugs.match import ORAL, PATCH, WEEKLY


@dataclass(frozen=True, slots=True)
class NameFact:
    """What a product's name alone tells. Sources as in the drug table."""

    name: str  # normal form
    form: str = ""
    other_purpose: bool = False
    source: str = "memory"
    reviewed: str = "2026-11-29"


FACTS = {
    fact.name: fact
    for fact in (
        NameFact("prozac weekly", form=WEEKLY, source="M15"),
        NameFact("emsam", form=PATCH, source="M5"),
        NameFact("selegiline patch", form=PATCH, source="M5"),
        NameFact("selegiline transdermal", form=PATCH, source="M5"),
        NameFact("zyban", other_purpose=True),
        NameFact("contrave", other_purpose=True),
        NameFact("aplenzin", source="M13"),
    )
}

_WEEKLY = frozenset({"weekly", "semanal", "semanales", "semanalmente"})
_WEEKLY_PHRASES = (
    "once a week", "once per week", "once every week", "one a week", "1 a week", "1 time a week", "every week",
    "per week", "vez a la semana", "vez a el semana", "vez por semana",
    "cada semana", "por semana",
)  # fmt: skip
_PATCH = frozenset({"patch", "patches", "parche", "parches", "transdermal", "transdermico"})
_ORAL = frozenset(
    {
        "tablet", "tablets", "tab", "tabs", "capsule", "capsules", "cap", "caps", "oral", "orally", "odt", "pill",
        "pills", "tableta", "tabletas", "pastilla", "pastillas", "capsula", "capsulas", "mouth",
    }
)  # fmt: skip
_HOURS = frozenset({"h", "hr", "hrs", "hour", "hours", "hora", "horas"})
_DEPRESSION = frozenset({"depression", "depresion", "depressed", "deprimido", "deprimida", "mdd"})


def is_weekly(tokens: Sequence[str]) -> bool:
    """Whether the words say that it is taken once a week."""
    text = f" {' '.join(tokens)} "
    return not _WEEKLY.isdisjoint(tokens) or any(f" {phrase} " in text for phrase in _WEEKLY_PHRASES)


def route(tokens: Sequence[str]) -> str:
    """PATCH or ORAL, where the words say one of the two and not both."""
    day = any(tokens[i] == "24" and tokens[i + 1] in _HOURS for i in range(len(tokens) - 1))
    patch, oral = day or not _PATCH.isdisjoint(tokens), not _ORAL.isdisjoint(tokens)
    return "" if patch == oral else PATCH if patch else ORAL


def form_of(generic: str, names: Iterable[str], tokens: Sequence[str], written: str) -> str:
    """The form: what the words say of this drug, what the product's name says, or the form as written."""
    told_by_name = next((FACTS[name].form for name in names if name in FACTS), "")
    if generic == "fluoxetine" and (told_by_name or is_weekly(tokens)):
        return WEEKLY
    if generic == "selegiline":
        return told_by_name or route(tokens)
    return written


def is_purpose_open(names: Iterable[str], product: str, tokens: Sequence[str]) -> bool:
    """Whether it is sold for something else, and the text does not say that it was for depression."""
    other = product == "naltrexone-bupropion" or any(
        name in FACTS and FACTS[name].other_purpose for name in names
    )
    return other and _DEPRESSION.isdisjoint(tokens)
