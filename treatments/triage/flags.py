"""The flags of a referral: raised with their time, ended by the action that answers them. Nothing else sets them."""

from collections.abc import Collection
from datetime import datetime

from intake.locations import settings_of
from treatments.models import Referral, desk_clock
from treatments.workflow import Attention
from treatments.workflow.flags import first_of


def raise_flag(referral: Referral, flag: Attention, at: datetime, **about: str) -> None:
    """From now on ``flag`` stands; one that stands already keeps its time. The caller holds the row and saves it.

    A message is due from the first one that nobody has dealt with. Of returns the last one's time counts.
    ``about`` is what the worklist says of it, in codes; an undo that raises it again leaves what was said.
    """
    if about:
        referral.need = {**referral.need, flag.value: about}
    if flag is Attention.RETURNED:
        referral.returned_at = at
        return
    if flag is Attention.MESSAGE and referral.message_due_at is None:
        referral.message_due_at = desk_clock.moment_after(at, settings_of(None).message_hours)
    keep_flags(referral, {flag.value: at.isoformat(), **referral.flags})


def end_flags(referral: Referral, ended: Collection[Attention]) -> None:
    """These flags stand no longer; the caller holds the row and saves it."""
    if Attention.RETURNED in ended:
        referral.returned_at = None
    if Attention.MESSAGE in ended:
        referral.message_due_at = None
    keep_flags(referral, {key: at for key, at in referral.flags.items() if Attention(key) not in ended})


def keep_flags(referral: Referral, kept: dict[str, str]) -> None:
    """The flags as they stand, and the first of them, by which the desk's lists find the referral."""
    referral.flags = kept
    referral.attention = first_of(kept)
