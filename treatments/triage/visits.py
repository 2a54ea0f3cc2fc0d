"""The visits of a consult: booked, moved, canceled, ended; and what the consult and its referral keep of them for lists."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.models import Consult, Visit
from treatments.models.visit import on_the_clock, over_at
from treatments.triage.appointments import forget, tell_canceled
from treatments.triage.flags import end_flags
from treatments.triage.frame import ActionContext, performs
from treatments.triage.moves import move
from treatments.workflow import Attention, ConsultState, Refused
from treatments.workflow.actions.visits import CANCEL_VISIT, VISIT_HELD, still_to_come
from treatments.workflow.visits import VisitEnd, next_reminder

NO_VISIT = {"booked_for": None, "visit_at": None}
DETAILS = ("place", "with_whom", "bring", "message")


@performs(CANCEL_VISIT)
def cancel_visit(this: ActionContext, *, note: str, visit: int | None = None) -> None:
    """A visit that stands won't be; with no other one the consult is accepted again."""
    if not note.strip():
        raise Refused(_("Write why the visit is canceled."))
    canceled = standing_visit(this.consult, visit)
    end_visit(canceled, VisitEnd.CANCELED, this.at)
    tell_canceled(canceled, this.at)
    this.event.note = note
    this.event.details = when(canceled)
    settle(this)


@performs(VISIT_HELD)
def record_held(this: ActionContext, *, note: str = "", visit: int | None = None) -> None:
    """A visit took place and the consult goes on; with no other one it is accepted again until one is booked."""
    held = begun_visit(this, visit)
    end_visit(held, VisitEnd.HELD, this.at)
    this.event.note = note
    this.event.details = when(held)
    settle(this)


# --- Which visit -----------------------------------------------------------------------------------------


def standing_visit(consult: Consult, key: int | None) -> Visit:
    """The visit that an action is about; the first that stands where it names none."""
    standing = list(consult.visits.standing().in_order())
    found = next((each for each in standing if key in (None, each.pk)), None)
    if found is None:
        raise Refused(_("Choose one of the visits that are booked."))
    return found


def begun_visit(this: ActionContext, key: int | None) -> Visit:
    found = standing_visit(this.consult, key)
    if found.begins > this.at:
        raise Refused(still_to_come())
    return found


def when(visit: Visit) -> dict[str, object]:
    """What the event says of a visit."""
    starts = {"starts": f"{visit.starts:%H:%M}"} if visit.starts else {}
    return {"visit": visit.pk, "day": visit.day.isoformat(), **starts}


# --- Booking and ending ----------------------------------------------------------------------------------


def refuse_time(this: ActionContext, day: date, starts: time | None, ends: time | None) -> None:
    """No visit in the past, and none that ends before it starts."""
    if day < this.today or (starts and on_the_clock(day, starts) < this.at):
        raise Refused(_("The day of the visit can't be in the past."))
    if ends and (starts is None or ends <= starts):
        raise Refused(_("A visit ends after it starts."))


def new_visit(
    this: ActionContext, *, day: date, starts: time | None, ends: time | None, **details: object
) -> Visit:
    """Book it; ``details`` are columns of the visit."""
    refuse_time(this, day, starts, ends)
    if this.consult.visits.standing().filter(day=day, starts=starts).exists():
        raise Refused(_("A visit is booked for then already."))
    return Visit.objects.create(
        consult=this.consult,
        day=day,
        starts=starts,
        ends=ends,
        until=over_at(day, starts, ends),
        remind_on=next_reminder(day, this.today),
        **details,
    )


def end_visit(visit: Visit, how: VisitEnd, at: datetime) -> None:
    visit.ended, visit.ended_at, visit.remind_on, visit.to_call = how, at, None, False
    visit.save(update_fields=["ended", "ended_at", "remind_on", "to_call"])


def end_visits(this: ActionContext) -> None:
    """The consult is over, here at least: what is to come is canceled, what has begun took place if it is completed."""
    completed = this.consult.state == ConsultState.COMPLETED
    for visit in this.consult.visits.standing():
        took_place = completed and visit.begins <= this.at
        end_visit(visit, VisitEnd.HELD if took_place else VisitEnd.CANCELED, this.at)
        if not took_place and visit.until > this.at:
            tell_canceled(visit, this.at)
    _end_passed(this)


# --- What is kept of them beside ---------------------------------------------------------------------------


def settle(this: ActionContext) -> None:
    """The consult as its visits say; accepted again where none stands any more."""
    if not note_first(this.consult):
        if this.consult.state == ConsultState.BOOKED:
            move(this.consult, ConsultState.ACCEPTED, at=this.at)
        this.consult.target_from = this.at
    _end_passed(this)


def note_first(consult: Consult) -> bool:
    """Keep the first visit that stands in the consult's columns; False where none does. The caller saves the row."""
    first = consult.visits.standing().in_order().first()
    for column, value in (first.first_of_consult if first else NO_VISIT).items():
        setattr(consult, column, value)
    return first is not None


def _end_passed(this: ActionContext) -> None:
    """The desk need look no more once every visit that was marked as passed has an end."""
    if Attention.PASSED in this.referral.flags:
        marked = Visit.objects.standing().filter(consult__referral=this.referral, passed_at__isnull=False)
        if not marked.exists():
            end_flags(this.referral, {Attention.PASSED})


def restore_visits(consult: Consult, standing: Collection[int], at: datetime) -> None:
    """Those that stood before an action stand again, and what it booked is gone; the caller saves the row."""
    for visit in consult.visits.standing().exclude(pk__in=standing):
        forget(visit)
        visit.delete()
    for visit in consult.visits.filter(pk__in=standing).exclude(ended=""):
        forget(visit)
        visit.ended, visit.ended_at = "", None
        visit.remind_on = next_reminder(visit.day, timezone.localdate(at))
        visit.save(update_fields=["ended", "ended_at", "remind_on"])
    note_first(consult)
