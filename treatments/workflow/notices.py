"""Notices to staff: what they are about, how often somebody gets mail of them, and the words of that mail. Pure.

Mail says how many and of which kind, and where to sign in: no name, no reference, nothing of a treatment.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.fields.kinds import Text


class NoticeKind(StrEnum):
    ASSIGNED = "assigned"
    RETURNED = "returned"
    ANSWERED = "answered"
    MENTIONED = "mentioned"
    DUE = "due"


class Delivery(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    NONE = "none"


KIND_WORDS: dict[NoticeKind, Text] = {
    NoticeKind.ASSIGNED: gettext_lazy("Assigned to you"),
    NoticeKind.RETURNED: gettext_lazy("Returned to you"),
    NoticeKind.ANSWERED: gettext_lazy("The patient answered"),
    NoticeKind.MENTIONED: gettext_lazy("Mentioned in a note"),
    NoticeKind.DUE: gettext_lazy("Due today or overdue"),
}
DELIVERY_WORDS: dict[Delivery, Text] = {
    Delivery.AT_ONCE: gettext_lazy("At once; several within a few minutes are one mail"),
    Delivery.DAILY: gettext_lazy("Once a working day"),
    Delivery.NONE: gettext_lazy("No mail"),
}


def _assigned(n: int) -> str:
    return ngettext("%(n)d referral was assigned to you.", "%(n)d referrals were assigned to you.", n)


def _returned(n: int) -> str:
    return ngettext("%(n)d referral was returned to you.", "%(n)d referrals were returned to you.", n)


def _answered(n: int) -> str:
    return ngettext("%(n)d question was answered.", "%(n)d questions were answered.", n)


def _mentioned(n: int) -> str:
    return ngettext(
        "You were mentioned in a note on %(n)d referral.",
        "You were mentioned in notes on %(n)d referrals.",
        n,
    )


def _due(n: int) -> str:
    return ngettext("%(n)d referral is due today or overdue.", "%(n)d referrals are due today or overdue.", n)


LINES: dict[NoticeKind, Callable[[int], str]] = {
    NoticeKind.ASSIGNED: _assigned,
    NoticeKind.RETURNED: _returned,
    NoticeKind.ANSWERED: _answered,
    NoticeKind.MENTIONED: _mentioned,
    NoticeKind.DUE: _due,
}


def mail_subject() -> str:
    return _("New for you")


def mail_body(counts: Mapping[str, int], *, link: str) -> str:
    """``counts``: how many of each kind; ``link``: where to sign in."""
    lines = [LINES[kind](counts[kind]) % {"n": counts[kind]} for kind in NoticeKind if counts.get(kind)]
    return _(
        "%(lines)s\n\n"
        "Sign in to see them:\n\n"
        "%(link)s\n\n"
        "You choose how often this mail comes: after signing in, under your name.\n"
    ) % {"lines": "\n".join(lines), "link": link}
