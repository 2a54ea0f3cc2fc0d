"""What a payer still needs, as one reader may know it: the core's own readiness of the answers and the rows about them.

A need that rests on answers this reader may not read shows no result and counts for nothing.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from intake import document
from intake.fields import BY_PATH, Reader
from intake.fields.lookup import field_path
from intake.locations import settings_of
from treatments.models import Coverage, Entry, Evidence, Referral, Score
from treatments.payers.choosing import choose
from treatments.payers.loading import PACKS
from treatments.payers.readiness import readiness
from treatments.payers.sentences import summary_words
from treatments.payers.shapes import Check, Need
from treatments.payers.strength import differing_row
from treatments.payers.vocabulary import GENERIC
from treatments.reading.redaction import RULE_OF, Redaction
from treatments.reading.support import PHQ9, Support, phq9_scores, standing_entries, support_of

log = logging.getLogger(__name__)

MASKED = "masked"
SUBSTANCE_ENTRY = "sud_status"
EVERYTHING = Redaction(User(), frozenset(Reader))


@dataclass(frozen=True, slots=True)
class PayerFacts:
    """All that a referral's readiness rests on beside its answers, read once for all treatments."""

    referral: Referral
    coverage: Coverage | None
    support: list[Support]
    entries: list[Entry]
    scores: list[Score]


def facts_of(referral: Referral) -> PayerFacts:
    submission = referral.submission
    return PayerFacts(
        referral=referral,
        coverage=Coverage.objects.of(referral),
        support=support_of(submission, Evidence.objects.of(referral)),
        entries=standing_entries(submission, Entry.objects.of(referral)),
        scores=list(Score.objects.of(referral)),
    )


def coverage_part(coverage: Coverage | None, treatment: str) -> dict[str, str | None]:
    """The coverage as ``clinic-readiness/1`` has it; a pack that is none of this payer any more counts for nothing."""
    if coverage is None:
        return {}
    chosen = PACKS.get(coverage.packs.get(treatment, ""))
    fits = chosen and chosen.treatment == treatment and chosen.payer in (coverage.payer, GENERIC)
    return {
        "payer": coverage.payer,
        "line": coverage.line or None,
        "pack": chosen.pack if chosen and fits else None,
        "contracted": coverage.contracted or None,
    }


def parts_of(facts: PayerFacts, redaction: Redaction) -> dict[str, Any]:
    """The person's part of the core's input, without what this reader may not read."""
    submission = facts.referral.submission
    sent_on = submission.submitted_on
    assert sent_on is not None  # nosec B101 # noqa: S101 a referral is a form that was sent
    dumped = document.dump(submission.current, submitted_on=sent_on, language=submission.language)
    evidence = [row.as_row() for row in readable_support(facts, redaction)]
    again = [] if differing_row(PHQ9, evidence) else phq9_scores(submission)
    typed = [{**row.said, "on": row.on.isoformat(), "strength": row.strength} for row in facts.scores]
    return {
        "document": redaction.readable(dumped),
        "evidence": evidence,
        "entries": [
            {"key": row.key, "value": row.value, "on": row.on.isoformat(), "about": row.about or None}
            for row in facts.entries
            if not redaction.hides or row.key != SUBSTANCE_ENTRY
        ],
        "scores": [*again, *typed],
        "pc_ptsd5_cutoff_women": settings_of(None).pc_ptsd5_cutoff_women,
    }


def readable_support(facts: PayerFacts, redaction: Redaction) -> list[Support]:
    return [row for row in facts.support if may_read_all(redaction, row.about)]


def may_read_all(redaction: Redaction, path: str) -> bool:
    """Whether this reader may read the answer at the path; of a whole section only who may read everything."""
    return field_path(path) in BY_PATH and redaction.may_read(path) if redaction.hides else True


def readiness_of(
    facts: PayerFacts, redaction: Redaction, treatment: str, *, on: date
) -> dict[str, Any] | None:
    """The core's output for this treatment; None, and a line in the log, where a need fails."""
    coverage = coverage_part(facts.coverage, treatment)
    try:
        told = readiness(
            **parts_of(facts, redaction), on=on.isoformat(), treatment=treatment, coverage=coverage
        )
    except Exception as fault:  # whatever one need does wrong, the page must stand
        log.error("Referral %s: readiness failed: %s.", facts.referral.reference, type(fault).__name__)
        return None
    return (
        without_masked(told, redaction, choose(coverage, treatment).pack.needs) if redaction.hides else told
    )


def without_masked(told: dict[str, Any], redaction: Redaction, needs: tuple[Need, ...]) -> dict[str, Any]:
    hidden = {need.id for need in needs if is_masked(need, redaction)}
    nothing: dict[str, Any] = {
        "result": MASKED, "strength": None, "sentence": "", "answers": [], "ask": [], "evidence": [],
    }  # fmt: skip
    lines = [{**line, **nothing} if line["id"] in hidden else line for line in told["needs"]]
    return {**told, "needs": lines, "summary": summary_without(lines)}


def summary_without(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The counts of what is not masked, and how many needs are."""
    of = [line["result"] for line in lines]
    counts = {
        "total": len(of) - of.count("not_applicable") - of.count(MASKED),
        "met": of.count("met_shown") + of.count("met_said"),
        "to_show": sum(line["result"] == "met_said" and line["proof"] == "shown" for line in lines),
        "open": of.count("open") + of.count("clinician"),
        "clinician": of.count("clinician"),
        "not_met": of.count("not_met"),
        "not_applicable": of.count("not_applicable"),
    }
    masked = of.count(MASKED)
    words = summary_words(counts) + (f", {masked} masked" if masked else "")
    return {**counts, MASKED: masked, "words": words}


def is_masked(need: Need, redaction: Redaction) -> bool:
    """Whether it rests on what this reader may not read, whatever anybody answered."""
    checks = [need.check, *([need.applies] if need.applies is not None else [])]
    return any(_rests_on_hidden(check, redaction) for check in checks)


def _rests_on_hidden(check: Check, redaction: Redaction) -> bool:
    [(name, given)] = check.items()
    if name in ("any_of", "all_of"):
        return any(_rests_on_hidden(each, redaction) for each in given)
    reads: Mapping[str, Any] = {
        "no_active_sud": lambda: ["substances.substance_use_disorder_now", "substances.drug_use_past_year"],
        "rules_not_met": lambda: [path for rule in given["rules"] for path in RULE_OF[rule].reads],
        "answered": lambda: given["paths"],
    }
    if name == "entry":
        return bool(given["key"] == SUBSTANCE_ENTRY)
    return not all(map(redaction.may_read, reads[name]())) if name in reads else False
