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
from treatments.reading.letters import begin_text, offers
from treatments.reading.papers import number_of
from treatments.reading.redaction import redaction_for
from treatments.triage.access_log import exported, opened
from treatments.triage.frame import FUNCTIONS
from treatments.workflow.actions.letters import PRINT_COVER, WRITE_LETTER
from treatments.workflow.actions.patient_requests import ERASE
from treatments.workflow.actions.routing import ROUTE
from treatments.workflow.actions.row import Subject
from treatments.workflow.actions.table import ACTIONS

# What a story says in days, and the keyword that it is for.
DAYS = {
    "in_days": "day",
    "again_in_days": "again",
    "due_in_days": "due",
    "until_in_days": "until",
    "agreed_in_days": "agreed_on",
}
READS: dict[str, Callable[..., None]] = {"open": opened, "export": exported}


def do(action: str, *, submission: Submission, actor: User, at: datetime, arguments: dict[str, Any]) -> None:
    """Do ``action`` as of ``at``; for one on a consult its ``arguments`` name the ``treatment`` too.

    Days are counted from that one: ``in_days``, ``again_in_days`` and their like (``DAYS``); the next check of a
    risk is so many hours later and the actor's own: ``check_in_hours``. ``to`` is a colleague's account. A day lies so many days back: ``on_days_ago``; a
    payer is called again so many days later: ``next_in_days``.
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
    for counted in DAYS.keys() & arguments.keys():
        arguments[DAYS[counted]] = timezone.localdate(at) + timedelta(days=arguments.pop(counted))
    if "check_in_hours" in arguments:
        arguments["next_check_at"] = at + timedelta(hours=arguments.pop("check_in_hours"))
        arguments["next_check_by"] = actor
    for key in [key for key in arguments if key.endswith("_days_ago")]:
        arguments[key.removesuffix("_days_ago")] = timezone.localdate(at) - timedelta(days=arguments.pop(key))
    if "next_in_days" in arguments:
        arguments["next_on"] = timezone.localdate(at) + timedelta(days=arguments.pop("next_in_days"))
    if action == ROUTE.key:
        arguments["read"] = read_by(actor, referral, at)
    if action == WRITE_LETTER.key:
        arguments |= begun(actor, referral, at, arguments["occasion"])
    if action == PRINT_COVER.key:
        arguments["about"] = newest(referral, arguments["about"])
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


def begun(actor: User, referral: Referral, at: datetime, occasion: str) -> dict[str, Any]:
    """The newest offer of this occasion, and the clinic's text for it."""
    offer = next(each for each in offers(actor, referral) if each.occasion == occasion)
    text = begin_text(offer, by=actor, referral=referral, today=timezone.localdate(at))
    return {"occasion": offer.key, "text": text}


def newest(referral: Referral, kind: str) -> str:
    """The number of the newest request ("R") or letter ("L")."""
    rows: Any = referral.letters if kind == "L" else referral.record_requests
    return number_of(rows.latest("pk"))


def consult_for(referral: Referral, treatment: str | None) -> Consult | None:
    return referral.consults.filter(treatment=treatment).latest("opened_at", "pk") if treatment else None
