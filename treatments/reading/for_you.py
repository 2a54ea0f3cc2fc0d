"""The notices of whoever reads, each of a person whom they may read now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Case, When
from django.urls import reverse
from django.utils import timezone

from intake.fields.kinds import Text
from treatments.models import Notice, Referral
from treatments.workflow.notices import KIND_WORDS, NoticeKind

SHOWN = 5  # the others are folded
MOST = 50


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """``new``: it came since yesterday."""

    referral: Referral
    words: Text
    at: datetime
    new: bool
    url: str


@dataclass(frozen=True, slots=True)
class ForYou:
    """``newest``: the last one that stands here; ``more``: there are others besides."""

    first: list[NoticeRow] = field(default_factory=list)
    others: list[NoticeRow] = field(default_factory=list)
    newest: int = 0
    more: bool = False


def for_you(user: User, now: datetime) -> ForYou:
    """What somebody did before what is due, each the newest first; in one query."""
    notices = Notice.objects.for_user(user).unread().select_related("referral", "consult")
    due_last = Case(When(kind=NoticeKind.DUE, then=1), default=0)
    found = list(notices.order_by(due_last, "-at", "-pk")[: MOST + 1])
    on_desk = user.has_perm("treatments.view_referral")
    since = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    rows = [
        NoticeRow(
            each.referral,
            KIND_WORDS[NoticeKind(each.kind)],
            each.at,
            each.at >= since,
            _page(each, on_desk=on_desk),
        )
        for each in found[:MOST]
    ]
    newest = max((each.pk for each in found), default=0)
    return ForYou(rows[:SHOWN], rows[SHOWN:], newest, len(found) > MOST)


def _page(notice: Notice, *, on_desk: bool) -> str:
    if on_desk or notice.consult is None:
        return reverse("admin:treatments_referral_change", args=[notice.referral_id])
    consult = notice.consult
    return reverse(f"admin:treatments_{consult.treatment}consult_change", args=[consult.pk])
