"""What the desk finds a person by: the words kept with a referral, and the question for the words typed."""

import re
from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import and_
from unicodedata import category, combining, normalize

from django.db.models import Q

from intake.fields.characters import seen
from intake.resume_secrets import CODE_ALPHABET
from intake.typed.dates import MONTHS, parts_of
from intake.typed.phone import dialed
from intake.typed.reference import plain_reference

LONGEST = 200  # characters of what is typed that are looked for
MOST_WORDS = 8  # of a whole name
# Letters that do not come apart into a plain one and its mark.
_WHOLE = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ħ": "h"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'`´‘’‚‛′‵ʹʻʼʽʾʿˈˊˋ＇"))
_REFERENCE = re.compile(f"[{CODE_ALPHABET}]{{4}}-[{CODE_ALPHABET}]{{4}}")

# A whole date, wherever it stands among what is typed: in figures (the month first, or the year), or with its month's name.
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY, _YEAR, _GAP = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:\d{4}|\d{2})", r"[\s,./-]+"
_DATE = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}[\s./-]+\d{{1,2}}[\s./-]+{_YEAR}|\d{{4}}[\s./-]+\d{{1,2}}[\s./-]+\d{{1,2}}"
    rf"|(?:{_MONTH}){_GAP}{_DAY}{_GAP}{_YEAR}|{_DAY}{_GAP}(?:of )?(?:{_MONTH}){_GAP}{_YEAR})(?!\w|[\s./-]*\d)"
)
_TOGETHER = re.compile(r"\d{6}|\d{8}")  # 051484, 05141984, 19840514
_BORN = re.compile(r"\b(?:date of birth|birth ?date|d\.?o\.?b\.?|born)\b:?")


def plain(text: str) -> str:
    """In lower case, without marks, apostrophes and what no eye sees, each dash a hyphen: "José O'Núñez" is found
    as "jose onunez".
    """
    apart = normalize("NFKD", seen(text).replace("\x00", "").translate(_APOSTROPHES).casefold())
    letters = "".join(letter for letter in apart if not combining(letter)).translate(_WHOLE)
    return "".join("-" if category(each) == "Pd" or each == "\u2212" else each for each in letters)


def digits_of(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def phone_digits(phone: str) -> str:
    """The last ten digits of a phone number, by which two are compared; "" for too few to tell."""
    digits = dialed(phone)[-10:]
    return digits if len(digits) >= 7 else ""


def joined(name: str) -> str:
    """All letters of a name together: "Smith-Jones", "Smith Jones" and "SmithJones" are the same."""
    return in_one(plain(name))


def in_one(plain_name: str) -> str:
    return re.sub(r"[\W_]+", "", plain_name)


def whole(surname: str) -> str:
    """What is kept of a surname so that it is found as a whole alone, and no beginning of it."""
    return f"={joined(surname)}="


def words_of(reference: str, about: Mapping[str, str]) -> str:
    """What is kept for searching: reference, names, birth date, the phone's digits, email, and the names in one."""
    first = [about["first_name"], about.get("preferred_name", "")]
    parts = [
        reference,
        reference.replace("-", ""),
        first[0],
        about["last_name"],
        first[1],
        about["date_of_birth"],
        digits_of(about.get("phone", "")),
        about.get("email", ""),
        *(joined(name) for name in first if re.search(r"\w\W+\w", plain(name))),
    ]
    return f"{plain(' '.join(part for part in parts if part))} {whole(about['last_name'])}"


def matching(typed: str, referral: str = "") -> Q:
    """The referrals that hold all that is ``typed``; ``referral`` is the way to them (``referral__``).

    Names in any order and with any signs between them; a reference, a date of birth and a phone number in any way
    that they are written, a phone number with or without the code of the country. Nothing typed asks nothing.
    """
    term = plain(typed[:LONGEST])
    reference = plain_reference(term)
    days, rest = born_on(term)
    found = Q(**{f"{referral}date_of_birth__in": days}) if days else Q()
    if phone := _phone(rest, referral):
        found &= phone | _born_together(rest, referral)
    else:
        for word in _words(rest):
            found &= Q(**{f"{referral}search__contains": word}) | _born_together(word, referral)
    if _REFERENCE.fullmatch(reference):
        found |= Q(**{f"{referral}reference": reference})
    return found if found or not typed.strip() else Q(pk__in=())  # signs alone find nobody


def named_whole(typed: str) -> Q:
    """The referrals that are called so in whole words, the surname among them; no part of a name finds anybody.

    "Núñez", "José Núñez" and "Núñez, José" find the same person; a reference and a date of birth find one too.
    """
    term = plain(typed[:LONGEST])
    reference = plain_reference(term)
    if _REFERENCE.fullmatch(reference):
        return Q(reference=reference)
    days, rest = born_on(term)
    if not days and _TOGETHER.fullmatch(rest):
        days, rest = _days(rest), ""
    words = _words(rest)[:MOST_WORDS]
    if not days and not words:
        return Q(pk__in=())
    called = Q()
    for cut in range(len(words)):
        called |= _called(words[:cut], words[cut:]) | _called(words[cut + 1 :], words[: cut + 1])
    return (Q(date_of_birth__in=days) if days else Q()) & called


def surnames(typed: str) -> set[str]:
    """What may be the surname of the whole name ``typed``, as ``joined`` has it."""
    words = _words(born_on(plain(typed[:LONGEST]))[1])[:MOST_WORDS]
    cuts = range(len(words))
    parts = [words[cut:] for cut in cuts] + [words[: cut + 1] for cut in cuts]
    return {joined(" ".join(part)) for part in parts}


def _called(names: list[str], surname: list[str]) -> Q:
    found = Q(search__contains=whole(" ".join(surname)))
    each = [Q(search__contains=f" {name} ") for name in names]
    return (
        found & (reduce(and_, each) | Q(search__contains=f" {joined(' '.join(names))} ")) if each else found
    )


def born_on(term: str) -> tuple[list[date], str]:
    """The days that a date within ``term`` may be, and the rest of it; a year of two figures is of either century."""
    for found in _DATE.finditer(term):
        if not re.search(r"\d[\s./-]*$", term[: found.start()]) and (days := _days(found.group())):
            return days, _BORN.sub(" ", f"{term[: found.start()]} {term[found.end() :]}").strip(" ,;:-")
    return [], term


def _days(text: str) -> list[date]:
    if _TOGETHER.fullmatch(text):
        as_date = [f"{text[:2]}/{text[2:4]}/{text[4:]}", f"{text[:4]}-{text[4:6]}-{text[6:]}"]
        return [day for each in as_date[: len(text) // 4] for day in _days(each)]
    of_two = re.search(r"(?<!\d)\d{2}$", text) if not re.match(r"\d{4}", text) else None
    typed = [f"{text[:-2]}{century}{text[-2:]}" for century in (19, 20)] if of_two else [text]
    read = (parts_of(each, None) for each in typed)
    return [day for parts in read if parts and (day := parts.whole())]


def _phone(term: str, referral: str) -> Q | None:
    """The question for a phone number, None where ``term`` is none."""
    digits = digits_of(term)
    if len(digits) < 7 or any(map(str.isalpha, term)) or "-" in term[4:5]:
        return None
    number = phone_digits(digits) if len(digits) >= 10 else ""
    same = Q(**{f"{referral}phone_digits": number}) if number else Q()
    return same | Q(**{f"{referral}search__contains": digits})


def _born_together(word: str, referral: str) -> Q:
    days = _days(word) if _TOGETHER.fullmatch(word) else []
    return Q(**{f"{referral}date_of_birth__in": days}) if days else Q()


def _words(term: str) -> list[str]:
    """What stands between spaces and signs; a hyphen parts names, not figures."""
    parted = re.sub(r"(?<=[^\W\d_])-|-(?=[^\W\d_])", " ", term)
    return [word for word in re.split(r'[\s,;:=()"“”„«»/]+', parted) if word.strip("-")]
