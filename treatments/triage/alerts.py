"""Acknowledging a safety alert: once, by whoever is first."""

from django.utils.translation import gettext as _

from treatments.models import Acknowledgement
from treatments.triage.frame import ActionContext, AlreadyDone, performs
from treatments.workflow import Refused
from treatments.workflow.actions.alerts import ACKNOWLEDGE


@performs(ACKNOWLEDGE)
def acknowledge(this: ActionContext, *, done: str) -> None:
    """Record that the actor has seen the alert and what was ``done``."""
    if not done.strip():
        raise Refused(_("Write what was done."))
    first = Acknowledgement.objects.filter(alarm=this.alert).select_related("actor").first()
    if first is not None:
        if first.actor == this.actor:
            raise AlreadyDone
        who = first.actor.get_full_name() or first.actor.get_username()
        raise Refused(_("%(who)s has acknowledged this alert already.") % {"who": who})
    Acknowledgement.objects.create(alarm=this.alert, actor=this.actor, done=done, at=this.at)
    this.event.note = done
    this.event.details = {"danger": this.alert.danger}
