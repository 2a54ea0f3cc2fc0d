"""Erases whom the clinic keeps no longer, by the times it has set; nobody decides it, so what waits for anybody stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from intake.locations import settings_of
from intake.models import Message, Submission
from intake.models.shared_key import SharedKey
from treatments.models import Event, Referral
from treatments.models.referral_lists import ReferralQuerySet
from treatments.triage import erasure
from treatments.triage.purge_record import purge_events
from treatments.workflow.event_words import TIMES
from treatments.workflow.events import PURGED

BATCH = 200  # keys read at a time; each person is a transaction of their own
EVENTS = 5_000  # removed in one transaction
TAKEN_BACK = Exists(
    Message.objects.filter(submission=OuterRef("submission"), kind=Message.Kind.WITHDRAWAL.value)
)


def years_before(at: datetime, years: int) -> datetime:
    """The same day so many years ago; of a February 29 the 28th."""
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, day=28)


def over(time: str, at: datetime) -> ReferralQuerySet:
    """The referrals that may go because ``time``, "closed" or "withdrawn", is over; none where it is not set.

    Nobody is in both, so that their numbers add up.
    """
    here, rows = settings_of(None), Referral.objects.erasable()
    if time == "withdrawn":
        if not here.withdrawn_days:
            return rows.none()
        long_ago = at - timedelta(days=here.withdrawn_days)
        return rows.filter(TAKEN_BACK, close_reason="patient_declined", closed_at__lte=long_ago)
    if not here.closed_years:
        return rows.none()
    rows = rows.filter(closed_at__lte=years_before(at, here.closed_years))
    return rows.exclude(pk__in=over("withdrawn", at).values("pk"))


def kept_longer(at: datetime) -> int:
    """How many were closed long enough ago, and stay because somebody must act first or a legal hold stands."""
    years = settings_of(None).closed_years
    if not years:
        return 0
    old = Referral.objects.filter(state="closed", erased_at=None, closed_at__lte=years_before(at, years))
    return old.exclude(Q(pk__in=Referral.objects.erasable().values("pk"))).count()


def purge_people(time: str, *, at: datetime) -> Iterator[int]:
    """Erase them one by one, and after each yield 1, or 0 where somebody else was faster or at work on it.

    May be stopped at any moment, begun again, and run twice at once.
    """
    last = 0
    while keys := list(
        over(time, at).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        last = keys[-1]
        for pk in keys:
            yield int(_purge(pk, time, at))


@transaction.atomic
def _purge(pk: int, time: str, at: datetime) -> bool:
    """The form first, then its referral, as whoever writes to the clinic locks them."""
    form = Submission.objects.select_for_update(skip_locked=True).filter(referral=pk).first()
    locked = Referral.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
    if form is None or locked is None or not over(time, at).filter(pk=pk).exists():
        return False
    erasure.erase(locked, at=at)
    locked.version += 1
    locked.save()
    Event.objects.create(
        referral=locked,
        kind=PURGED.key,
        at=at,
        from_state=locked.state,
        to_state=locked.state,
        details={"time": time},
    )
    return True


# --- The record of events ----------------------------------------------------------------------------------


def events_over(at: datetime) -> QuerySet[Event]:
    """The events that may go: from the oldest end up to the first that is young enough, or about somebody kept.

    Whoever may be purged at this moment counts as gone, so that a dry run tells the number of a real one.
    """
    years = settings_of(None).record_years
    if not years:
        return Event.objects.none()
    about = Q(referral__erased_at=None, referral__isnull=False)
    for time in TIMES:
        about &= ~Q(referral__in=over(time, at).values("pk"))
    of_draft = Q(
        referral=None, submission__isnull=False, submission__erased_at=None, submission__expired_at=None
    )
    stay = Event.objects.filter(Q(at__gte=years_before(at, years)) | about | of_draft)
    first = stay.order_by("pk").values_list("pk", flat=True).first()
    if first is None and not any(over(time, at).exists() for time in TIMES):
        first = Event.objects.order_by("pk").values_list("pk", flat=True).last()  # the newest always stays
    return Event.objects.all() if first is None else Event.objects.filter(pk__lt=first)


def purge_record(at: datetime) -> int:
    """Remove ``events_over``, in pieces, each a transaction that leaves a whole record, and the keys of months of
    which no event is left; how many events are gone.
    """
    before, gone = years_before(at, settings_of(None).record_years), 0
    while piece := list(events_over(at).order_by("pk").values_list("pk", flat=True)[:EVENTS]):
        removed = purge_events(before, first_kept=piece[-1] + 1, at=at)
        gone += removed
        if not removed:  # the newest event always stays
            break
    oldest = Event.objects.aggregate(oldest=Min("at"))["oldest"]
    if gone and oldest:  # a copy of what is gone, in a backup or a log of writes, opens no more
        SharedKey.destroy_months_before(oldest)
    return gone
