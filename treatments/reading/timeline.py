"""What happened to a referral, newest first, as far as a reader may know of it."""

from django.db.models import QuerySet

from intake.fields import Reader
from treatments.models import Event, Referral
from treatments.reading.changes import with_changes
from treatments.reading.redaction import readers_of

LONGEST_TIMELINE = 500  # events shown; all of them stay on record


def timeline(user, referral: Referral, readers: set[Reader]) -> list[Event]:
    """The events, newest first; a team reads nothing about another queue's consults."""
    return _shown(referral.events.for_user(user), referral, readers)


def events_after(user, referral: Referral, last: int) -> list[Event]:
    """What was done after the event ``last``, newest first, as far as this person may read it."""
    done = referral.events.for_user(user).filter(pk__gt=last).exclude(kind__in=Event.READS)
    return _shown(done, referral, readers_of(user))


def last_event(user, referral: Referral) -> int | None:
    return referral.events.for_user(user).order_by("-pk").values_list("pk", flat=True).first()


def _shown(events: QuerySet[Event], referral: Referral, readers: set[Reader]) -> list[Event]:
    events = events.select_related("actor", "consult").defer("assessment")
    shown = list(events.order_by("-at", "-pk")[:LONGEST_TIMELINE])
    with_changes(shown, referral.submission, readers)
    return shown
