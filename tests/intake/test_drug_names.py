"""The list of names as people type them: how many are found, and that none is taken for another drug."""

import csv
from dataclasses import dataclass
from pathlib import Path

from intake.drugs import TABLE, resolve

LIST = Path(__file__).parents[1] / "data" / "drug_names.csv"
GOAL = 0.95


@dataclass(frozen=True, slots=True)
class Outcome:
    typed: str
    expected: str
    got: str
    acceptable: frozenset[str]

    @property
    def wrong(self) -> bool:
        return bool(self.got) and self.got.casefold() not in self.acceptable

    @property
    def found(self) -> bool:
        return bool(self.expected) and self.got.casefold() in self.acceptable - {""}


def outcomes() -> list[Outcome]:
    """One per row. `expected` empty: must match nothing, unless the note allows the drug itself."""
    found = []
    with LIST.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            drug = resolve(row["typed"]).drug
            notes = [part.strip() for part in row["note"].replace(",", ";").split(";")]
            itself = {note.removeprefix("self=").strip() for note in notes if note.startswith("self=")}
            expected = row["expected"].strip()
            got = drug.generic if drug else ""
            acceptable = frozenset(name.casefold() for name in {expected, *itself})
            found.append(Outcome(row["typed"], expected, got, acceptable))
    return found


def test_no_name_is_taken_for_another_drug_and_nearly_all_are_found():
    results = outcomes()
    named = [result for result in results if result.expected]
    wrong = [result for result in results if result.wrong]
    missed = [result for result in named if not result.found and not result.wrong]
    share = sum(result.found for result in named) / len(named)
    print(
        f"\n{len(results)} rows, {len(named)} of them drug names: {share:.1%} found, {len(wrong)} wrong matches"
    )
    for result in wrong:
        print(f"  wrong: {result.typed!r} gave {result.got}, expected {result.expected or 'nothing'}")
    for result in missed:
        print(f"  missed: {result.typed!r}, expected {result.expected}")
    assert not wrong
    assert share >= GOAL


def test_the_list_names_only_drugs_of_the_table():
    known = {drug.generic.casefold() for drug in TABLE} | {""}
    assert not [result.expected for result in outcomes() if result.expected.casefold() not in known]
