"""Reads a blood pressure written in one box: two numbers, or one, which is the higher."""

import re

from intake.typed.plain import plain, without_fillers

PAIR = re.compile(r"(\d{1,3}) ?(?:/|-|over|sobre|on|por|,)? ?(?<!\d)(\d{1,3})(?: mm hg| mmhg)?")


def pair(typed: str) -> tuple[int, int] | None:
    """The two numbers of ``typed`` in their order; None where there are not two."""
    made = plain(typed)
    found = PAIR.fullmatch(without_fillers(made.text)) if made else None
    return (int(found[1]), int(found[2])) if found else None
