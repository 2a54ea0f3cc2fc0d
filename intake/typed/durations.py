"""Reads how long something lasted: weeks or months, of a range the lowest, rounded down from another unit."""

import re
from decimal import Decimal

from intake.fields.kinds import Text
from intake.typed import sentences
from intake.typed.plain import NOT_KNOWN, plain, without_fillers
from intake.typed.reading import Reading, number

# The length of each unit in the one that is asked.
IN_WEEKS = {"D": 1 / Decimal(7), "W": Decimal(1), "MO": Decimal("4.348"), "Y": Decimal("52.18")}
IN_MONTHS = {"D": 1 / Decimal("30.44"), "W": 1 / Decimal("4.348"), "MO": Decimal(1), "Y": Decimal(12)}
ORDER = ("Y", "MO", "W", "D")

DAYS = r"days?|dias?|d"
WEEKS = r"weeks?|wks?|wk|w|semanas?|sem"
MONTHS = r"months?|mos?|mths?|mes|meses"
YEARS = r"years?|yrs?|anos?"

VAGUE = re.compile(
    r"\b(?:few|several|some|many|long|ages|forever|always|since|desde|vari[oa]s|algun[oa]s|poc[oa]s|much[oa]s?"
    r"|tiempo|siempre)\b"
)
FROM_THEN = re.compile(r"\b(?:since|desde)\b(?! \d+(?:\.\d+)? (?:a|hasta|-) )")
LESS = re.compile(r"\b(?:less than|fewer than|under|below|menos de)\b|<")
MARKERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(phrase), marker)
    for phrase, marker in (
        (rf"(?<!\S)(?:{DAYS})(?!\S)", "D"),
        (rf"(?<!\S)(?:{WEEKS})(?!\S)", "W"),
        (rf"(?<!\S)(?:{MONTHS})(?!\S)", "MO"),
        (rf"(?<!\S)(?:{YEARS})(?!\S)", "Y"),
        (r"^(?:for|during|durante|por) ", ""),
        (r"^(?:(?:more than|over|mas de) )(?=\d)", ""),
        (r"(?<!\d )(?<!\S)(D|W|MO|Y) HALF", r"1 \1 HALF"),
        (r"\b(?:between|entre) (\S+(?: [A-Z]+)?) (?:and|y) (?=\d)", r"\1 R "),
        (r"^(?:from|desde|de) (?=\d)", ""),
        (r"(?<=[\dDWOY]) ?(?:-|to|a|or|o|u|/) ?(?=\d)", " R "),
        (r"(?<=[DWOYF]) (?:and|y|,|\+|con) (?=\d)", " "),
    )
)
N = r"\d+(?:\.\d+)?"
TERM = rf"{N} (?:D|W|MO|Y)(?: HALF)?"
PART = rf"(?:{TERM}(?: {TERM})*|{N})"
RANGE = re.compile(rf"{PART}(?: R {PART})*")


def weeks(typed: str) -> Reading:
    return _duration(typed, "W", IN_WEEKS, WEEKS, less=sentences.LESS_THAN)


def months(typed: str) -> Reading:
    return _duration(typed, "MO", IN_MONTHS, MONTHS, less=sentences.HOW_LONG)


def _duration(typed: str, unit: str, lengths: dict[str, Decimal], own: str, *, less: Text) -> Reading:
    made = plain(typed)
    if made is None:
        return Reading(refusal=sentences.HOW_LONG)
    if not made.text or NOT_KNOWN.fullmatch(made.text):
        return Reading()
    text = made.text
    if made.doubtful:
        return Reading(refusal=sentences.doubtful(made.doubtful))
    if FROM_THEN.search(text):
        return Reading(refusal=sentences.TOO_VAGUE)
    if LESS.search(text):
        return Reading(refusal=less)
    text = without_fillers(text)
    for phrase, marker in MARKERS:
        text = " ".join(phrase.sub(marker, text).split())
    if not re.search(r"\d", text) and (VAGUE.search(text) or re.search(r"\b(?:D|W|MO|Y)\b", text)):
        return Reading(refusal=sentences.TOO_VAGUE)
    read = _lowest(text, unit, lengths)
    if read is None:
        return Reading(refusal=sentences.HOW_LONG)
    value, converted = read
    plainly = re.fullmatch(rf"\s*[\d.,\uff10-\uff19]+\s*(?:{own})?\.?\s*", typed, re.IGNORECASE)
    return Reading(number(value), more=plainly is None, converted=converted)


def _lowest(text: str, unit: str, lengths: dict[str, Decimal]) -> tuple[Decimal, bool] | None:
    """The lowest end of the range and whether it was converted; None where ``text`` is no length of time."""
    if not RANGE.fullmatch(text):
        return None
    ends, after = [], ""
    parts = text.split(" R ")
    first = next((unit for part in parts for unit in re.findall(r"\b(D|W|MO|Y)\b", part)), unit)
    for part in reversed(parts):
        terms = re.findall(rf"({N})(?: (D|W|MO|Y)( HALF)?)?", part)
        units = [named or after or first for _value, named, _half in terms]
        if [*dict.fromkeys(units)] != units or sorted(units, key=ORDER.index) != units:
            return None
        after = units[0]
        whole = sum(
            ((Decimal(value) + (Decimal("0.5") if half else 0)) * lengths[of]
             for (value, _named, half), of in zip(terms, units, strict=True)),
            Decimal(0),
        )  # fmt: skip
        converted = set(units) != {unit}
        ends.append((Decimal(int(whole)) if converted else whole, converted))
    return min(ends)
