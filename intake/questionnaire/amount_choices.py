"""Amounts and times to choose from instead of writing them. The amounts are those of ``daily_amounts.csv``.

Staff may edit it: at most seven usual daily amounts of a drug, in mg (a patch: in 24 hours), the least adequate
one of the drug table among them. ``verified`` is no until a psychiatrist has read the row. No rule reads it.
"""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.drugs import TABLE, resolve
from intake.drugs.forms import FACTS
from intake.fields.antidepressants import LEAST_WEEKS
from intake.fields.kinds import Choices, choice
from intake.questionnaire.names import is_plain
from intake.typed import written

CSV = Path(__file__).parent / "daily_amounts.csv"
COLUMNS = ("drug", "daily_mg", "verified", "source")
MOST = 7  # amounts of one drug

OTHER, NOT_REMEMBERED, EXACT = "other", "not_sure", "exact"
LAST: Choices = ((OTHER, _("Another amount")), (NOT_REMEMBERED, _("I do not remember")))
DOSE = choice(
    "dose_choice",
    "",
    _("What was the most you took in one day?"),
    LAST,
    _("Look at the label if you have it. A guess is fine."),
    short=_("Highest dose"),
)
TIME = choice(
    "weeks_choice",
    "",
    _("How long did you take that much?"),
    (
        ("under_4", _("Under 4 weeks")),
        ("4_5", _("4 or 5 weeks")),
        ("6_7", _("6 or 7 weeks")),
        ("8_25", _("2 to 6 months")),
        ("26_51", _("6 to 12 months")),
        ("52_more", _("Over a year")),
        (NOT_REMEMBERED, _("I do not remember")),
        (EXACT, _("I know it exactly")),
    ),
    short=_("How long you took it"),
)

Amounts = tuple[float, ...]


def load(path: Path = CSV) -> Mapping[str, Amounts]:
    """Drug -> its amounts. Raises ``ValueError``, naming the row, for one that does not hold together."""
    found: dict[str, Amounts] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
        for row in reader:
            where = f"{path.name}: {row['drug']}"
            amounts = tuple(map(_number, row["daily_mg"].split(";")))
            if row["drug"] not in TABLE or row["drug"] in found:
                raise ValueError(f"{where}: is not in the drug table, or stands twice")
            if not 0 < len(amounts) <= MOST or amounts != tuple(sorted({*amounts})) or amounts[0] <= 0:
                raise ValueError(f"{where}: needs 1 to {MOST} amounts, each more than the one before")
            least = TABLE[row["drug"]].min_dose_mg
            if least is not None and least not in amounts:
                raise ValueError(f"{where}: {least:g} mg, the least adequate amount, is missing")
            if row["verified"] not in ("yes", "no") or not row["source"]:
                raise ValueError(f"{where}: needs a source, and yes or no for verified")
            found[row["drug"]] = amounts
    return found


def _number(text: str) -> int | float:
    number = float(text)
    return int(number) if number.is_integer() else number


DAILY_MG = load()


def usual_amounts(typed: object) -> Amounts:
    """The amounts to offer of the medicine with this typed name; () for one that is not plainly known.

    A form with a reading of its own (Prozac Weekly, Paxil CR, Aplenzin) and a fixed combination have none.
    """
    if not isinstance(typed, str) or not typed:
        return ()
    match = resolve(typed)
    if match.drug is None or not is_plain(match) or match.product or match.route_open:
        return ()
    own = match.form in dict(match.drug.form_minimums) or match.min_dose_mg != match.drug.min_dose_mg
    named = any(name in FACTS and not FACTS[name].form for name in match.names)
    return () if own or named else DAILY_MG.get(match.drug.generic, ())


def dose_choices(amounts: Amounts) -> Choices:
    """What may be chosen of ``amounts``, each by its number in mg."""
    return (*((written(each), format_lazy("{} mg", written(each))) for each in amounts), *LAST)


def dose_chosen(entry: Mapping[str, Any], amounts: Amounts) -> str:
    """What ``entry`` holds as one of the choices, "" where nothing was said."""
    if "dose_mg" not in entry:
        return ""
    dose = entry["dose_mg"]
    if dose is None:
        return OTHER if entry.get("dose_typed") else NOT_REMEMBERED
    return written(dose) if dose in amounts and not entry.get("dose_typed") else OTHER


def time_chosen(entry: Mapping[str, Any]) -> str:
    """Likewise of how long it was taken."""
    if "weeks" not in entry:
        return ""
    if entry["weeks"] is None:
        return EXACT if entry.get("weeks_typed") else NOT_REMEMBERED
    return entry.get("weeks_choice") or EXACT


def with_dose(entry: Mapping[str, Any], chosen: str) -> dict[str, Any]:
    """``entry`` with the amount that was chosen; one that was written stays as it is."""
    if chosen in ("", OTHER):
        return {**entry}
    kept = {key: value for key, value in entry.items() if key != "dose_typed"}
    return kept | {"dose_mg": None if chosen == NOT_REMEMBERED else _number(chosen)}


def with_time(entry: Mapping[str, Any], chosen: str) -> dict[str, Any]:
    """``entry`` with the time that was chosen: ``weeks`` is then the least it can be."""
    if not chosen:
        return {**entry}
    kept = {key: value for key, value in entry.items() if key != "weeks_choice"}
    if chosen == EXACT:
        return kept
    kept.pop("weeks_typed", None)
    if chosen == NOT_REMEMBERED:
        return kept | {"weeks": None}
    return kept | {"weeks": LEAST_WEEKS[chosen], "weeks_choice": chosen}
