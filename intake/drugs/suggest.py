"""Suggestions while a drug name is typed: one line a drug, such as `sertraline (Zoloft)`, for a list of choices.

The browser makes them itself (`scripts/drug-names.js`) from `names()`, which `manage.py drug_names` writes to
a static file. `suggest()` says what they must be; tests hold the two together.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intake.drugs import forms, words
from intake.drugs.match import Match
from intake.drugs.other_names import DICTIONARY, NOT_IN_TABLE
from intake.drugs.spelling import normalize
from intake.drugs.table import TABLE, Drug

FILE = Path(__file__).parent.parent / "static" / "intake" / "drug-names.json"

MOST, MOST_OTHERS = 5, 2
_FEWEST_LETTERS = 2
_DEPRESSION, _AUGMENTING, _OTHER = 0, 1, 2
_GROUPS = {"antidepressant": _DEPRESSION, "augmentation": _AUGMENTING, "other": _OTHER}
_UNRANKED = 999
_NEAR = 2  # letters; what the browser may ask about


@dataclass(frozen=True, slots=True)
class Line:
    """What is offered for one drug, and the names (normal form) that bring it up."""

    label: str
    group: int
    names: tuple[str, ...]
    generic: str


def _brands(drug: Drug) -> list[str]:
    """The brands to offer; beside its generic name "Tylenol No 3" would read as a doubt ("no")."""
    return [brand for brand in drug.brands if not words.DOUBT.intersection(normalize(brand).split())]


def _reads_otherwise(drug: Drug, brand: str) -> bool:
    """Whether a brand has a reading of its own, so that the drug's line must not stand for it."""
    name = normalize(brand)
    own_form = any(name.endswith(f" {form.lower()}") for form, _ in drug.form_minimums)
    return name in forms.FACTS or own_form


def _lines_of(drug: Drug) -> Iterator[Line]:
    group = _GROUPS[TABLE[drug.counts_as or drug.generic].kind]
    main = drug.counts_as or drug.generic
    brands = _brands(drug)
    own = [brand for brand in brands if _reads_otherwise(drug, brand) and drug.generic != "selegiline"]
    rest = [brand for brand in brands if brand not in own]
    label = f"{drug.generic} ({rest[0]})" if rest else drug.generic
    found = dict.fromkeys(map(normalize, (drug.generic, *rest, *drug.other_names)))
    yield Line(label, group, tuple(found), main)
    for brand in own:
        if not drug.counts_as:
            yield Line(f"{drug.generic} ({brand})", group, (normalize(brand),), main)


def _lines() -> tuple[Line, ...]:
    """Drugs for depression by use, then augmenting drugs, then others; within them by use and by name."""

    def order(drug: Drug) -> tuple[int, int, str]:
        group = _GROUPS[TABLE[drug.counts_as or drug.generic].kind]
        return group, drug.use_rank or _UNRANKED, drug.generic.casefold()

    return tuple(line for drug in sorted(TABLE, key=order) for line in _lines_of(drug))


_LINES = _lines()


def suggest(prefix: str) -> list[tuple[str, str]]:
    """At most five (label, generic) pairs of which a name, or a later word of it, starts with what was typed.

    Of drugs that are neither for depression nor augment it at most two. Fewer than two letters give nothing.
    The second of the pair is the drug the table counts it as.
    """
    start = normalize(prefix[:60])
    if len(start) < _FEWEST_LETTERS:
        return []
    found = [line for line in _LINES if any(f" {name}".find(f" {start}") >= 0 for name in line.names)]
    others = [line for line in found if line.group == _OTHER][:MOST_OTHERS]
    kept = [line for line in found if line.group != _OTHER or line in others]
    return [(line.label, line.generic) for line in kept[:MOST]]


def label_of(match: Match) -> str:
    """How a near match is asked about: `Cymbalta (duloxetine)`, or the generic name alone."""
    if match.drug is None:
        return ""
    row = TABLE[match.product or match.drug.generic]
    near = match.names[0] if match.names else ""
    known = {normalize(name): name for name in (*row.brands, *row.other_names, row.generic)}
    meant = known[min(known, key=lambda name: OSA.distance(name, near))]
    return row.generic if meant == row.generic else f"{meant} ({row.generic})"


@cache
def names() -> str:
    """The text of `FILE`: the lines in the order in which they are offered, each as [label, group, name ...].

    `others` are names of other things that come so near to a drug for depression that the browser, which asks
    about near names of these drugs alone, would ask about them.
    """
    lines = [[line.label, line.group, *line.names] for line in _LINES]
    kept = {"lines": lines, "others": _others()}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"


def _others() -> list[str]:
    near = [name.replace(" ", "") for line in _LINES if line.group != _OTHER for name in line.names]
    elsewhere = [*NOT_IN_TABLE, *(name for name, drug in DICTIONARY.items() if drug is None)]
    return sorted(
        name
        for name in elsewhere
        if name.isalpha() and process.extractOne(name, near, scorer=OSA.distance, score_cutoff=_NEAR)
    )
