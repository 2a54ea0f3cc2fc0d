"""A team's question to the desk, which answers it or asks the patient; the consult stays where it is."""

from django.utils.translation import gettext as _

from treatments.models import Consult, Event, Referral
from treatments.triage.flags import end_flags, raise_flag
from treatments.triage.frame import ActionContext, performs
from treatments.triage.mentions import tell_mentioned
from treatments.workflow import Attention, Refused
from treatments.workflow.actions.team_questions import ANSWER_TEAM, ASK_DESK


@performs(ASK_DESK)
def ask_desk(this: ActionContext, *, note: str) -> None:
    """Put the team's question to the coordinators."""
    if not note.strip():
        raise Refused(_("Write what you ask."))
    this.event.note = note
    tell_mentioned(this, note, this.consult)
    raise_flag(this.referral, Attention.TEAM_ASKS, this.at)


@performs(ANSWER_TEAM)
def answer_team(this: ActionContext, *, note: str) -> None:
    """Answer the team of this consult; the flag ends once no other team waits."""
    if not note.strip():
        raise Refused(_("Write your answer."))
    waiting = teams_waiting(this.referral)
    if this.consult not in waiting:
        raise Refused(_("This team waits for no answer."))
    this.event.note = note
    tell_mentioned(this, note, this.consult)
    if len(waiting) == 1:
        end_flags(this.referral, {Attention.TEAM_ASKS})


def teams_waiting(referral: Referral) -> list[Consult]:
    """The consults whose teams have asked since the flag stands, and were not answered."""
    return [event.consult for event in asked_and_waiting(referral) if event.consult is not None]


def asked_and_waiting(referral: Referral) -> list[Event]:
    """The newest question of each team that waits for an answer."""
    since = dict(referral.standing_flags).get(Attention.TEAM_ASKS)
    if since is None:
        return []
    waiting: dict[int, Event] = {}
    kinds = (ASK_DESK.key, ANSWER_TEAM.key)
    for event in (
        referral.events.filter(kind__in=kinds, at__gte=since).select_related("consult").order_by("pk")
    ):
        if event.consult is None:
            continue
        if event.kind == ASK_DESK.key:
            waiting[event.consult.pk] = event
        else:
            waiting.pop(event.consult.pk, None)
    return list(waiting.values())
