"""Reads a phone number as people write it: with any signs between its digits, and an extension behind them."""

import re
import unicodedata
from dataclasses import dataclass

from intake.fields.characters import seen

LONGEST = 60  # characters: what is longer says more than a number
NUMBER = re.compile(r"(\+?)([\d\s().,/+-]*\d)[\s().,-]*")
# A phone's number keys have no letters: "#12" and ",12" are extensions too.
EXTENSION = re.compile(
    r"\s*(?:\bextensi[oó]n\b|\bext\b\.?|(?<![^\W\d_])x|[#;]|,(?=\s*\d{1,6}$))[\s.:]*(\d{1,6})$"
)
# In the United States: an area code opens with neither 0 nor 1.
DOMESTIC = re.compile(r"1?[2-9]\d{9}")
FEWEST, MOST = 8, 15  # digits of a number with the code of its country


@dataclass(frozen=True, slots=True)
class Phone:
    """The ``digits`` to dial, after a plus where ``plus``; ``extension`` is "" for none."""

    digits: str
    plus: bool = False
    extension: str = ""


def phone(typed: str) -> Phone | None:
    """The number that ``typed`` is; None where a digit is missing, or something else stands among them."""
    text, extension = _parts(typed)
    match = NUMBER.fullmatch(text) if len(text) <= LONGEST else None
    if match is None or "+" in match[2]:
        return None
    plus, digits = bool(match[1]), re.sub(r"\D", "", match[2])
    abroad = plus and not digits.startswith("1")
    fits = FEWEST <= len(digits) <= MOST if abroad else DOMESTIC.fullmatch(digits)
    return Phone(digits, plus, extension) if fits else None


def dialed(typed: str) -> str:
    """The digits of ``typed`` without those of an extension, whether or not they are a whole number."""
    return re.sub(r"\D", "", _parts(typed)[0])


def phone_link(typed: str) -> str:
    """What a ``tel:`` link dials: the digits, and a plus that leads them; an extension is asked for by voice."""
    read = phone(typed)
    leads = read.plus if read else seen(typed).startswith("+")
    return f"{'+' if leads else ''}{dialed(typed)}"


def _parts(typed: str) -> tuple[str, str]:
    """What stands before an extension, in ASCII digits and with plain signs, and the extension."""
    text = " ".join("".join(map(_plain, seen(typed))).lower().split())
    text = re.sub(r"^\((\+\d{1,3})\)", r"\1", text)
    text = re.sub(r"^(\+\d{1,3} ?)\(0\)", r"\1", text)  # dialed at home alone
    match = EXTENSION.search(text)
    if match is None or not re.search(r"\d", text[: match.start()]):
        return text, ""
    return text[: match.start()].strip(), match[1]


def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Pd" or character == "\u2212":
        return "-"
    if character in "\u00b7\u2022\u2219":
        return "."
    return unicodedata.normalize("NFKC", character)
