"""Makes what was typed plain: small letters without accents, one space between words, every number in digits."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from intake.fields.characters import seen

LONGEST = 100  # characters: what is longer is no number

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
SIGNS = str.maketrans(
    {
        "½": " 1/2 ", "⅓": " 1/3 ", "⅔": " 2/3 ", "¼": " 1/4 ", "¾": " 3/4 ", "⁄": "/",
        "–": "-", "—": "-", "−": "-", "‑": "-", "→": "-", "×": "x", "µ": "u", "μ": "u", "\xa0": " ",
        "'": "", "’": "", "¿": "", '"': "",
    }
)  # fmt: skip

SMALL: dict[str, int] = {
    word: value
    for value, words in enumerate(
        [
            "zero/cero",
            "one/uno/un/una",
            "two/dos",
            "three/tres",
            "four/cuatro",
            "five/cinco",
            "six/seis",
            "seven/siete",
            "eight/ocho",
            "nine/nueve",
            "ten/diez",
            "eleven",
            "twelve/doce",
            "thirteen/trece",
            "fourteen/catorce",
            "fifteen/quince",
            "sixteen/dieciseis",
            "seventeen/diecisiete",
            "eighteen/dieciocho",
            "nineteen/diecinueve",
        ]
    )
    for word in words.split("/")
}
TENS: dict[str, int] = {
    word: 10 * value
    for value, words in enumerate(
        [
            "twenty/veinte",
            "thirty/treinta",
            "forty/cuarenta",
            "fifty/cincuenta",
            "sixty/sesenta",
            "seventy/setenta",
            "eighty/ochenta",
            "ninety/noventa",
        ],
        start=2,
    )
    for word in words.split("/")
}
SMALL |= {
    f"veinti{word}": 20 + SMALL[word]
    for word in ["uno", "un", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]
}
HUNDREDS = {"cien": 100, "ciento": 100} | {
    f"{word}cientos": 100 * value
    for word, value in (("dos", 2), ("tres", 3), ("cuatro", 4), ("seis", 6), ("ocho", 8))
} | {"quinientos": 500, "setecientos": 700, "novecientos": 900}  # fmt: skip
# "Once" is eleven before a Spanish word, and one time before an English one.
ELEVEN = re.compile(r"\bonce(?= (?:semana|mes|dia|ano|sesion|vece|miligramo|medic|[oay] \d)|$)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*|\.\d+")
FRACTION = re.compile(r"(?:(?<![\d/.])(\d+) )?(?<![\d/.])([123])/([234])(?![\d/.])(?! ?/)")
HALF = r"(?:a )?(?:half|medi[oa])\b"


@dataclass(frozen=True, slots=True)
class Plain:
    """``text`` made plain; ``doubtful`` is a number such as 1.200, which may be 1200 or 1.2."""

    text: str
    doubtful: str = ""


def plain(typed: str) -> Plain | None:
    """``typed`` made plain, None for what is too long to be a number."""
    if len(typed) > LONGEST:
        return None
    text = unicodedata.normalize("NFC", seen(typed)).lower().translate(FULL_WIDTH).translate(SIGNS)
    decomposed = unicodedata.normalize("NFD", text)
    text = "".join(each for each in decomposed if not unicodedata.combining(each))
    text = "".join("#" if each.isdigit() and not each.isascii() else each for each in text)
    text = re.sub(r"\.(?!\d)", " ", text)
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = re.sub(r"(?<=[^\W\d_])(?=\.?\d)|(?<=\d)(?=[^\W\d_])", " ", text)
    text = re.sub(r",(?!\d)|(?<!\d),", " , ", text)
    text = re.sub(r"[+~<>%?()]|->", r" \g<0> ", text)
    doubtful = next((each for each in NUMBER.findall(text) if _is_doubtful(each)), "")
    text = NUMBER.sub(lambda found: _digits(found[0]), text)
    text = _words_to_digits(" ".join(text.split()))
    text = _with_halves(FRACTION.sub(_fraction, text))
    return Plain(" ".join(text.replace("/", " / ").split()), doubtful)


def _is_doubtful(raw: str) -> bool:
    """A point and exactly three figures after it: thousands in Spanish, a decimal in English."""
    return bool(re.fullmatch(r"[1-9]\d*\.\d{3}", raw) or re.fullmatch(r"[1-9]\d{0,2}(\.\d{3}){2,}", raw))


def _digits(raw: str) -> str:
    """A number without thousands' commas and with a decimal point; what is no number stays as it is."""
    if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", raw):
        raw = raw.replace(",", "")
    elif re.fullmatch(r"\d+,\d+", raw) and not re.fullmatch(r"[1-9]\d*,\d{3}", raw):
        raw = raw.replace(",", ".")
    if not re.fullmatch(r"\d*\.?\d+", raw) or len(raw) > 15:
        return raw.replace(".", "#").replace(",", "#") if len(raw) <= 15 else "#"
    return f"0{raw}" if raw.startswith(".") else raw


def _words_to_digits(text: str) -> str:
    text = ELEVEN.sub("11", text)
    words, found = text.split(), []
    while words:
        value, used = _spelled(words)
        found.append(str(value) if used else words[0])
        words = words[used or 1 :]
    text = " ".join(found)
    text = re.sub(r"\b(?:a )?couple(?: of)?\b|\b(?:1 )?par de\b", "2", text)
    return re.sub(r"(?<!half )\ban? (?=(?:hundred|day|week|wk|month|year|yr)\b)", "1 ", text)


def _spelled(words: list[str]) -> tuple[int, int]:
    """The number that ``words`` begin with and how many of them it takes; (0, 0) where they begin with none."""
    value, used = _below_hundred(words)
    if used and words[used : used + 1] == ["hundred"]:
        value, used = value * 100, used + 1
    elif words[:2] == ["a", "hundred"]:
        value, used = 100, 2
    elif words[0] == "hundred":
        value, used = 100, 1
    elif words[0] in HUNDREDS:
        value, used = HUNDREDS[words[0]], 1
    else:
        return value, used
    rest = words[used:]
    skip = 1 if rest[:1] == ["and"] else 0
    more, taken = _below_hundred(rest[skip:])
    if taken and rest[skip + taken : skip + taken + 1] != ["hundred"]:
        return value + more, used + skip + taken
    return value, used


def _below_hundred(words: list[str]) -> tuple[int, int]:
    if not words:
        return 0, 0
    if words[0] in SMALL:
        return SMALL[words[0]], 1
    if words[0] not in TENS:
        return 0, 0
    skip = 1 if words[1:2] == ["y"] else 0
    unit = SMALL.get(words[1 + skip], 0) if len(words) > 1 + skip else 0
    return (TENS[words[0]] + unit, 2 + skip) if 1 <= unit <= 9 else (TENS[words[0]], 1)


def _fraction(found: re.Match[str]) -> str:
    part = Decimal(found[2]) / Decimal(found[3])
    return f"{(Decimal(found[1] or 0) + part).quantize(Decimal('0.0001')).normalize():f}"


def _with_halves(text: str) -> str:
    """ "3 and a half" is 3.5, "year and a half" keeps its half for the year, any other half is 0.5."""
    text = re.sub(rf"\b(\d+) (?:and|y) {HALF}", r"\1.5", text)
    text = re.sub(rf"(?<=[a-z]) (?:and|y) {HALF}", " HALF", text)
    return re.sub(rf"\b{HALF}(?: (?:an?|of an?)\b)?", "0.5", text)


NOT_KNOWN = re.compile(
    r"(?:i )?(?:do not|dont|do nt|cant|can not|cannot) (?:know|remember|recall)|(?:i am |im )?(?:not sure|unsure)"
    r"|unknown|na|\?+(?: \?)*|n / a|idk|(?:yo )?no (?:lo )?(?:se|recuerdo|me acuerdo|estoy segur[oa])|desconocid[oa]"
)
BEFORE = (
    r"about|around|approx|approximately|roughly|~|maybe|perhaps|probably|unos|unas|como|cerca de|mas o menos"
    r"|aproximadamente|quiza|quizas|tal vez"
)
BESIDE = (
    r"\+(?! \d)|or more|o mas|at least|por lo menos|al menos|up to|hasta|max|maximum|maximo|mg max|or so|more or less"
    r"|at most|como maximo|\?"
)
FILLERS = re.compile(rf"(?<!\S)(?:{BEFORE}|{BESIDE})(?!\S)")


def without_fillers(text: str) -> str:
    """``text`` without words that leave the number as it is: about, or more, at least, hasta."""
    text = re.sub(r"(?<=\d) (?:up to|hasta|->) (?=\d)", " - ", text)
    return " ".join(FILLERS.sub(" ", text).split())
