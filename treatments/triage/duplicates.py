"""Two referrals of one person, tied together and untied by a coordinator."""

from django.utils.translation import gettext as _

from treatments.models import DuplicateLink, Event, Referral
from treatments.reading.duplicates import compared
from treatments.triage.frame import ActionContext, performs
from treatments.workflow import Refused
from treatments.workflow.actions.duplicates import LINK_DUPLICATE, UNLINK_DUPLICATE
from treatments.workflow.actions.row import erased


@performs(LINK_DUPLICATE)
def link_duplicate(this: ActionContext, *, other: Referral, note: str = "") -> None:
    """Tie two referrals of the same person together; each has an event. Nothing is closed by it."""
    if other.pk == this.referral.pk:
        raise Refused(_("A referral is not a duplicate of itself."))
    if other.is_erased:
        raise Refused(erased())
    if DuplicateLink.objects.between(this.referral, other).exists():
        raise Refused(_("These two referrals are linked already."))
    if not note.strip() and compared(this.referral, other).needs_reason:
        raise Refused(_("Write why these two are of the same person: what they share leaves a doubt."))
    low, high = sorted((this.referral.pk, other.pk))
    DuplicateLink.objects.create(first_id=low, second_id=high, actor=this.actor, note=note, at=this.at)
    _record_on_both(this, other, note)


@performs(UNLINK_DUPLICATE)
def unlink_duplicate(this: ActionContext, *, other: Referral, note: str) -> None:
    """Untie two referrals that are not the same person's after all."""
    if not note.strip():
        raise Refused(_("Write why these two are not the same person's."))
    gone, _rows = DuplicateLink.objects.between(this.referral, other).delete()
    if not gone:
        raise Refused(_("These two referrals are not linked."))
    _record_on_both(this, other, note)


def _record_on_both(this: ActionContext, other: Referral, note: str) -> None:
    event = this.event
    event.note = note
    event.details = {"reference": other.reference}
    Event.objects.create(
        referral=other,
        actor=event.actor,
        kind=event.kind,
        at=event.at,
        from_state=other.state,
        to_state=other.state,
        note=note,
        details={"reference": this.referral.reference},
    )
