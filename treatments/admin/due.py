"""Marks of what is late or due on a row of the worklist or of a queue."""

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from treatments.admin.badges import badge
from treatments.models import CaringContact, Consult, Referral, clock
from treatments.workflow import ConsultState, Hold, ReferralState
from treatments.workflow.targets import is_over


def is_over_target(referral: Referral) -> bool:
    return is_over(
        hours=clock.hours_at_the_desk(referral, timezone.now()),
        state=ReferralState(referral.state),
        hold=Hold(referral.hold),
        targets=clock.targets(),
    )


def consult_is_over_target(consult: Consult) -> bool:
    """A consult that nobody of its team has taken up within the queue's target."""
    if consult.state != ConsultState.WAITING or consult.is_postponed:
        return False
    return clock.worked(consult.opened_at, timezone.now()) > clock.targets()[consult.treatment]


def over_target_mark() -> SafeString:
    return badge("over-target", "✱", _("Over target"))


def due_marks(referral: Referral) -> list[SafeString]:
    """What is late or due on this referral; the caller has selected its ``caring_contact``."""
    marks = [over_target_mark()] if is_over_target(referral) else []
    caring: CaringContact | None = getattr(referral, "caring_contact", None)
    if caring and caring.is_overdue(timezone.now()):
        marks.append(badge("overdue", "✱", _("Caring contact overdue")))
    elif caring and caring.is_owed:
        marks.append(badge("due", "◇", _("Caring contact due")))
    if referral.contact_due_on:
        due = referral.contact_due_on <= timezone.localdate()
        words = _("Attempt due") if due else _("Attempt planned")
        marks.append(badge("due", "◆" if due else "◇", words))
    return marks


def with_marks(words: str, referral: Referral) -> SafeString:
    """A cell's words with the marks of what is due below them."""
    marks = format_html_join(
        "", '<span class="desk-mark">{}</span>', ((each,) for each in due_marks(referral))
    )
    return format_html("{}{}", words, marks)


def with_queue_mark(words: str, consult: Consult) -> SafeString:
    """The words of a queue's cell, with a mark below them where the consult is over its queue's target."""
    mark = over_target_mark() if consult_is_over_target(consult) else ""
    return (
        format_html('{}<span class="desk-mark">{}</span>', words, mark) if mark else format_html("{}", words)
    )
