"""Keeps where each referral stands before its payer, for lists: worked out by every action that touches it, and by the
day on which it changes by itself.
"""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from treatments.models import Event, Referral
from treatments.payers.loading import PACKS
from treatments.reading.payer_days import days_of_change
from treatments.reading.readiness import EVERYTHING, PayerFacts, facts_of, readiness_of
from treatments.reading.redaction import WITHOUT_GRANTS, Redaction
from treatments.workflow import ReferralState
from treatments.workflow.actions.coverage import ASKED_OF_PAYERS, LOG_PAYER_CALL
from treatments.workflow.payer_waits import GATHERING, NO_PAYER, gathers, waits_of
from treatments.workflow.states import REQUESTS_OUT

AT_ONCE = 100  # rows of a pass: the tick must come back to the alarms within a minute
DAYS_AHEAD = 5  # something is due so long before a score grows stale or an entry expires
COLUMNS = ("payer_state", "payer_state_masked")

_VERSIONS = " ".join(f"{pack.pack} {pack.version}" for pack in PACKS.values())
PACKS_NOW = hashlib.sha256(_VERSIONS.encode()).hexdigest()[:12]
"""What the packs were when a state was worked out: another one is worked out anew by ``manage.py reassess``."""

WITHOUT_PAYER: dict[str, Any] = {
    **{"packs": PACKS_NOW, "due_on": None},
    **{key: {"state": NO_PAYER, "open": 0, "clinician": 0, "not_met": 0} for key in ASKED_OF_PAYERS},
}
"""What is kept while no payer is chosen, but for who is waited for."""


def rewrite(referral: Referral, at: datetime, *, call: Event | None = None) -> None:
    """Work out both columns from the answers and rows as they stand; the caller holds the row and saves it.

    ``call``: a call with the payer that is not saved yet.
    """
    facts, on = facts_of(referral), timezone.localdate(at)
    called = _call_due(referral, call) if facts.coverage else None
    whole, days = _state(facts, EVERYTHING, on, called)
    masked, fewer = _state(facts, WITHOUT_GRANTS, on, called)
    withheld = referral.submission.withholds_substance_use(at)
    referral.payer_state = masked if withheld else whole
    referral.payer_state_masked = masked
    referral.payer_changes_on = min([*days, *fewer], default=None)
    settle(referral)


def _state(
    facts: PayerFacts, redaction: Redaction, on: date, called: date | None
) -> tuple[dict[str, Any], list[date]]:
    if facts.coverage is None:
        return dict(WITHOUT_PAYER), []
    kept: dict[str, Any] = {"packs": PACKS_NOW}
    days: list[date] = []
    for treatment in ASKED_OF_PAYERS:
        told = readiness_of(facts, redaction, treatment, on=on)
        if told is not None:
            counts = {key: told["summary"][key] for key in ("open", "clinician", "not_met")}
            kept[treatment] = {"state": GATHERING, **counts}
            days += days_of_change(facts, redaction, treatment, on=on)
    due = [*(day - timedelta(days=DAYS_AHEAD) for day in days), *([called] if called else [])]
    return {**kept, "due_on": min(due).isoformat() if due else None}, days


def _call_due(referral: Referral, call: Event | None) -> date | None:
    """What was planned in the newest call with the payer."""
    newest = call or referral.events.filter(kind=LOG_PAYER_CALL.key).order_by("-pk").first()
    planned = newest.details.get("next_on") if newest else None
    return date.fromisoformat(planned) if planned else None


def settle(referral: Referral) -> None:
    """Say anew who is waited for, where only the state, a question or a request has changed; nothing is judged."""
    if not referral.payer_state:
        return
    stands = {
        "closed": referral.state == ReferralState.CLOSED,
        "asked": referral.answer_by is not None,
        "requested": gathers(referral.payer_state) and _records_are_out(referral),
    }
    for column in COLUMNS:
        kept = getattr(referral, column)
        setattr(referral, column, {**kept, "waits": waits_of(kept, **stands)})


def _records_are_out(referral: Referral) -> bool:
    """Whether a request is out that is about answers; of any other nothing comes that a payer asks for."""
    return any(request.paths for request in referral.record_requests.filter(state__in=REQUESTS_OUT))


def is_of_other_packs(referral: Referral) -> bool:
    return referral.payer_state.get("packs") != PACKS_NOW


def sweep_payer_changes(at: datetime | None = None) -> int:
    """Work out anew what has changed by the day alone, so many at a time; how many."""
    at = at or timezone.now()
    due = Referral.objects.filter(payer_changes_on__lte=timezone.localdate(at)).order_by("payer_changes_on")
    return sum(_sweep(pk, at) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _sweep(pk: int, at: datetime) -> bool:
    """A page that shows the row stays fresh by it."""
    free = Referral.objects.select_for_update(skip_locked=True)
    locked = free.filter(pk=pk, payer_changes_on__lte=timezone.localdate(at)).first()
    if locked is None:
        return False
    rewrite(locked, at)
    locked.save(update_fields=[*COLUMNS, "payer_changes_on"])
    return True
