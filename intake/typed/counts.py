"""Reads how many: sessions, times, years of age, medicines; of a range the lowest."""

import re
from decimal import Decimal

from intake.typed import sentences
from intake.typed.plain import NOT_KNOWN, plain, without_fillers
from intake.typed.reading import Reading, number

# The ways in which people write a number's own unit beside it.
UNITS = {
    "years": r"years?(?: old)?|yrs?(?: old)?|y ?o|anos?(?: de edad)?",
    "times": r"times?|x|veces|vez",
    "sessions": r"sessions?|times?|visits?|sesion(?:es)?|veces|vez|citas?",
    "medicines": r"medicines?|meds?|medications?|others?|more|medicinas?|medicamentos?|otr[oa]s?",
    "mmHg": r"mm ?hg",
}
BEFORE = re.compile(r"^(?:at age|at|age|aged|a los|edad) (?=\d)")
NONE = re.compile(r"never|none|nunca|ningun[oa]?|nada|jamas")
JOINED = re.compile(r"(?<=\d) ?(?:-|to|a|or|o|u|/) ?(?=\d)")
BETWEEN = re.compile(r"\b(?:between|entre) (\d\S*) (?:and|y) (?=\d)")
FROM = re.compile(r"^(?:from|de|desde) (?=\d)")
N = r"\d+(?:\.\d+)?"


def count(typed: str, unit: str) -> Reading:
    """The number that ``typed`` says of ``unit``, one of ``UNITS``."""
    made = plain(typed)
    if made is None:
        return Reading(refusal=sentences.ANY_NUMBER)
    text = made.text
    if not text or NOT_KNOWN.fullmatch(text):
        return Reading()
    if made.doubtful:
        return Reading(refusal=sentences.doubtful(made.doubtful))
    if re.fullmatch(r"\W*once\W*", typed, re.IGNORECASE):  # one time, or eleven in Spanish
        return Reading(refusal=sentences.ANY_NUMBER)
    if unit not in ("years", "mmHg") and NONE.fullmatch(text):
        return Reading(0, more=True)
    text = re.sub(r"\btwice\b", "2", without_fillers(text))
    text = BEFORE.sub("", re.sub(rf"(?<=\d) ?(?:{UNITS[unit]})(?!\S)", "", text))
    text = FROM.sub("", BETWEEN.sub(r"\1 R ", JOINED.sub(" R ", text)))
    if not re.fullmatch(rf"{N}(?: R {N})*", text):
        return Reading(refusal=sentences.ANY_NUMBER)
    lowest = min(Decimal(each) for each in text.split(" R "))
    return Reading(number(lowest), more=not typed.strip().isdecimal())
