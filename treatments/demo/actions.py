"""The actions that stories name, each done by calling ``treatments.triage`` as the admin's pages do."""

from collections.abc import Callable
from datetime import timedelta

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


def do(action: str, *, submission: Submission, actor: User, told: dict) -> None:
    """Do ``action``; ``told`` holds its arguments, for an action on a consult its ``treatment`` too."""
    if action == "acknowledge":
        return acknowledge(submission, actor, **told)
    referral = Referral.objects.get(submission=submission)
    if action in ON_REFERRAL:
        return ON_REFERRAL[action](referral=referral, actor=actor, **told)
    told = dict(told)
    treatment = told.pop("treatment", None)
    consult = referral.consults.filter(treatment=treatment).latest("opened_at") if treatment else None
    if action == "open":
        return triage.opened(referral=referral, consult=consult, actor=actor)
    if action == "book":
        return book(consult, actor, **told)
    return ON_CONSULT[action](consult=consult, actor=actor, **told)


def acknowledge(submission: Submission, actor: User, done: str) -> None:
    """Acknowledge every open alert of the form; a story that names this action has one."""
    alerts = list(SafetyAlert.objects.open().filter(submission=submission))
    if not alerts:
        raise LookupError("There is no open alert to acknowledge.")
    for alert in alerts:
        triage.acknowledge(alert=alert, actor=actor, done=done)


def book(consult: Consult, actor: User, in_days: int) -> None:
    triage.book(consult=consult, actor=actor, day=timezone.localdate() + timedelta(days=in_days))
