"""What a consult team does with a consult in its queue."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from treatments.catalog import TREATMENTS
from treatments.models import Consult, Feedback, QueueSetting
from treatments.reading.redaction import assessment_to_keep
from treatments.triage.frame import ActionContext, action, back_to_review_without_a_team, once, require_note
from treatments.triage.moves import move
from treatments.workflow import OUTCOMES, RETURN_REASONS, VERDICTS, ConsultState, Refused
from treatments.workflow.refusals import feedback_given, not_to_that_queue


def accept(
    *, consult: Consult, actor: AbstractBaseUser, seen: int | None = None, at: datetime | None = None
) -> None:
    """The team takes the person on; the account of the rules it had before it is kept."""
    with once(), _on(consult, "accept", actor, seen, at) as this:
        move(this.consult, ConsultState.ACCEPTED, at=this.at)
        this.consult.not_before = None
        this.event.assessment = assessment_to_keep(this.referral)


def return_consult(
    *,
    consult: Consult,
    actor: AbstractBaseUser,
    reason: str,
    note: str = "",
    verdict: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Hand the consult back to the coordinators for a coded ``reason``, with the team's ``verdict`` if it likes.

    With no other consult open the referral goes back into review.
    """
    with once(), _on(consult, "return", actor, seen, at, reason=reason, note=note, verdict=verdict) as this:
        require_note(RETURN_REASONS, reason, note)
        move(this.consult, ConsultState.RETURNED, at=this.at)
        this.consult.return_reason = reason
        this.consult.ended_at = this.at
        this.referral.returned_at = this.at
        this.event.note = note
        this.event.details = {"reason": reason}
        if verdict:
            _keep_feedback(this, actor, verdict, note)
        back_to_review_without_a_team(this)


def book(
    *,
    consult: Consult,
    actor: AbstractBaseUser,
    day: date,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Record the day of the first visit; no day before today."""
    with once(), _on(consult, "book", actor, seen, at, day=day) as this:
        if day < this.today:
            raise Refused(_("The day of the visit can't be in the past."))
        move(this.consult, ConsultState.BOOKED, at=this.at)
        this.consult.booked_for = day
        this.consult.not_before = None
        this.event.details = {"day": day.isoformat()}


def reschedule(
    *,
    consult: Consult,
    actor: AbstractBaseUser,
    day: date,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Move a booked visit to another day; the consult stays booked."""
    with once(), _on(consult, "reschedule", actor, seen, at, day=day) as this:
        if day < this.today:
            raise Refused(_("The day of the visit can't be in the past."))
        if day == this.consult.booked_for:
            raise Refused(_("The visit is booked for that day already."))
        this.event.details = {"day": day.isoformat(), "moved_from": this.consult.booked_for.isoformat()}
        this.consult.booked_for = day


def complete(
    *,
    consult: Consult,
    actor: AbstractBaseUser,
    outcome: str,
    note: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """The consult is over, with a coded ``outcome``; the coordinators close the referral, or route it on."""
    with once(), _on(consult, "complete", actor, seen, at, outcome=outcome, note=note) as this:
        require_note(OUTCOMES, outcome, note, missing=_("Choose an outcome."))
        move(this.consult, ConsultState.COMPLETED, at=this.at)
        this.consult.outcome = outcome
        this.consult.ended_at = this.at
        this.event.note = note
        this.event.details = {"outcome": outcome}
        back_to_review_without_a_team(this)


def postpone(
    *,
    consult: Consult,
    actor: AbstractBaseUser,
    until: date,
    note: str,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Not before ``until``: the consult keeps its state and stands last in its queue till then."""
    with once(), _on(consult, "postpone", actor, seen, at, until=until, note=note) as this:
        if until <= this.today:
            raise Refused(_("Choose a day after today."))
        if not note.strip():
            raise Refused(_("Write why this consult is postponed."))
        this.consult.not_before = until
        this.event.note = note
        this.event.details = {"not_before": until.isoformat()}


def transfer(
    *,
    consult: Consult,
    actor: AbstractBaseUser,
    treatment: str,
    note: str,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Move the person to another queue: withdrawn here, opened there with the note and the same waiting time.

    Where that queue has the person already its consult stays as it is, and nothing tells the difference: a
    team may not learn where else somebody is seen.
    """
    with once(), _on(consult, "transfer", actor, seen, at, treatment=treatment, note=note) as this:
        if treatment not in TREATMENTS or treatment == this.consult.treatment:
            raise Refused(_("Choose another consult queue."))
        if not note.strip():
            raise Refused(_("Say why you transfer this consult."))
        if QueueSetting.of(treatment).paused:
            raise Refused(not_to_that_queue())
        this.event.assessment = assessment_to_keep(this.referral)
        move(this.consult, ConsultState.WITHDRAWN, at=this.at)
        this.consult.ended_at = this.at
        if not this.referral.consults.open().filter(treatment=treatment).exists():
            Consult.objects.create(
                referral=this.referral,
                treatment=treatment,
                priority=this.consult.priority,
                why=note,
                opened_by=actor,
                opened_at=this.consult.opened_at,
            )
        this.event.note = note
        this.event.details = {"treatments": [treatment]}


def give_feedback(
    *,
    consult: Consult,
    actor: AbstractBaseUser,
    verdict: str,
    note: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Say whether the referral was useful to the team; once for each consult."""
    with once(), _on(consult, "feedback", actor, seen, at, verdict=verdict, note=note) as this:
        _keep_feedback(this, actor, verdict, note)
        this.event.note = note


def _keep_feedback(this: ActionContext, actor: AbstractBaseUser, verdict: str, note: str) -> None:
    """Once for each consult; the event of the action says it too."""
    if hasattr(this.consult, "feedback"):
        raise Refused(feedback_given())
    require_note(VERDICTS, verdict, note, missing=_("Choose what you think of the referral."))
    Feedback.objects.create(consult=this.consult, by=actor, verdict=verdict, note=note, at=this.at)
    this.event.details["verdict"] = verdict


def next_in_queue(consult: Consult) -> Consult | None:
    """The consult of the same queue that its team should take up next; None where nothing waits."""
    waiting = Consult.objects.filter(treatment=consult.treatment).waiting().due()
    return waiting.exclude(pk=consult.pk).in_queue_order().first()


def _on(consult: Consult, kind: str, actor: AbstractBaseUser, seen: int | None, at: datetime | None, **asked):
    return action(
        kind, referral=consult.referral, consult=consult, actor=actor, seen=seen, at=at, asked=asked
    )
