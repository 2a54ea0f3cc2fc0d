"""What a consult team does with a consult in its queue."""

from datetime import date, time

from django.utils.translation import gettext as _

from treatments.catalog import TREATMENTS
from treatments.models import Consult, Feedback, QueueSetting
from treatments.triage.appointments import tell_booked, tell_moved
from treatments.triage.flags import end_flags, raise_flag
from treatments.triage.frame import ActionContext, back_to_review_without_a_team, performs, require_note
from treatments.triage.moves import move
from treatments.triage.notices import notify
from treatments.triage.visits import (
    DETAILS,
    begun_visit,
    end_visit,
    end_visits,
    new_visit,
    settle,
    standing_visit,
    when,
)
from treatments.workflow import OUTCOMES, RETURN_REASONS, VERDICTS, Attention, ConsultState, Refused
from treatments.workflow.actions.consults import (
    ACCEPT,
    BOOK,
    COMPLETE,
    FEEDBACK,
    NO_SHOW,
    POSTPONE,
    RESCHEDULE,
    RETURN,
    TRANSFER,
    feedback_given,
    not_to_that_queue,
)
from treatments.workflow.notices import NoticeKind
from treatments.workflow.visits import VisitEnd


@performs(ACCEPT)
def accept(this: ActionContext) -> None:
    """The team takes the person on; the account of the rules it had before it is kept."""
    move(this.consult, ConsultState.ACCEPTED, at=this.at)
    this.consult.not_before = None
    this.consult.target_from = this.at


@performs(RETURN)
def return_consult(
    this: ActionContext, *, reason: str, note: str = "", verdict: str = "", again: date | None = None
) -> None:
    """Hand the consult back to the coordinators for a coded ``reason``, with the team's ``verdict`` if it likes.

    ``again`` is the day from which a team without room has some. With no other consult open the referral goes
    back into review.
    """
    require_note(RETURN_REASONS, reason, note)
    if again is not None and not RETURN_REASONS[reason].says_when:
        raise Refused(_("Only where the team has no room is there a day from which it has some."))
    if again is not None and again <= this.today:
        raise Refused(_("Choose a day after today."))
    move(this.consult, ConsultState.RETURNED, at=this.at)
    this.consult.return_reason = reason
    this.consult.not_before = again
    this.consult.ended_at = this.at
    end_visits(this)
    raise_flag(this.referral, Attention.RETURNED, this.at, treatment=this.consult.treatment, reason=reason)
    this.event.note = note
    this.event.details = {"reason": reason}
    if again:
        this.event.details["again"] = again.isoformat()
    if verdict:
        _keep_feedback(this, verdict, note)
    back_to_review_without_a_team(this)
    notify(NoticeKind.RETURNED, this.referral, this.referral.owner, at=this.at, by=this.actor)


@performs(BOOK)
def book(
    this: ActionContext,
    *,
    day: date,
    starts: time | None = None,
    ends: time | None = None,
    place: str = "",
    with_whom: str = "",
    bring: str = "",
    message: str = "",
) -> None:
    """Book a visit, the first one or a further one; none in the past. ``message`` is for the patient."""
    details = {"place": place, "with_whom": with_whom, "bring": bring, "message": message}
    visit = new_visit(this, day=day, starts=starts, ends=ends, **details)
    if this.consult.state != ConsultState.BOOKED:
        move(this.consult, ConsultState.BOOKED, at=this.at)
    this.consult.not_before = None
    this.event.details = when(visit)
    tell_booked(visit, this.at)
    settle(this)
    if this.consult.no_shows and not _others_did_not_come(this):
        end_flags(this.referral, {Attention.MISSED})


@performs(RESCHEDULE)
def reschedule(
    this: ActionContext,
    *,
    day: date,
    starts: time | None = None,
    ends: time | None = None,
    visit: int | None = None,
    place: str | None = None,
    with_whom: str | None = None,
    bring: str | None = None,
    message: str | None = None,
) -> None:
    """Move a visit to another time, or change what goes with it (None: as it was); the consult stays booked."""
    old = standing_visit(this.consult, visit)
    asked = dict(zip(DETAILS, (place, with_whom, bring, message), strict=True))
    kept = {key: getattr(old, key) or "" for key in DETAILS}
    details = kept | {key: words for key, words in asked.items() if words is not None}
    if (day, starts, ends, details) == (old.day, old.starts, old.ends, kept):
        raise Refused(_("The visit is booked for then already."))
    end_visit(old, VisitEnd.MOVED, this.at)
    moved = new_visit(
        this, day=day, starts=starts, ends=ends, calendar=old.calendar, moves=old.moves + 1, **details
    )
    this.event.details = {**when(moved), "moved_from": old.day.isoformat()}
    tell_moved(moved, this.at)
    settle(this)


def _others_did_not_come(this: ActionContext) -> bool:
    """Whether another consult of the person still waits for a new visit after one to which they did not come."""
    others = this.referral.consults.filter(state=ConsultState.ACCEPTED, no_shows__gt=0)
    return others.exclude(pk=this.consult.pk).exists()


@performs(NO_SHOW)
def record_no_show(this: ActionContext, *, note: str = "", visit: int | None = None) -> None:
    """The person did not come to a visit: no outcome, but counted, and the desk looks again.

    The consult is accepted again where no other visit stands.
    """
    missed = begun_visit(this, visit)
    end_visit(missed, VisitEnd.NO_SHOW, this.at)
    this.event.details = when(missed)
    this.event.note = note
    this.consult.no_shows += 1
    settle(this)
    day = missed.day.isoformat()
    raise_flag(this.referral, Attention.MISSED, this.at, treatment=this.consult.treatment, day=day)


@performs(COMPLETE)
def complete(this: ActionContext, *, outcome: str, note: str = "") -> None:
    """The consult is over, with a coded ``outcome``; the coordinators close the referral, or route it on.

    Before the time of its visit that asks for a note.
    """
    require_note(OUTCOMES, outcome, note, missing=_("Choose an outcome."))
    if this.consult.visit_at and this.consult.visit_at > this.at and not note.strip():
        raise Refused(_("The visit is still to come. Write why there is an outcome already."))
    move(this.consult, ConsultState.COMPLETED, at=this.at)
    this.consult.outcome = outcome
    this.consult.ended_at = this.at
    end_visits(this)
    this.event.note = note
    this.event.details = {"outcome": outcome}
    back_to_review_without_a_team(this)


@performs(POSTPONE)
def postpone(this: ActionContext, *, until: date, note: str) -> None:
    """Not before ``until``: the consult keeps its state and stands last in its queue till then."""
    if until <= this.today:
        raise Refused(_("Choose a day after today."))
    if not note.strip():
        raise Refused(_("Write why this consult is postponed."))
    this.consult.not_before = until
    this.event.note = note
    this.event.details = {"not_before": until.isoformat()}


@performs(TRANSFER)
def transfer(this: ActionContext, *, treatment: str, note: str) -> None:
    """Move the person to another queue: withdrawn here, opened there with the note and the same waiting time.

    Where that queue has the person already its consult stays as it is, and nothing tells the difference: a
    team may not learn where else somebody is seen.
    """
    if treatment not in TREATMENTS or treatment == this.consult.treatment:
        raise Refused(_("Choose another consult queue."))
    if not note.strip():
        raise Refused(_("Say why you transfer this consult."))
    if QueueSetting.of(treatment).paused:
        raise Refused(not_to_that_queue())
    move(this.consult, ConsultState.WITHDRAWN, at=this.at)
    this.consult.ended_at = this.at
    end_visits(this)
    if not this.referral.consults.open().filter(treatment=treatment).exists():
        Consult.objects.create(
            referral=this.referral,
            treatment=treatment,
            priority=this.consult.priority,
            why=note,
            opened_by=this.actor,
            opened_at=this.consult.opened_at,
        )
    this.event.note = note
    this.event.details = {"treatments": [treatment]}


@performs(FEEDBACK)
def give_feedback(this: ActionContext, *, verdict: str, note: str = "") -> None:
    """Say whether the referral was useful to the team; once for each consult."""
    _keep_feedback(this, verdict, note)
    this.event.note = note


def _keep_feedback(this: ActionContext, verdict: str, note: str) -> None:
    """Once for each consult; the event of the action says it too."""
    if hasattr(this.consult, "feedback"):
        raise Refused(feedback_given())
    require_note(VERDICTS, verdict, note, missing=_("Choose what you think of the referral."))
    Feedback.objects.create(consult=this.consult, by=this.actor, verdict=verdict, note=note, at=this.at)
    this.event.details["verdict"] = verdict


def next_in_queue(consult: Consult) -> Consult | None:
    """The consult of the same queue that its team should take up next; None where nothing waits."""
    waiting = Consult.objects.filter(treatment=consult.treatment).waiting().due()
    return waiting.exclude(pk=consult.pk).in_queue_order().first()
