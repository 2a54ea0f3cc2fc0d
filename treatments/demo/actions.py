"""The actions that stories name, each done by calling ``treatments.triage`` as the admin's pages do."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from intake.models import Submission
from treatments import triage
from treatments.models import Consult, Referral, SafetyAlert

ON_REFERRAL: dict[str, Callable] = {
    "claim": triage.claim,
    "route": triage.route,
    "close": triage.close,
    "reopen": triage.reopen,
    "note": triage.add_note,
    "contact": triage.log_contact,
    "ask_patient": triage.ask_patient,
    "release_hold": triage.release_hold,
    "export": triage.exported,
}
ON_CONSULT: dict[str, Callable] = {
    "accept": triage.accept,
    "return": triage.return_consult,
    "complete": triage.complete,
    "withdraw": triage.withdraw,
}


def do(action: str, *, submission: Submission, actor: User, at: datetime, arguments: dict) -> None:
    """Do ``action`` as of ``at``; for an action on a consult its ``arguments`` name the ``treatment`` too."""
    if action == "acknowledge":
        return acknowledge(submission, actor, at, **arguments)
    referral = Referral.objects.get(submission=submission)
    if action in ON_REFERRAL:
        return ON_REFERRAL[action](referral=referral, actor=actor, at=at, **arguments)
    arguments = dict(arguments)
    treatment = arguments.pop("treatment", None)
    consult = referral.consults.filter(treatment=treatment).latest("opened_at") if treatment else None
    if action == "open":
        return triage.opened(referral=referral, consult=consult, actor=actor, at=at)
    if action == "book":
        return book(consult, actor, at, **arguments)
    return ON_CONSULT[action](consult=consult, actor=actor, at=at, **arguments)


def acknowledge(submission: Submission, actor: User, at: datetime, done: str) -> None:
    """Acknowledge every open alert of the form; a story that names this action has one."""
    alerts = list(SafetyAlert.objects.open().filter(submission=submission))
    if not alerts:
        raise LookupError("There is no open alert to acknowledge.")
    for alert in alerts:
        triage.acknowledge(alert=alert, actor=actor, done=done, at=at)


def book(consult: Consult, actor: User, at: datetime, in_days: int) -> None:
    triage.book(consult=consult, actor=actor, at=at, day=timezone.localdate(at) + timedelta(days=in_days))
