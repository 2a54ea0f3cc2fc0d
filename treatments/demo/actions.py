"""What stories name, each done as the admin's pages do it: every action of the table, opening and exporting."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils import timezone

from intake.models import Submission
from treatments.models import Alert, Consult, Referral
from treatments.reading.before_routing import open_points
from treatments.reading.redaction import redaction_for
from treatments.triage.access_log import exported, opened
from treatments.triage.frame import FUNCTIONS
from treatments.workflow.actions.patient_requests import ERASE
from treatments.workflow.actions.routing import ROUTE
from treatments.workflow.actions.row import Subject
from treatments.workflow.actions.table import ACTIONS

READS: dict[str, Callable[..., None]] = {"open": opened, "export": exported}


def do(action: str, *, submission: Submission, actor: User, at: datetime, arguments: dict[str, Any]) -> None:
    """Do ``action`` as of ``at``; for one on a consult its ``arguments`` name the ``treatment`` too.

    A visit is booked so many days later: ``in_days``, and a team has room again: ``again_in_days``; the next check of a risk is so many hours later and the
    actor's own: ``check_in_hours``. ``to`` is a colleague's account.
    """
    arguments = dict(arguments)
    subject = ACTIONS[action].subject if action in ACTIONS else Subject.REFERRAL
    if "to" in arguments:
        arguments["to"] = get_user_model().objects.get(username=arguments["to"])
    if subject is Subject.ALERT:
        FUNCTIONS[action](alert=Alert.objects.get(pk=submission.pk), actor=actor, at=at, **arguments)
        return
    referral = Referral.objects.get(submission=submission)
    consult = consult_for(referral, arguments.pop("treatment", None))
    if "in_days" in arguments:
        arguments["day"] = timezone.localdate(at) + timedelta(days=arguments.pop("in_days"))
    if "again_in_days" in arguments:
        arguments["again"] = timezone.localdate(at) + timedelta(days=arguments.pop("again_in_days"))
    if "check_in_hours" in arguments:
        arguments["next_check_at"] = at + timedelta(hours=arguments.pop("check_in_hours"))
        arguments["next_check_by"] = actor
    if action == ROUTE.key:
        arguments["read"] = read_by(actor, referral, at)
    if action == ERASE.key:
        arguments["reference"] = referral.reference
    if action in READS:
        READS[action](referral=referral, consult=consult, actor=actor, at=at)
    else:
        on: dict[str, Any] = {"consult": consult} if consult else {"referral": referral}
        FUNCTIONS[action](**on, actor=actor, at=at, **arguments)


def read_by(actor: User, referral: Referral, at: datetime) -> str:
    """All that the route page shows to be read, as ticked there."""
    redaction = redaction_for(actor, referral.submission, at=at)
    assessment = redaction.assessment(referral)
    points = open_points(redaction, referral, assessment, at) if assessment else []
    return " ".join(point.key for point in points)


def consult_for(referral: Referral, treatment: str | None) -> Consult | None:
    return referral.consults.filter(treatment=treatment).latest("opened_at", "pk") if treatment else None
