"""Sending a referral to consult queues, and taking a consult out of its queue again."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from treatments import catalog
from treatments.models import Consult
from treatments.reading.before_routing import Point, open_points
from treatments.reading.redaction import redaction_for
from treatments.reading.safety_said import with_safety_lines
from treatments.triage.flags import end_flags
from treatments.triage.frame import ActionContext, back_to_review_without_a_team, performs
from treatments.triage.moves import move
from treatments.triage.queue_settings import refuse_paused
from treatments.triage.visits import end_visits
from treatments.workflow import ConsultState, ReferralState, Refused
from treatments.workflow.actions.routing import ROUTE, WITHDRAW
from treatments.workflow.flags import ANSWERS
from treatments.workflow.priorities import Priority


@performs(ROUTE)
def route(
    this: ActionContext,
    *,
    treatments: Collection[str],
    reason: str = "",
    priority: int = Priority.ROUTINE,
    read: str = "",
) -> None:
    """Open a consult in each treatment's queue.

    ``read`` names what the actor has ticked as read: the keys of all that stands open before routing. A reason
    is required when a finding, or something of that, says so.
    """
    chosen = sorted(set(treatments))
    if not chosen or any(treatment not in catalog.TREATMENTS for treatment in chosen):
        raise Refused(_("Choose at least one consult queue."))
    if priority not in set(Priority):
        raise Refused(_("Choose a priority."))
    refuse_paused(chosen)
    _refuse_twice(this, chosen)
    points = _refuse_unread(this, read)
    if not reason.strip():
        _refuse_without_reason(this, chosen, points)
    kept = this.referral.consults.all().kept_places()
    for treatment in chosen:
        _open(this, treatment, priority, reason, kept.get(treatment))
    if this.referral.state != ReferralState.ROUTED:
        move(this.referral, ReferralState.ROUTED, at=this.at)
    end_flags(this.referral, ANSWERS[ROUTE.key])
    this.event.note = reason
    if this.event.assessment:
        this.event.assessment = with_safety_lines(this.event.assessment, this.referral.submission)
    this.event.details = {"treatments": chosen}
    if points:
        this.event.details["read"] = [point.key for point in points]
    if priority != Priority.ROUTINE:
        this.event.details["priority"] = int(priority)


def _refuse_unread(this: ActionContext, read: str) -> list[Point]:
    """All that stands open now is ticked as read, not only what the page showed when it was made."""
    account = redaction_for(this.actor, this.referral.submission, at=this.at).part_of(
        this.event.assessment or {}
    )
    points = open_points(
        redaction_for(this.actor, this.referral.submission, at=this.at), this.referral, account, this.at
    )
    if not {point.key for point in points} <= set(read.split()):
        raise Refused(_("Read what stands under “Before you route”, and tick that you have."))
    return points


def _refuse_without_reason(this: ActionContext, chosen: Iterable[str], points: Iterable[Point]) -> None:
    if clinician_first(
        redaction_for(this.actor, this.referral.submission, at=this.at).part_of(this.event.assessment or {}),
        chosen,
    ):
        raise Refused(
            _("A finding says “clinician first” for a treatment you chose. Write why you route it there.")
        )
    if any(point.needs_reason for point in points):
        raise Refused(_("Write why you route now: something under “Before you route” asks for a reason."))


def _open(this: ActionContext, treatment: str, priority: int, reason: str, kept: Consult | None) -> None:
    """In the place that it has ``kept``, where its team had given it back for want of room."""
    later = kept.not_before if kept and kept.not_before and kept.not_before > this.today else None
    Consult.objects.create(
        referral=this.referral,
        treatment=treatment,
        priority=priority,
        why=reason,
        opened_by=this.actor,
        opened_at=kept.opened_at if kept else this.at,
        not_before=later,
    )


def _refuse_twice(this: ActionContext, chosen: Iterable[str]) -> None:
    there = set(this.referral.consults.open().values_list("treatment", flat=True)) & set(chosen)
    if there:
        names = ", ".join(str(catalog.TREATMENTS[key].name) for key in sorted(there))
        raise Refused(_("This referral waits in that queue already: %(names)s.") % {"names": names})


def clinician_first(assessment: dict, treatments: Iterable[str]) -> list[str]:
    """Those of ``treatments`` for which a clinician-first finding stands."""
    return [key for key in treatments if assessment["treatments"][key]["state"] == "clinician_first"]


@performs(WITHDRAW)
def withdraw(this: ActionContext, *, note: str) -> None:
    """Take a consult out of its queue again; with no other one open the referral is back in review."""
    if not note.strip():
        raise Refused(_("Write why you withdraw this consult."))
    move(this.consult, ConsultState.WITHDRAWN, at=this.at)
    this.consult.ended_at = this.at
    end_visits(this)
    this.event.note = note
    back_to_review_without_a_team(this)
