"""Referring a person to another service, and closing the referral with it where that service takes over."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from treatments.triage.closing import end
from treatments.triage.frame import ActionContext, performs
from treatments.triage.situation import situation_of
from treatments.workflow import Refused
from treatments.workflow.actions.closing import CLOSE
from treatments.workflow.actions.outside_services import REFER_ELSEWHERE
from treatments.workflow.outside_services import OUTSIDE_SERVICES


@performs(REFER_ELSEWHERE)
def refer_elsewhere(this: ActionContext, *, where: str, note: str = "", close: bool = False) -> None:
    """Record where the person was referred to; ``close`` ends the referral as cared for elsewhere.

    Closing asks for what closing always asks for: its permission, a note, no hold, no open consult.
    """
    row = OUTSIDE_SERVICES.get(where)
    if row is None:
        raise Refused(_("Choose where the person is referred to."))
    if (row.note_required or close) and not note.strip():
        raise Refused(_("Write what was arranged with the other service."))
    this.event.note = note
    this.event.details = {"where": where}
    if not close:
        this.event.before = None  # what the person heard stands: only closing can be undone
    else:
        _close(this)
        this.event.details["reason"] = this.referral.close_reason


def _close(this: ActionContext) -> None:
    if not this.actor.has_perm(CLOSE.permission_on()):
        raise PermissionDenied
    if refusal := CLOSE.why_not(situation_of(CLOSE, this.referral, this.actor, at=this.at)):
        raise Refused(refusal)
    end(this.referral, "cared_for_elsewhere", this.at)
