"""Tells the person of their visits: at booking, before the day, and when one is moved or canceled; by the outbox.

Whom nothing may be sent to somebody calls: the visit says so until they were reached.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from intake.mail.appointments import write
from intake.mail.reminders import is_daytime, spread
from intake.mail.texts import MailText, appointment, appointment_canceled, appointment_changed
from intake.models import OutgoingMail, Submission
from treatments.models import Referral, Visit
from treatments.triage.undo_state import UNDO_WITHIN
from treatments.workflow.visits import next_reminder

LONGEST_PASS = 5  # seconds
BATCH = 500


def about(visit: Visit) -> str:
    """What its messages are about; a visit that took another's place goes on under the same name."""
    return f"visit {visit.calendar.hex}"


def tell_booked(visit: Visit, at: datetime) -> None:
    _tell(visit, appointment, at)


def tell_moved(visit: Visit, at: datetime) -> None:
    """What still waits goes; who has read of it reads that its time has changed."""
    waited = forget(visit)
    if waited and not _has_heard(visit):
        _tell(visit, appointment, at)
    else:
        _tell(visit, appointment_changed, at)


def tell_canceled(visit: Visit, at: datetime) -> None:
    """What still waits goes; who never read of it need not hear that it is canceled."""
    if not forget(visit) or _has_heard(visit):
        _tell(visit, appointment_canceled, at)


def forget(visit: Visit) -> bool:
    """Nothing that waits about this visit goes out; False where nothing waited."""
    return OutgoingMail.withdraw_about(about(visit), submission=_form_of(visit))


def _tell(visit: Visit, words: Callable[..., MailText], at: datetime) -> None:
    """Once it can't be undone any more: who takes a booking back has told nobody."""
    _write(visit, words, at, due_at=at + UNDO_WITHIN)


def _write(visit: Visit, words: Callable[..., MailText], at: datetime, *, due_at: datetime) -> None:
    written = write(_form_of(visit), words, about=about(visit), at=at, due_at=due_at)
    if visit.to_call == written:
        visit.to_call = not written
        visit.save(update_fields=["to_call"])


def _has_heard(visit: Visit) -> bool:
    return OutgoingMail.objects.filter(
        submission=_form_of(visit), about=about(visit), sent_at__isnull=False
    ).exists()


def _form_of(visit: Visit) -> Submission:
    return visit.consult.referral.submission


def reached(referral: Referral) -> None:
    """Somebody has spoken with the person: nobody need call them about their visits any more."""
    Visit.objects.filter(consult__referral=referral, to_call=True).update(to_call=False)


# --- Reminders: what the tick does --------------------------------------------------------------------------


def remind_of_visits(at: datetime | None = None) -> int:
    """Write the reminders that are due into the outbox, by day; how many visits were looked at."""
    at, started, done = at or timezone.now(), monotonic(), 0
    if not is_daytime(at):
        return 0
    due = Visit.objects.standing().filter(remind_on__lte=timezone.localdate(at)).order_by("remind_on", "pk")
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        if monotonic() - started > LONGEST_PASS:
            break
        done += _remind(pk, at)
    return done


@transaction.atomic
def _remind(pk: int, at: datetime) -> bool:
    """Once a day that is due, however many ticks run; after a pause of the tick only the last one counts."""
    today = timezone.localdate(at)
    locked = Visit.objects.select_for_update(of=("self",), skip_locked=True).standing()
    visit = locked.filter(pk=pk, remind_on__lte=today).first()
    if visit is None:
        return False
    visit.remind_on = next_reminder(visit.day, today)
    visit.save(update_fields=["remind_on"])
    if visit.begins > at + timedelta(hours=1) and not visit.consult.referral.is_withdrawn:
        _write(visit, appointment, at, due_at=spread(visit.pk, today))
    return True
