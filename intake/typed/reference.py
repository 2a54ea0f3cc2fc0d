"""Reads the reference of a sent form as people write it: in small letters, with any sign between its halves, or none."""

import re
from unicodedata import normalize

from intake.fields.characters import seen

HALF = 4  # letters
BETWEEN = re.compile(r"[\s.,:/_\u2010-\u2015\u2212\ufe58\ufe63-]")


def plain_reference(typed: str) -> str:
    """``K7MW-4QXB`` for ``k7mw 4qxb``; what has another number of letters only in capitals."""
    text = normalize("NFKC", seen(typed)).upper()
    letters = BETWEEN.sub("", text)
    return f"{letters[:HALF]}-{letters[HALF:]}" if len(letters) == 2 * HALF else text
