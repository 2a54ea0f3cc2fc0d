"""Amounts of an entry in words: what was typed beside what was read of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from intake.drugs import resolve
from intake.fields import Field
from intake.typed import Reading, written
from intake.typed.doses import dose
from intake.typed.durations import weeks

# Their doses are written and shown in micrograms.
IN_MICROGRAMS = frozenset({"liothyronine", "levothyroxine"})


def in_micrograms(drug: object) -> bool:
    """Whether the dose of the drug with this typed name is written in micrograms."""
    found = resolve(drug).drug if isinstance(drug, str) and drug else None
    return found is not None and found.generic in IN_MICROGRAMS


def reading_of(part: Field, typed: str, entry: Mapping[str, Any]) -> Reading:
    """What ``typed`` says as the answer to ``part`` of ``entry``."""
    if part.unit == "weeks":
        return weeks(typed)
    return dose(typed, bare="UG" if in_micrograms(entry.get("drug")) else "MG")


def amount_in_words(part: Field, entry: Mapping[str, Any]) -> str:
    """The number of ``entry`` with its unit and, where it was read from more than that, the text before it."""
    value, typed = entry.get(part.key), entry.get(part.typed_as)
    if value is None:
        return str(typed or "")
    words: dict[str, str] = {"typed": str(typed or ""), "number": written(value)}
    if part.unit == "mg" and (typed or value < 1) and in_micrograms(entry.get("drug")):
        words["number"] = f"{value * 1000:g}"
        sentence = _("%(typed)s: %(number)s micrograms") if typed else _("%(number)s micrograms")
        return sentence % words
    if not typed:
        return words["number"]
    if part.unit == "mg":
        return _("%(typed)s: %(number)s mg") % words
    about = reading_of(part, typed, entry).converted
    return (_("%(typed)s: about %(number)s weeks") if about else _("%(typed)s: %(number)s weeks")) % words
