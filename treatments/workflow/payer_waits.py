"""Who is waited for before a payer, from what a referral's column keeps of each treatment."""

from collections.abc import Mapping
from typing import Any

FIRST = ("us", "clinician", "patient")
"""Of two treatments the first of these stands for both."""

NO_PAYER, GATHERING = "no_payer", "gathering"


def waits_of(kept: Mapping[str, Any], *, closed: bool, asked: bool) -> str:
    """``asked``: a question to the patient is out. "none" where nobody is waited for."""
    if closed:
        return "none"
    found = {_of(row, asked) for row in kept.values() if isinstance(row, dict)}
    return next((who for who in FIRST if who in found), "none")


def _of(row: Mapping[str, Any], asked: bool) -> str:
    if row["state"] != GATHERING:
        return "us"
    if asked:
        return "patient"
    return "clinician" if row["open"] and row["open"] == row["clinician"] else "us"
