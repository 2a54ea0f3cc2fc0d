"""What the desk finds a person by: the words kept with a referral, and the question for the words typed."""

from collections.abc import Mapping
from unicodedata import combining, normalize

from django.db.models import Q

from intake.fields.characters import seen
from intake.typed.phone import dialed

LONGEST = 200  # characters of what is typed that are looked for
# Letters that do not come apart into a plain one and its mark.
_WHOLE = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def plain(text: str) -> str:
    """In lower case, without marks and what no eye sees: "José Núñez" is found as "jose nunez"."""
    apart = normalize("NFKD", seen(text).casefold().replace("\x00", ""))
    return "".join(letter for letter in apart if not combining(letter)).translate(_WHOLE)


def digits_of(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def phone_digits(phone: str) -> str:
    """The last ten digits of a phone number, by which two are compared; "" for too few to tell."""
    digits = dialed(phone)[-10:]
    return digits if len(digits) >= 7 else ""


def words_of(reference: str, about: Mapping[str, str]) -> str:
    """What is kept for searching: reference, names, birth date, the phone's digits, email."""
    parts = [
        reference,
        reference.replace("-", ""),
        about["first_name"],
        about["last_name"],
        about.get("preferred_name", ""),
        about["date_of_birth"],
        digits_of(about.get("phone", "")),
        about.get("email", ""),
    ]
    return plain(" ".join(part for part in parts if part))


def matching(typed: str, referral: str = "") -> Q:
    """The referrals that hold every word of ``typed``; ``referral`` is the way to them (``referral__``).

    A phone number may be typed in any way, with or without the code of the country.
    """
    term = plain(typed[:LONGEST])
    digits = digits_of(term)
    is_phone = len(digits) >= 7 and not any(map(str.isalpha, term)) and "-" not in term[4:5]
    if is_phone:
        number = phone_digits(digits) if len(digits) >= 10 else ""
        same = Q(**{f"{referral}phone_digits": number}) if number else Q()
        return same | Q(**{f"{referral}search__contains": digits})
    found = Q()
    for word in term.split():
        found &= Q(**{f"{referral}search__contains": word})
    return found
