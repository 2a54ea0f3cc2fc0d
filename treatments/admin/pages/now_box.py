"""What needs doing now on a referral's page: the first action, two beside it, the rest, and what is refused."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from treatments.admin.forms.shared import FORMS
from treatments.admin.pages.actions import Button
from treatments.admin.pages.papers import is_of_records
from treatments.admin.pages.payer import is_of_payer
from treatments.models import Referral
from treatments.reading.redaction import Redaction
from treatments.workflow import Attention, Hold, ReferralState
from treatments.workflow.actions.assignment import CLAIM
from treatments.workflow.actions.routing import ROUTE

BESIDE = ("log_contact", "ask_patient")
OF_FLAG = {
    Attention.MESSAGE: "deal_with",
    Attention.WITHDRAWN: "close",
    Attention.ANSWERED: "deal_with",
    Attention.MISSED: "log_contact",
    Attention.NO_ANSWER: "log_contact",
}
OF_STATE = {
    ReferralState.NEW: ("claim",),
    ReferralState.IN_REVIEW: ("claim", "route"),
    ReferralState.AWAITING_PATIENT: ("log_contact",),
    ReferralState.ROUTED: (),
    ReferralState.CLOSED: ("reopen",),
}


def now_box(
    buttons: Iterable[Button], referral: Referral, flags: Iterable[Mapping[str, Any]], *, form: bool
) -> dict[str, Any]:
    """``form``: the one that routes stands in the page, and its button is the first action."""
    of_desk = [each for each in buttons if not (is_of_records(each) or is_of_payer(each))]
    allowed = {each.url.rstrip("/"): each for each in of_desk if not each.refusal}
    first = None
    if not form and not referral.alert_open:  # then the alert comes first, which has a page of its own
        first = next((key for key in _in_order(referral, flags) if key in allowed), None)
    beside = [key for key in BESIDE if key in allowed and key != first]
    return {
        "first": allowed.get(first or ""),
        "beside": [allowed[key] for key in beside],
        "more": [each for key, each in allowed.items() if key != first and key not in beside],
        "refused": [each for each in of_desk if each.refusal],
    }


def claim_in_page(
    redaction: Redaction, referral: Referral, first: Button | None, *, seen_event: int | None
) -> dict[str, Any]:
    """Where claiming comes first and routing may follow: a form whose one button does it and opens that page."""
    if first is None or first.url != f"{CLAIM.key}/" or not referral.is_assessed or referral.is_withdrawn:
        return {}
    form = FORMS[CLAIM.key](referral=referral, redaction=redaction, seen_event=seen_event)
    may_route = redaction.user.has_perm(ROUTE.permission_on())
    return {"claim_form": form} if form.another_button and may_route else {}


def _in_order(referral: Referral, flags: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for flag in flags:
        for _event, reason in flag["returns"][:1]:
            yield from reason.offers
        yield OF_FLAG.get(Attention(flag["flag"]), "deal_with")
    if referral.hold != Hold.NONE:
        yield from ("assess_risk", "log_contact")
    yield from OF_STATE[ReferralState(referral.state)]
