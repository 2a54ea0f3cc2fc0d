"""The rules' account of a referral, worked out now from its answers."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from intake.locations import settings_of
from treatments.models import Referral
from treatments.rules.criteria import Rule
from treatments.rules.engine import assess, hold_findings
from treatments.rules.facts import Facts
from treatments.rules.trd import for_the_clinician
from treatments.workflow import Refused

log = logging.getLogger(__name__)


def assessment_of(referral: Referral) -> dict[str, Any]:
    """The account of the rules, computed now from the stored answers (shape: docs/interchange.md).

    Raises ``Refused`` where a rule fails.
    """
    return judged(referral, assess)


def with_hold_findings(
    document: Mapping[str, Any],
    *,
    rules: Iterable[Rule],
    pc_ptsd5_cutoff_women: int,
    facts: Facts | None = None,
) -> dict[str, Any]:
    """The account of ``rules``, with why they ask for a hold under ``hold_findings``, each with its answers, and
    the definitions of resistance that wait for a clinician's judgment alone under ``for_the_clinician``.

    ``facts`` as ``assess`` takes them.
    """
    facts = facts or Facts(document, pc_ptsd5_cutoff_women=pc_ptsd5_cutoff_women)
    return {
        **assess(document, rules=rules, pc_ptsd5_cutoff_women=pc_ptsd5_cutoff_women, facts=facts),
        "hold_findings": hold_findings(facts, rules),
        "for_the_clinician": for_the_clinician(facts.trials),
    }


def judged(referral: Referral, rules: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    """What ``rules`` say about the referral's answers; ``Refused`` (and a line in the log, without
    patient data) where one of them fails.
    """
    try:
        return rules(
            referral.submission.to_document(), pc_ptsd5_cutoff_women=settings_of(None).pc_ptsd5_cutoff_women
        )
    except Exception as fault:  # whatever a rule does wrong, the referral must stay on the desk
        log.error("Referral %s could not be assessed: %s.", referral.reference, type(fault).__name__)
        raise Refused(
            _(
                "A rule fails on this referral, so nothing can be decided on it now. Contact your administrator."
            )
        ) from None
