"""Pointing a person to another service, and closing the referral with it where that service takes over."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.models import Referral
from treatments.triage.closing import end
from treatments.triage.frame import action, once, situation_of
from treatments.workflow import Refused, why_not
from treatments.workflow.outside_services import OUTSIDE_SERVICES


def refer_elsewhere(
    *,
    referral: Referral,
    actor: AbstractBaseUser,
    where: str,
    note: str = "",
    close: bool = False,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Record where the person was pointed to; ``close`` ends the referral as cared for elsewhere.

    Closing asks for what closing always asks for: its permission, a note, no hold, no open consult.
    """
    asked = {"where": where, "note": note, "close": close}
    with (
        once(),
        action("refer_elsewhere", referral=referral, actor=actor, seen=seen, at=at, asked=asked) as this,
    ):
        row = OUTSIDE_SERVICES.get(where)
        if row is None:
            raise Refused(_("Choose where the person is referred to."))
        if (row.note_required or close) and not note.strip():
            raise Refused(_("Write what was arranged with the other service."))
        this.event.note = note
        this.event.details = {"where": where}
        if not close:
            this.event.before = None  # that the person was told stands: only closing can be undone
        else:
            _close(this.referral, actor, this.at)
            this.event.details["reason"] = this.referral.close_reason


def _close(referral: Referral, actor: AbstractBaseUser, at: datetime) -> None:
    if not actor.has_perm(permissions.REFERRAL_ACTIONS["close"]):
        raise PermissionDenied
    refusal = why_not("close", situation_of(referral, actor, None, referral.consults.open().count(), at))
    if refusal:
        raise Refused(refusal)
    end(referral, "cared_for_elsewhere", at)
