"""A plain case: what has to hold so that whoever reads a referral may route it from its own page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from treatments.catalog import TREATMENTS
from treatments.models import Referral
from treatments.reading.redaction import RULE_OF, Redaction
from treatments.rules.criteria.rule import CLINICIAN_FIRST
from treatments.workflow import Hold, ReferralState
from treatments.workflow.risk import RiskLevel

# Of the rules that are read before routing the one whose tick has room in the page.
IN_THE_PAGE = "D10"
TAKEN_UP = (ReferralState.NEW, ReferralState.IN_REVIEW)


def in_the_way(
    redaction: Redaction, referral: Referral, assessment: Mapping[str, Any] | None, open_consults: int
) -> list[str]:
    """What takes the form out of the page, a sentence each; none for a plain case.

    ``assessment`` is the rules' account as this reader may have it: nothing else of the answers is read, so the
    form tells whoever lacks a grant nothing.
    """
    if assessment is None:
        return [_("It has not been assessed.")]
    owner = referral.owner_id
    met = {
        _("A hold stands, or an alert is open."): referral.standing_hold is not Hold.NONE,
        _("A rule that may hold it waits for an answer."): bool(assessment["hold"]["ask"]),
        _("A finding says “clinician first”."): any(map(_is_grave, _findings(assessment))),
        _("Something has to be read before routing."): any(map(_is_read_first, assessment["notes"])),
        _("The clinician's level is moderate or high."): referral.clinician_level not in ("", RiskLevel.LOW),
        _("Something came back and nobody has dealt with it."): bool(referral.standing_flags),
        _("A consult is open."): bool(open_consults),
        _("Somebody else is handling it."): owner is not None and owner != redaction.user.pk,
        _("It is not at the desk."): referral.state not in TAKEN_UP,
    }
    return [words for words, is_met in met.items() if is_met]


def _findings(assessment: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [found for key in TREATMENTS for found in assessment["treatments"][key]["findings"]]


def _is_grave(finding: Mapping[str, Any]) -> bool:
    return finding["effect"] == CLINICIAN_FIRST


def _is_read_first(note: Mapping[str, Any]) -> bool:
    rule = RULE_OF.get(note["rule"])
    return rule is not None and rule.before_routing and rule.id != IN_THE_PAGE
