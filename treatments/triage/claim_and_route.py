"""Taking a referral on and routing it from its own page: two actions with an event each, in one transaction."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments.models import Referral
from treatments.reading.plain_case import in_the_way
from treatments.reading.redaction import redaction_for
from treatments.triage.assignment import claim
from treatments.triage.routing import route
from treatments.workflow import Refused
from treatments.workflow.actions.assignment import CLAIM


@transaction.atomic
def claim_and_route(*, actor: User, referral: Referral, seen: int, **asked: Any) -> None:
    """Route the referral, having claimed it first where nobody has; ``asked`` is what ``route`` asks for.

    ``seen`` is the version that the page showed. Undone, it is the routing alone: the actor handles the referral
    then. Sent twice it happens once. Raises what the two actions raise, and ``Refused`` where it is no plain case.
    """
    at = timezone.now()
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.version == seen:
        redaction = redaction_for(actor, locked.submission, at=at)
        reasons = in_the_way(redaction, locked, redaction.assessment(locked), locked.consults.open().count())
        if reasons:
            words = _("It can't be routed from this page: %(why)s Route it on the page of its own.")
            raise Refused(words % {"why": " ".join(reasons)})
    if locked.owner_id is None:
        claim(actor=actor, referral=locked, seen=seen, at=at)
    claimed = locked.events.filter(kind=CLAIM.key, actor=actor, version=seen).exists()
    route(actor=actor, referral=locked, seen=seen + claimed, at=at, **asked)
