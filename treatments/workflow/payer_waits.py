"""Who is waited for before a payer, from what a referral's column keeps of each treatment."""

from collections.abc import Iterator, Mapping
from typing import Any

FIRST = ("us", "clinician", "patient", "record")
"""Of two treatments the first of these stands for both."""

NO_PAYER, GATHERING = "no_payer", "gathering"


def waits_of(kept: Mapping[str, Any], *, closed: bool, asked: bool, requested: bool) -> str:
    """``asked``: a question to the patient is out; ``requested``: a request for records. "none" where nobody is
    waited for.
    """
    if closed:
        return "none"
    found = {_of(row, asked, requested) for row in _rows(kept)}
    return next((who for who in FIRST if who in found), "none")


def gathers(kept: Mapping[str, Any]) -> bool:
    """Whether what a payer asks is being gathered for any treatment."""
    return any(row["state"] == GATHERING for row in _rows(kept))


def _rows(kept: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What is kept of each treatment."""
    return (row for row in kept.values() if isinstance(row, dict))


def _of(row: Mapping[str, Any], asked: bool, requested: bool) -> str:
    if row["state"] != GATHERING:
        return "us"
    if asked:
        return "patient"
    if requested:
        return "record"
    return "clinician" if row["open"] and row["open"] == row["clinician"] else "us"
