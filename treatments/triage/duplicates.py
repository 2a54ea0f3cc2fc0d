"""Two referrals of one person: found by what they share, tied together and untied by a coordinator."""

from difflib import SequenceMatcher

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from treatments.models import DuplicateLink, Event, Referral
from treatments.search import phone_digits
from treatments.triage.frame import ActionContext, performs
from treatments.workflow import Refused
from treatments.workflow.actions.duplicates import LINK_DUPLICATE, UNLINK_DUPLICATE
from treatments.workflow.actions.row import erased

MAX_ROWS = 200  # candidates looked at: in a million people some forty share a birth date
SIMILAR = 0.75  # difflib's ratio of two names, each in the order that fits better

READ = (
    "reference",
    "first_name",
    "last_name",
    "date_of_birth",
    "phone",
    "email",
    "state",
    "received_at",
    "erased_at",
)


def possible_duplicates(referral: Referral) -> list[tuple[Referral, list[str]]]:
    """Other referrals that may be this person's, newest first, each with what they share: "name" (with the
    birth date), "phone", "email".
    """
    same = Q(date_of_birth=referral.date_of_birth)
    digits, email = phone_digits(referral.phone), referral.email.strip().lower()
    if digits:
        same |= Q(phone_digits=digits)
    if email:
        same |= Q(mail=email)
    rows = Referral.objects.alias(mail=Lower("email")).filter(same).exclude(pk=referral.pk)
    found: list[tuple[Referral, list[str]]] = []
    # Sorted here: with an order the database walks the newest rows instead of the three indexes.
    for other in sorted(rows.only(*READ)[:MAX_ROWS], key=lambda row: (row.received_at, row.pk), reverse=True):
        shared = []
        if other.date_of_birth == referral.date_of_birth and alike(referral, other):
            shared.append("name")
        if digits and phone_digits(other.phone) == digits:
            shared.append("phone")
        if email and other.email.strip().lower() == email:
            shared.append("email")
        if shared:
            found.append((other, shared))
    return found


def alike(one: Referral, other: Referral) -> bool:
    """Similar names, first and last in either order."""
    mine = f"{one.first_name} {one.last_name}".lower()
    theirs = other.first_name.lower(), other.last_name.lower()
    for order in (theirs, theirs[::-1]):
        match = SequenceMatcher(None, mine, " ".join(order))
        # The first two are quick and never below the third: they end most comparisons.
        if min(match.real_quick_ratio(), match.quick_ratio()) >= SIMILAR and match.ratio() >= SIMILAR:
            return True
    return False


def linked_with(referral: Referral) -> list[Referral]:
    """The referrals that are tied to this one."""
    links = DuplicateLink.objects.of(referral).select_related("first", "second").order_by("pk")
    return [link.other_than(referral) for link in links]


@performs(LINK_DUPLICATE)
def link_duplicate(this: ActionContext, *, other: Referral, note: str = "") -> None:
    """Tie two referrals of the same person together; each has an event. Nothing is closed by it."""
    if other.pk == this.referral.pk:
        raise Refused(_("A referral is not a duplicate of itself."))
    if other.is_erased:
        raise Refused(erased())
    if DuplicateLink.objects.between(this.referral, other).exists():
        raise Refused(_("These two referrals are linked already."))
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
