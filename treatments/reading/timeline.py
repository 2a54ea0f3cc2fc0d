"""What happened to a referral, newest first, as far as a reader may know of it."""

from django.db.models import QuerySet

from treatments.models import Event, Referral
from treatments.reading.changes import with_changes
from treatments.reading.redaction import Redaction
from treatments.reading.risk import with_risks

LONGEST_TIMELINE = 500  # events shown; all of them stay on record


def timeline(redaction: Redaction, referral: Referral) -> list[Event]:
    """The events, newest first; a team reads nothing about another queue's consults."""
    return _shown(redaction, referral, referral.events.for_user(redaction.user))


def events_after(redaction: Redaction, referral: Referral, last: int) -> list[Event]:
    """What was done after the event ``last``, newest first, as far as this person may read it."""
    done = referral.events.for_user(redaction.user).filter(pk__gt=last).exclude(kind__in=Event.READS)
    return _shown(redaction, referral, done)


def last_event(redaction: Redaction, referral: Referral) -> int | None:
    return referral.events.for_user(redaction.user).order_by("-pk").values_list("pk", flat=True).first()


def _shown(redaction: Redaction, referral: Referral, events: QuerySet[Event]) -> list[Event]:
    events = events.select_related("actor", "consult").defer("assessment")
    shown = list(events.order_by("-at", "-pk")[:LONGEST_TIMELINE])
    for event in shown:  # what it says is sealed by the form's key, which is at hand
        if event.submission_id == referral.submission_id:
            event.submission = referral.submission
    with_changes(shown, referral.submission, redaction)
    with_risks(shown, referral)
    for event in shown:
        event.about = redaction.event_words(event)
    return shown
