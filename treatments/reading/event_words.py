"""The details of the desk's events in words, for the timeline."""

from django.utils.translation import gettext as _

from treatments.models import Event
from treatments.workflow.contacts import CHANNELS, CONTACT_OUTCOMES
from treatments.workflow.outside_services import OUTSIDE_SERVICES
from treatments.workflow.priorities import PRIORITY_WORDS


def desk_words(event: Event) -> list[str]:
    """What an event of handling, contact, another service or a duplicate was about."""
    told, parts = event.details, []
    match event.kind:
        case Event.Kind.ASSIGN:
            parts.append(_("to %(name)s") % {"name": told["name"]})
        case Event.Kind.CONTACT:
            parts += [str(CHANNELS[told["channel"]]), str(CONTACT_OUTCOMES[told["outcome"]])]
        case Event.Kind.REFER_ELSEWHERE:
            parts.append(str(OUTSIDE_SERVICES[told["where"]].label))
        case Event.Kind.UNDO | Event.Kind.UNDO_CONSULT:
            parts.append(str(Event.Kind(told["undone"]).label))
        case Event.Kind.CARING_DUE:
            parts.append(", ".join(told["rules"]))
        case Event.Kind.LINK_DUPLICATE | Event.Kind.UNLINK_DUPLICATE:
            parts.append(told["reference"])
        case Event.Kind.ROUTE if told.get("priority"):
            parts.append(str(PRIORITY_WORDS[told["priority"]]))
    return parts
