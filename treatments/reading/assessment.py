"""The rules' account of a referral, worked out now from its answers."""

import logging
from collections.abc import Callable

from django.utils.translation import gettext as _

from intake.locations import settings_of
from treatments.models import Referral
from treatments.rules.engine import assess, hold_findings
from treatments.workflow import Refused

log = logging.getLogger(__name__)


def assessment_of(referral: Referral) -> dict:
    """The account of the rules, computed now from the stored answers (shape: docs/interchange.md).

    Raises ``Refused`` where a rule fails.
    """
    return judged(referral, assess)


def judged(referral: Referral, rules: Callable):
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


def hold_findings_of(referral: Referral) -> list[dict]:
    """Why the rules ask for a hold, each with its reason, source and answers."""
    return judged(referral, hold_findings)
