"""The drug table: one row per drug, read from `drugs.csv` and checked before anything may use it.

The CSV is the record a psychiatrist reviews in a spreadsheet. A row that does not hold together stops the
load with `DrugTableError`, which names the row as the spreadsheet numbers it (the header is row 1).

A fixed combination is a row as well: `contains` names its ingredients, and it inherits their sets. If
`counts_as` names one ingredient, the combination is read as that drug with the others beside it
(Limbitrol is amitriptyline, and chlordiazepoxide is flagged). `not_inherited` names the sets that an
ingredient does not bring into it (naltrexone inside Contrave treats no dependence).
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from intake.drugs.spelling import normalize
from intake.drugs.vocabulary import ANTIDEPRESSANT_CLASSES, KINDS, OTHER_CLASSES, SETS

CSV = Path(__file__).with_name("drugs.csv")

COLUMNS = (
    "generic", "brands", "other_names", "misspellings", "class", "kind", "use_rank", "min_dose_mg", "min_source",
    "form_minimums", "form_maximums", "canmat_min_mg", "canmat_max_mg", "usual_max_mg", "dose_verified", "rxcui",
    "rxcui_verified", "brands_verified", "sets", "sets_verified", "not_inherited", "counts_as_trial",
    "contains", "counts_as", "source", "reviewed", "note",
)  # fmt: skip

_DOSES = (
    "min_dose_mg",
    "form_minimums",
    "form_maximums",
    "form_maximums",
    "canmat_min_mg",
    "canmat_max_mg",
    "usual_max_mg",
)

Dose = int | float


class DrugTableError(ValueError):
    """The table does not hold together; the text names the row and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Drug:
    """One row. Doses are mg a day (selegiline patch: mg/24 h; esketamine: mg a session); None is unknown.

    A mark `..._verified` vouches for its own column alone, and is None where the column is empty.
    `sets_verified` are the sets that a source was seen for; the others rest on memory.
    """

    generic: str
    brands: tuple[str, ...]
    other_names: tuple[str, ...]
    misspellings: tuple[str, ...]
    cls: str
    kind: str
    use_rank: int | None
    min_dose_mg: Dose | None
    min_source: str
    form_minimums: tuple[tuple[str, Dose], ...]
    form_maximums: tuple[tuple[str, Dose], ...]
    canmat_min_mg: Dose | None
    canmat_max_mg: Dose | None
    usual_max_mg: Dose | None
    dose_verified: bool | None
    rxcui: str
    rxcui_verified: bool | None
    brands_verified: bool | None
    sets: frozenset[str]
    sets_verified: frozenset[str]
    not_inherited: frozenset[str]
    counts_as_trial: bool
    contains: tuple[str, ...]
    counts_as: str
    source: str
    reviewed: date
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every way of writing it that the table knows."""
        return (self.generic, *self.brands, *self.other_names, *self.misspellings)


@dataclass(frozen=True, slots=True)
class DrugTable:
    """All drugs by generic name, in the order of the CSV."""

    drugs: Mapping[str, Drug]

    def __getitem__(self, generic: str) -> Drug:
        return self.drugs[generic]

    def __iter__(self) -> Iterator[Drug]:
        return iter(self.drugs.values())

    def __len__(self) -> int:
        return len(self.drugs)

    def __contains__(self, generic: object) -> bool:
        return generic in self.drugs

    def get(self, generic: str) -> Drug | None:
        return self.drugs.get(generic)


def load(path: Path = CSV) -> DrugTable:
    """Read and check a drug table. Raises DrugTableError, naming the row, at the first thing wrong."""
    drugs: dict[str, Drug] = {}
    rows: dict[str, int] = {}
    names: dict[str, tuple[str, int]] = {}
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise DrugTableError(f"{Path(path).name} row 1: the columns must be {', '.join(COLUMNS)}")
        for number, row in enumerate(reader, start=2):
            where = f"{Path(path).name} row {number}"
            if None in row or None in row.values():
                raise DrugTableError(f"{where}: the number of cells differs from the header's")
            drug = _drug({key: value.strip() for key, value in row.items()}, where)
            for name in drug.names:
                key = normalize(name).replace(" ", "")
                if not key:
                    raise DrugTableError(f"{where}: {name!r} has no letters or digits")
                taken = names.setdefault(key, (drug.generic, number))
                if taken[1] != number:
                    raise DrugTableError(
                        f"{where}: the name {name!r} of {drug.generic} already stands in row {taken[1]} "
                        f"for {taken[0]}"
                    )
            drugs[drug.generic] = drug
            rows[drug.generic] = number
    for drug in list(drugs.values()):
        drugs[drug.generic] = _with_ingredients(drug, drugs, f"{Path(path).name} row {rows[drug.generic]}")
    return DrugTable(MappingProxyType(drugs))


def _refuse_odd(row: dict[str, str], where: str) -> None:
    if not row["generic"]:
        raise DrugTableError(f"{where}: no generic name")
    if row["kind"] not in KINDS:
        raise DrugTableError(f"{where}: unknown kind {row['kind']!r}")
    known = (
        ANTIDEPRESSANT_CLASSES if row["kind"] == "antidepressant" else ANTIDEPRESSANT_CLASSES | OTHER_CLASSES
    )
    if row["class"] not in known:
        raise DrugTableError(f"{where}: unknown class {row['class']!r} for a drug of kind {row['kind']}")
    for name in (*_parts(row["sets"]), *_parts(row["not_inherited"])):
        if name not in SETS:
            raise DrugTableError(f"{where}: unknown set {name!r}")
    for name in _parts(row["sets_verified"]):
        if name not in _parts(row["sets"]):
            raise DrugTableError(f"{where}: the set {name!r} is verified but is none of its sets")
    if not row["source"]:
        raise DrugTableError(f"{where}: missing source")
    if row["rxcui"] and not row["rxcui"].isdecimal():
        raise DrugTableError(f"{where}: rxcui {row['rxcui']!r} is not a number")


def _drug(row: dict[str, str], where: str) -> Drug:
    _refuse_odd(row, where)
    drug = Drug(
        generic=row["generic"],
        brands=_parts(row["brands"]),
        other_names=_parts(row["other_names"]),
        misspellings=_parts(row["misspellings"]),
        cls=row["class"],
        kind=row["kind"],
        use_rank=int(_number(row["use_rank"], "use_rank", where)) if row["use_rank"] else None,
        min_dose_mg=_dose(row, "min_dose_mg", where),
        min_source=row["min_source"],
        form_minimums=_of_forms(row, "form_minimums", where),
        form_maximums=_of_forms(row, "form_maximums", where),
        canmat_min_mg=_dose(row, "canmat_min_mg", where),
        canmat_max_mg=_dose(row, "canmat_max_mg", where),
        usual_max_mg=_dose(row, "usual_max_mg", where),
        dose_verified=_vouched(row, "dose_verified", _DOSES, where),
        rxcui=row["rxcui"],
        rxcui_verified=_vouched(row, "rxcui_verified", ("rxcui",), where),
        brands_verified=_vouched(row, "brands_verified", ("brands", "other_names"), where),
        sets=frozenset(_parts(row["sets"])),
        sets_verified=frozenset(_parts(row["sets_verified"])),
        not_inherited=frozenset(_parts(row["not_inherited"])),
        counts_as_trial=_yes(row, "counts_as_trial", where),
        contains=_parts(row["contains"]),
        counts_as=row["counts_as"],
        source=row["source"],
        reviewed=_day(row["reviewed"], where),
        note=row["note"],
    )
    _check_doses(drug, where)
    if drug.counts_as_trial and drug.kind != "antidepressant":
        raise DrugTableError(f"{where}: only an antidepressant can count as a trial")
    return drug


def _check_doses(drug: Drug, where: str) -> None:
    if drug.min_dose_mg is not None and not drug.min_source:
        raise DrugTableError(f"{where}: missing source of the minimum dose")
    lowest = max((dose for dose in (drug.min_dose_mg, drug.canmat_min_mg) if dose is not None), default=None)
    for label, top in (("CANMAT maximum", drug.canmat_max_mg), ("usual maximum", drug.usual_max_mg)):
        if top is not None and lowest is not None and lowest > top:
            raise DrugTableError(f"{where}: the minimum {lowest} mg is above the {label} {top} mg")
    if (drug.canmat_min_mg is None) != (drug.canmat_max_mg is None):
        raise DrugTableError(f"{where}: a CANMAT range needs both ends")


def _with_ingredients(drug: Drug, drugs: Mapping[str, Drug], where: str) -> Drug:
    """The drug with the sets of what it contains added."""
    for name in drug.contains:
        if name not in drugs or name == drug.generic:
            raise DrugTableError(f"{where}: contains {name!r}, which is not another drug in the table")
        if drugs[name].contains:
            raise DrugTableError(f"{where}: contains {name!r}, which is itself a combination")
    if drug.counts_as and drug.counts_as not in drug.contains:
        raise DrugTableError(f"{where}: counts as {drug.counts_as!r}, which it does not contain")
    inherited = [drugs[name] for name in drug.contains]
    return replace(
        drug,
        sets=drug.sets.union(*(other.sets - drug.not_inherited for other in inherited)),
        sets_verified=drug.sets_verified.union(
            *(other.sets_verified - drug.not_inherited for other in inherited)
        ),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _dose(row: dict[str, str], column: str, where: str) -> Dose | None:
    return _number(row[column], column, where) if row[column] else None


def _number(text: str, column: str, where: str) -> Dose:
    try:
        value = float(text)
    except ValueError:
        raise DrugTableError(f"{where}: {column} {text!r} is not a number") from None
    if not 0 < value < 10_000:  # also refuses nan and inf
        raise DrugTableError(f"{where}: {column} {text!r} is not a daily dose in mg")
    return int(value) if value.is_integer() else value


def _of_forms(row: dict[str, str], column: str, where: str) -> tuple[tuple[str, Dose], ...]:
    """`CR=25` says that the CR form has its own dose."""
    pairs = (part.partition("=") for part in _parts(row[column]))
    return tuple((form.strip(), _number(dose, column, where)) for form, _, dose in pairs)


def _yes(row: dict[str, str], column: str, where: str) -> bool:
    if row[column] not in ("yes", "no"):
        raise DrugTableError(f"{where}: {column} must be yes or no, not {row[column]!r}")
    return row[column] == "yes"


def _vouched(row: dict[str, str], mark: str, columns: tuple[str, ...], where: str) -> bool | None:
    """Whether a source was seen for what stands in these columns; None where nothing does."""
    if any(row[column] for column in columns):
        return _yes(row, mark, where)
    if row[mark]:
        raise DrugTableError(f"{where}: {mark} vouches for nothing")
    return None


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DrugTableError(f"{where}: reviewed {text!r} is not a date like 2026-11-20") from None


TABLE = load()
