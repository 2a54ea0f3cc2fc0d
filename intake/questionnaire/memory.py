"""Names that help to remember which medicines were taken: ``memory.csv``, which staff may edit.

Each row is a name, what stands below it, its class and the drug of the table that the name must mean.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.drugs import TABLE, resolve
from intake.questionnaire.names import is_plain

CSV = Path(__file__).parent / "memory.csv"
COLUMNS = ("class", "name", "below", "drug")


@dataclass(frozen=True, slots=True)
class Remembered:
    """One name to tick; ``key`` stands for it in a form."""

    kind: str
    name: str
    below: str
    drug: str

    @property
    def key(self) -> str:
        return self.name.casefold()


def drug_named(typed: str) -> str:
    """The drug or fixed product that a text plainly names, "" for none: one route of selegiline is not another."""
    match = resolve(typed)
    if match.drug is None or not is_plain(match) or match.route_open:
        return ""
    return match.product or match.drug.generic


def load(kinds: Iterable[str], path: Path = CSV) -> tuple[Remembered, ...]:
    """The rows in their order. Raises ``ValueError``, naming the row, for one that does not hold together."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
        rows = [Remembered(row["class"], row["name"], row["below"], row["drug"]) for row in reader]
    known = set(kinds)
    for row in rows:
        if row.kind not in known:
            raise ValueError(f"{path.name}: {row.name}: no class {row.kind!r}")
        if row.drug not in TABLE or drug_named(row.name) != row.drug:
            raise ValueError(f"{path.name}: {row.name} is not {row.drug!r} in the drug table")
    if len({row.drug for row in rows}) < len(rows):
        raise ValueError(f"{path.name}: a drug stands twice")
    return tuple(rows)


def same_medicine(typed: str) -> str:
    """What two texts have in common that name the same medicine."""
    return drug_named(typed) or typed.strip().casefold()


def ticked_by(rows: Iterable[Remembered], texts: Iterable[str]) -> Mapping[str, str]:
    """The keys of the names whose drug one of ``texts`` names, each with that text."""
    by_drug = {row.drug: row.key for row in rows}
    return {by_drug[drug]: text for text in texts if (drug := drug_named(text)) in by_drug}
