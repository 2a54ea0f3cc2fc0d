"""The days on which a readiness changes by itself: a score grows stale for its policy, an entry expires."""

from collections.abc import Iterator
from datetime import date, timedelta

from treatments.payers.case import Case
from treatments.payers.choosing import choose
from treatments.payers.scores import newest_of
from treatments.payers.shapes import Check
from treatments.reading.readiness import PayerFacts, coverage_part, is_masked, parts_of
from treatments.reading.redaction import Redaction

SCORES = ("score_at_least", "score_recorded")


def days_of_change(facts: PayerFacts, redaction: Redaction, treatment: str, *, on: date) -> list[date]:
    """The days to come, the next one first, as far as this reader may know of them."""
    pack = choose(coverage_part(facts.coverage, treatment), treatment).pack
    case = Case(on=on.isoformat(), treatment=treatment, **parts_of(facts, redaction))
    checks = [need.check for need in pack.needs if not redaction.hides or not is_masked(need, redaction)]
    return sorted({day for check in checks for day in _days(check, case) if day > on})


def _days(check: Check, case: Case) -> Iterator[date]:
    [(name, given)] = check.items()
    if name in ("any_of", "all_of"):
        for each in given:
            yield from _days(each, case)
    elif name in SCORES and "within_days" in given:
        for score in newest_of(case.said, given).values():
            yield score.on + timedelta(days=given["within_days"] + 1)
    elif name == "entry" and "valid_days" in given and (entry := case.newest_of_any(given["key"])):
        yield date.fromisoformat(entry["on"]) + timedelta(days=given["valid_days"] + 1)
