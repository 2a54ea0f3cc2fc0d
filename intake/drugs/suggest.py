"""Suggestions while a drug name is typed: labels such as `Zoloft (sertraline)` for a list of choices.

The browser makes them itself (`scripts/drug-names.js`) from `names()`, which `manage.py drug_names` writes to
a static file. `suggest()` says what they must be; tests hold the two together.
"""

import json
from pathlib import Path

from intake.drugs import words
from intake.drugs.spelling import normalize
from intake.drugs.table import TABLE, Drug


def _brands(drug: Drug) -> list[str]:
    """The brands to offer; beside its generic name "Tylenol No 3" would read as a doubt ("no")."""
    return [brand for brand in drug.brands if not words.DOUBT.intersection(normalize(brand).split())]


def _entries() -> tuple[tuple[str, str, str], ...]:
    found = []
    for drug in TABLE:
        main = drug.counts_as or drug.generic
        found.append((normalize(drug.generic), drug.generic, main))
        found.extend((normalize(brand), f"{brand} ({drug.generic})", main) for brand in _brands(drug))
    return tuple(sorted(found))


_ENTRIES = _entries()


def suggest(prefix: str, limit: int = 8) -> list[tuple[str, str]]:
    """Up to `limit` (label, generic) pairs whose name, or a later word of it, starts with what was typed.

    Names that start with it come first, antidepressants before other drugs. Fewer than two letters give
    nothing. The second of the pair is the drug the table counts it as.
    """
    start = normalize(prefix[:60])
    if len(start) < 2 or limit < 1:
        return []
    found = []
    for name, label, generic in _ENTRIES:
        if name.startswith(start):
            rank = 0
        elif f" {start}" in name:
            rank = 2
        else:
            continue
        found.append((rank + (TABLE[generic].kind == "other"), name, label, generic))
    return [(label, generic) for _, _, label, generic in sorted(found)[:limit]]


FILE = Path(__file__).parent.parent / "static" / "intake" / "drug-names.json"


def names() -> str:
    """The text of `FILE`: drugs for depression, then the others, each as [generic, brand, brand ...]."""
    groups: tuple[list[list[str]], list[list[str]]] = ([], [])
    for drug in TABLE:
        main = TABLE[drug.counts_as or drug.generic]
        groups[main.kind == "other"].append([drug.generic, *_brands(drug)])
    for group in groups:
        group.sort()
    return json.dumps(groups, ensure_ascii=False, separators=(",", ":")) + "\n"
