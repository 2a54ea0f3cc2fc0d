"""Notices to staff: made with what causes them, withdrawn with it, marked as read, and how often mail comes of them.

Nothing of a patient stands in one but whom it is about, and nothing of it is an event: what caused it is.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from intake.models.batches import delete_in_batches
from treatments.models import Consult, Notice, NoticeSetting, Referral
from treatments.models.notice import openings
from treatments.workflow.notices import Delivery, NoticeKind

KEPT_FOR = timedelta(days=90)  # after it was read
BATCH = 500  # rows of one statement
# What is somebody's only while the referral is.
OF_ITS_OWNER = (NoticeKind.ASSIGNED, NoticeKind.RETURNED)


def notify(
    kind: NoticeKind,
    referral: Referral,
    person: User | None,
    *,
    at: datetime,
    by: User | None = None,
    consult: Consult | None = None,
) -> None:
    """Tell ``person`` in the transaction of what ``by`` did; the caller holds the referral.

    Nobody hears of what they did themselves, or of what they may not read, or twice before they have looked.
    """
    if person is None or person == by or not may_hear(person, consult):
        return
    settle_read(Q(person=person, referral=referral, kind=kind), at)
    drop_hidden(Notice.objects.filter(person=person, referral=referral, kind=kind, read_at=None), person)
    notice = Notice(person=person, kind=kind, referral=referral, consult=consult, at=at)
    Notice.objects.bulk_create([notice], ignore_conflicts=True)


def may_hear(person: User, consult: Consult | None) -> bool:
    """Whether this person reads what is written on a referral, or with this consult of it, now."""
    if person.has_perm("treatments.view_referral"):  # nobody does whose account has ended
        return True
    return consult is not None and Consult.objects.for_user(person).filter(pk=consult.pk).exists()


def drop_hidden(unread: QuerySet[Notice], person: User) -> None:
    """What they may not read now, say, of a consult that was given back, stands in the way of nothing new."""
    unread.exclude(pk__in=Notice.objects.for_user(person)).delete()


def theirs_no_more(referral: Referral) -> None:
    """The referral or its next check is somebody else's now: what was the one's before and is unread goes."""
    risk = referral.newest_risk
    theirs = {referral.owner_id, risk.next_check_by_id if risk else None}
    unread = Notice.objects.filter(referral=referral, kind__in=OF_ITS_OWNER, read_at=None)
    unread.exclude(person__in=theirs - {None}).delete()


def notify_assigned(referral: Referral, to: User | None, *, at: datetime, by: User) -> None:
    """It, or its next check, is now ``to``'s, and no longer whose it was before."""
    theirs_no_more(referral)
    notify(NoticeKind.ASSIGNED, referral, to, at=at, by=by)


def take_back(kind: NoticeKind, referral: Referral, at: datetime) -> None:
    """What caused it ``at`` that moment was undone."""
    Notice.objects.filter(kind=kind, referral=referral, at=at, read_at=None).delete()


def forget_referral(referral: Referral) -> None:
    """The person was erased."""
    Notice.objects.filter(referral=referral).delete()


# --- What a person does with theirs ------------------------------------------------------------------------


def mark_all_read(*, user: User, newest: int, at: datetime | None = None) -> None:
    """All that stood there: ``newest`` is the last one that the page showed or counted."""
    unread = Notice.objects.filter(person=user, read_at=None, pk__lte=newest)
    unread.update(read_at=at or timezone.now())


def set_delivery(*, user: User, delivery: Delivery | None) -> None:
    """None is as the clinic has set it for their role."""
    NoticeSetting.objects.update_or_create(user=user, defaults={"delivery": delivery or ""})


# --- What the tick does ------------------------------------------------------------------------------------


def mark_opened(at: datetime | None = None) -> int:
    """Mark those whose person has opened the referral since; how many."""
    return settle_read(Q(), at or timezone.now())


def settle_read(which: Q, at: datetime) -> int:
    opened = openings().order_by("at").values("at")[:1]
    read = Notice.objects.filter(which, read_at=None).annotate(opened_at=Subquery(opened))
    pks = list(read.filter(opened_at__lte=at).values_list("pk", flat=True)[:BATCH])
    if pks:
        Notice.objects.filter(pk__in=pks).update(read_at=at)
    return len(pks)


def forget_old_notices(at: datetime | None = None) -> None:
    """Delete those that were read long ago, and those of accounts that have ended."""
    long_ago = (at or timezone.now()) - KEPT_FOR
    delete_in_batches(Notice.objects.filter(read_at__lt=long_ago))
    delete_in_batches(Notice.objects.filter(person__is_active=False, at__lt=long_ago))
