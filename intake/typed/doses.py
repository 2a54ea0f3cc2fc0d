"""Reads a dose: the milligrams taken in one day, of a range the highest."""

import re
from decimal import Decimal

from intake.typed import sentences
from intake.typed.plain import NOT_KNOWN, plain, without_fillers
from intake.typed.reading import Reading, number

UNITS = {
    "MG": Decimal(1),
    "UG": Decimal("0.001"),
    "G": Decimal(1000),
}
MG = r"mgs?|milligram(?:me)?s?|mill?igramos?|miligrams?"
UG = r"mcgs?|ugs?|micrograms?|microgramos?"
HOURS = r"(?:hours?|hrs?|h|horas?)"
DAY = r"(?:day|dia)"
TABLETS = (
    r"tablets?|tabs?|pills?|capsules?|caps?|pastillas?|tabletas?|capsulas?|comprimidos?|pildoras?|patch(?:es)?"
    r"|parches?|sprays?"
)

NOT_EACH_DAY = re.compile(
    r"\b(?:weekly|week|semana|semanal(?:es|mente)?|monthly|month|mes|mensual|biweekly|qod|eod)\b"
    r"|\b(?:every|each|cada) (?:other|second|otro|[2-9]|1\d) ?(?:day|days|dia|dias|night|noche)\b"
    r"|\b(?:every|cada) (?:\d+ )?(?:weeks|semanas|months|meses)\b|\balternate days?|\bdias? alternos?"
    rf"|\bdia (?:si|por (?:medio|0\.5))\b|\bsi y otro no|\bsi y 1 no|\b(?:every|cada) (?:36|48|72) {HOURS}\b"
)
OTHER_UNIT = re.compile(
    r"(?<!\S)(?:mls?|millilit(?:er|re)s?|mililitros?|cc|iu|ius|ui|units?|unidades?|%|percent|por ciento|drops?"
    r"|gotas?|meqs?|mmol|oz|teaspoons?|tsp|cucharaditas?)(?!\S)"
)
WITHOUT_NUMBER = re.compile(r"\b(?:high|highest|max|maximum|alt[oa]|maxim[oa]|full|top)\b")

# Phrase -> marker, in order. T2 is twice a day, O once a day, M a time of day, B and BB a tablet and tablets,
# R joins the ends of a range, P the parts of a sum, X a product.
MARKERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(phrase), marker)
    for phrase, marker in (
        (rf"(?<!\S)(?:{UG})(?!\S)", "UG"),
        (rf"(?<!\S)(?:{MG})(?!\S)", "MG"),
        (r"(?<!\S)(?:g|gr|gm|grams?|gramos?)(?!\S)", "G"),
        (r"(?<!\S)(?:twice|b i d|bid|b d)(?!\S)", "2 times"),
        (r"(?<!\S)(?:thrice|t i d|tid|t d s)(?!\S)", "3 times"),
        (r"(?<!\S)(?:q i d|qid)(?!\S)", "4 times"),
        (r"(?<!\S)(?:q d|qd|q ?h ?s|h s|o d|od)(?!\S)", " O "),
        (rf"(?:\b(?:every|each|cada|per|in|en|por|q)|/) ?24 ?{HOURS}\b", " O "),
        (rf"\b(?:every|each|cada|q) ?12 ?{HOURS}\b", " T2 "),
        (rf"\b(?:every|each|cada|q) ?8 ?{HOURS}\b", " T3 "),
        (rf"\b(?:every|each|cada|q) ?6 ?{HOURS}\b", " T4 "),
        (
            rf"\b(\d) ?(?:times|veces|vez|time)(?: ?(?:a|al|per|each|every|por|cada|/|in a))? ?{DAY}\b",
            r" T\1 ",
        ),
        (r"\b(\d) ?(?:times|veces) ?(?:daily|diarias?|diarios?|a diario)?(?!\S)", r" T\1 "),
        (rf"\b(\d) ?x ?(?:a |1 |per |al |/ |each |every )?(?:{DAY}|daily)\b", r" T\1 "),
        (r"\bonce daily\b|/ ?d(?!\S)", " O "),
        (r"(?<=\d )(?:xr|xl|sr|er|cr|dr|la|ec)\b|(?<=MG )(?:xr|xl|sr|er|cr|dr|la|ec)\b", ""),
        (rf"\b(?:once|1 vez)? ?(?:\b(?:a|al|per|each|every|por|cada|in 1|in a|en 1)|/|\b1) ?{DAY}\b", " O "),
        (r"\bdail?y\b|\bdiari[oa]s?(?:mente)?\b|\ba diario\b|\btodos los dias\b|\beveryday\b", " O "),
        (
            r"\b(?:(?:in|at|every|each|before|en|por|de|cada|al|antes de) )?(?:the |la |el )?"
            r"(?:morning|night|evening|noon|bedtime|bed|lunch|breakfast|dinner|manana|noche|tarde|mediodia|acostarse"
            r"|dormir)s?\b|\bnightly\b|\bin the [ap]m\b|(?<=\d )(?:am|pm)\b|(?<=G )(?:am|pm|a m|p m)\b",
            " M ",
        ),
        (r"\bM (?:and|y|\+|&) M\b", "T2"),
        (r"\b(?:between|entre) (\S+(?: [A-Z]+)?) (?:and|y) (?=\d)", r"\1 R "),
        (r"\b(?:from|desde|de) (?=\d\S*(?: [A-Z]+)? (?:to|a|-) )", ""),
        (rf"(?<!\S)(?:{TABLETS})(?!\S)", "BB"),
        (r"\b(?:dose of|dosis de|dose|dosis) ", ""),
        (r"(?<=BB) (?:of|de|at|x)(?= \d)", ""),
        (r"(?<=\d) ?(?:s )?(?:-|to|a|or|o|u|/) ?(?=\d)", " R "),
        (r"(?<=G) ?(?:-|to|a|or|o|u|/) ?(?=\d)", " R "),
        (r"\b(\d+) (\S+) s(?!\S)", r"\1 X \2"),
        (r"(?<=[\d\w]) (?:x|\*|times) (?=\d)", " X "),
        (r" (?:\+|and|y|&|,(?= \S+(?: [A-Z]+)? [MO]\b)|plus|mas) (?=\d)", " P "),
        (r" , ?", " "),
    )
)
N = r"\d+(?:\.\d+)?"
AMOUNT = rf"{N}(?: (?:MG|UG|G))?"
PRODUCT = re.compile(
    rf"(?:(?P<count>{N}) (?:X|BB) )?(?P<range>{AMOUNT}(?: R {AMOUNT})*)(?: X (?P<times>{N}))?(?P<each>(?: (?:[OM]|T\d))*)"
)
TABLETS_LAST = re.compile(rf"(?P<count>{N}) (?P<range>{AMOUNT}) BB(?P<each>(?: (?:[OM]|T\d))*)")
SUM = re.compile(rf"{AMOUNT}(?: [OM])*(?: P {AMOUNT}(?: [OM])*)+|{AMOUNT} M(?: {AMOUNT} M)+")
ONLY_NUMBER = re.compile(rf"\s*[\d.,\uff10-\uff19]+\s*(?:{MG})?\.?\s*", re.IGNORECASE)


def dose(typed: str, *, bare: str = "MG") -> Reading:
    """The milligrams a day that ``typed`` says; a number without a unit of 1 or more is in ``bare``."""
    made = plain(typed)
    if made is None:
        return Reading(refusal=sentences.DOSE)
    if not made.text or NOT_KNOWN.fullmatch(made.text):
        return Reading()
    if NOT_EACH_DAY.search(made.text):
        return Reading(refusal=sentences.NOT_A_DAY)
    if OTHER_UNIT.search(made.text):
        return Reading(refusal=sentences.NOT_MG)
    if made.doubtful:
        return Reading(refusal=sentences.doubtful(made.doubtful))
    text = without_fillers(made.text)
    for phrase, marker in MARKERS:
        text = " ".join(phrase.sub(marker, text).split())
    if re.search(r"\bBB\b", text) and len(re.findall(N, re.sub(r"T\d", "", text))) < 2 and "G" not in text:
        return Reading(refusal=sentences.NO_STRENGTH)
    read = _read(text, bare)
    if read is None:
        wordy = not re.search(r"\d", text) and WITHOUT_NUMBER.search(made.text)
        return Reading(refusal=sentences.DOSE_WITHOUT_NUMBER if wordy else sentences.DOSE)
    value, confirm, of_other_unit = read
    more = of_other_unit or ONLY_NUMBER.fullmatch(typed) is None
    return Reading(number(value), confirm=confirm, more=more)


def _read(text: str, bare: str) -> tuple[Decimal, bool, bool] | None:
    """The amount, whether it is a product or a sum, and whether its unit is another than mg; None for neither."""
    if SUM.fullmatch(text):
        amounts, other = _amounts(text, bare)
        return sum(amounts, Decimal(0)), True, other
    found = PRODUCT.fullmatch(text) or TABLETS_LAST.fullmatch(text)
    if found is None:
        return None
    amounts, other = _amounts(found["range"], bare)
    parts = found.groupdict()
    factor = Decimal(parts.get("count") or 1) * Decimal(parts.get("times") or 1)
    for times in re.findall(r"T(\d)", found["each"]):
        factor *= int(times)
    return max(amounts) * factor, factor != 1, other


def _amounts(text: str, bare: str) -> tuple[list[Decimal], bool]:
    """The amounts in mg; one without a unit has that of the next one, else ``bare``. And whether a unit is not mg."""
    found = re.findall(rf"({N})(?: (MG|UG|G)\b)?", text)
    amounts, unit, other = [], "", False
    for value, own in reversed(found):
        unit = own or unit
        of = unit or (bare if Decimal(value) >= 1 else "MG")
        amounts.append(Decimal(value) * UNITS[of])
        other = other or of != "MG"
    return amounts, other
