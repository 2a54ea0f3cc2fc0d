"""Referring a person to another service, and closing the referral with it where that service takes over."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from treatments.models import OutsideServiceVersion
from treatments.triage.closing import end
from treatments.triage.frame import ActionContext, performs
from treatments.triage.situation import situation_of
from treatments.workflow import Refused
from treatments.workflow.actions.closing import CLOSE
from treatments.workflow.actions.outside_services import REFER_ELSEWHERE
from treatments.workflow.outside_services import OUTSIDE_SERVICES, service_in


@performs(REFER_ELSEWHERE)
def refer_elsewhere(
    this: ActionContext, *, where: str, note: str = "", show: bool = False, close: bool = False
) -> None:
    """Record where the person was referred to: a service of the clinic's list, or only its kind.

    ``show``: their status page shows the service. ``close`` ends the referral as cared for elsewhere, and
    asks for what closing always asks for: its permission, a note, no hold, no open consult.
    """
    service = service_given(where)
    row = OUTSIDE_SERVICES.get(service.kind if service else where)
    if row is None:
        raise Refused(_("Choose where the person is referred to."))
    if show and (service is None or not service.for_patients):
        raise Refused(_("Only a service that patients may be shown can stand on the person's status page."))
    if (row.note_required or close) and not note.strip():
        raise Refused(_("Write what was arranged with the other service."))
    this.event.note = note
    this.event.details = {"where": row.code}
    if service is not None:
        named = {"service": service.service, "version": service.version, "named": service.name}
        this.event.details |= {**named, "shown": show}
    if not close:
        this.event.before = None  # what the person heard stands: only closing can be undone
    else:
        _close(this)
        this.event.details["reason"] = this.referral.close_reason


def service_given(where: str) -> OutsideServiceVersion | None:
    """The service that ``where`` names, as it counts now, while the clinic refers people there."""
    number = service_in(where)
    return (
        OutsideServiceVersion.objects.newest().filter(service=number, active=True).first() if number else None
    )


def _close(this: ActionContext) -> None:
    if not this.actor.has_perm(CLOSE.permission_on()):
        raise PermissionDenied
    if refusal := CLOSE.why_not(situation_of(CLOSE, this.referral, this.actor, at=this.at)):
        raise Refused(refusal)
    end(this.referral, "cared_for_elsewhere", this.at)
