"""What a clinician's decision on a hold covers: rules and the answers they were looked at with, and when it lapses.

A risk assessment that releases a hold, or makes it a same-day one, keeps for each rule that held a keyed digest of
the answers at its ``reads``. The hold rises again only for a rule that is not among them or whose answers differ.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, TypedDict

from django.conf import settings

from intake.fields.lookup import answer, field_path
from intake.fields.urgency import NONE, RANK
from treatments.models import Event, Referral, RiskAssessment
from treatments.reading.assessment import judged, with_hold_findings
from treatments.rules.criteria import RULES
from treatments.workflow.events import HOLD_RELEASED

RULE_OF = {rule.id: rule for rule in RULES}


class Cover(TypedDict):
    """What was decided on one rule; ``level`` is the strongest hold that it may still ask for."""

    level: str
    reads: list[str]
    digest: str


Covers = Mapping[str, Cover]


def covers_now(referral: Referral, rules: Iterable[str], level: str) -> dict[str, Cover]:
    """The cover that a decision of now gives to those of ``rules`` that are known."""
    covers = {}
    for key in rules:
        if key in RULE_OF:
            reads = sorted(RULE_OF[key].reads)
            covers[key] = Cover(level=level, reads=reads, digest=digest_of(referral, key, reads))
    return covers


def covers_of(referral: Referral) -> Covers:
    """What stands decided: by the newest risk assessment, or by a release from before there were any."""
    newest = RiskAssessment.objects.of(referral).only("covers", "referral").first()
    return newest.covers if newest else _covers_of_old_release(referral)


def _covers_of_old_release(referral: Referral) -> Covers:
    """The rules that a release of the former kind named, as long as no answer has come since.

    It kept no digest; an amended answer has cleared ``hold_released_ruleset``, and then it covers nothing.
    """
    if not referral.hold_released_ruleset:
        return {}
    released = Event.objects.filter(referral=referral, kind=HOLD_RELEASED.key).order_by("-pk")
    event = released.first()
    return covers_now(referral, event.details.get("rules", ()) if event else (), NONE)


def asked_for(referral: Referral, assessment: Mapping[str, Any]) -> tuple[str, list[str]]:
    """The hold that the rules ask for and those that do, less what stands decided on the same answers."""
    rules = list(assessment["hold"]["rules"])
    covers = covers_of(referral) if rules else {}
    standing = {
        key: cover["level"] for key, cover in covers.items() if key in rules and _holds(referral, key, cover)
    }
    if not standing:
        return assessment["hold"]["level"], rules
    found = judged(referral, partial(with_hold_findings, rules=RULES))["hold_findings"]
    asked = {finding["rule"]: finding["effect"] for finding in found}
    own = {key: asked.get(key, assessment["hold"]["level"]) for key in rules}
    levels = {key: min(own[key], standing.get(key, own[key]), key=RANK.__getitem__) for key in rules}
    asking = [key for key in rules if levels[key] != NONE]
    return max((levels[key] for key in asking), key=RANK.__getitem__, default=NONE), asking


def _holds(referral: Referral, key: str, cover: Cover) -> bool:
    """Whether the rule's answers are those that were looked at, and have not changed and changed back since.

    What a later ruleset reads besides was answered then too, unless the person has answered it since.
    """
    if not hmac.compare_digest(cover["digest"], digest_of(referral, key, cover["reads"])):
        return False
    looked_at = {field_path(path) for path in cover["reads"]}
    more = {field_path(path) for path in RULE_OF[key].reads} - looked_at
    answered = _answered_since_release(referral)
    return not any(path in more or (path in looked_at and differs) for path, differs in answered)


def _answered_since_release(referral: Referral) -> set[tuple[str, bool]]:
    """The fields answered since the newest risk assessment, and whether another answer was given than stood there."""
    newest = RiskAssessment.objects.of(referral).only("at", "referral").first()
    made = referral.submission.made_amendments()
    later = [each for each in made if newest is None or each.made_at > newest.at]
    return {(field_path(path), old != new) for each in later for path, (old, new) in each.changes.items()}


def digest_of(referral: Referral, key: str, reads: Iterable[str]) -> str:
    """A keyed digest of the answers that the rule ``key`` reads: without the key it says nothing of them.

    The key is one of its own, made from the clinic's secret: with another secret every release lapses.
    """
    answers = referral.submission.current
    words = json.dumps([key, {path: answer(answers, path) for path in reads}], sort_keys=True)
    own_key = hmac.digest(settings.SECRET_KEY.encode(), b"treatments.triage.releases", "sha256")
    return hmac.digest(own_key, words.encode(), "sha256").hex()
