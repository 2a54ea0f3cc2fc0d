"""Referrals as tests of keeping and erasing meet them: asked to be erased, under a legal hold, lived through, erased."""

from uuid import uuid4

from django.contrib.auth.models import Group, Permission

from intake.models import Message, Question
from tests.conftest import URGENT, Clinic, all_read, fresh, release_hold
from tests.treatments import alerts
from treatments.models import Referral
from treatments.triage.assessment import assess_referral
from treatments.triage.closing import close
from treatments.triage.consults import give_feedback
from treatments.triage.contacts import log_contact
from treatments.triage.duplicates import link_duplicate
from treatments.triage.flags import end_flags
from treatments.triage.legal_hold import set_legal_hold
from treatments.triage.notes import add_note, deal_with
from treatments.triage.patient_requests import ask_erasure, erase
from treatments.triage.routing import route

REST = "kanarirest"  # in all that the person told and staff wrote
PLAIN = {
    "about.first_name": "Kanarifirst",
    "about.last_name": "Kanarilast",
    "about.phone": "+1 212 555 0199",
    "about.email": "kanari@example.org",
}
BORN = "1947-03-09"


def asked(clinic: Clinic, **changes) -> Referral:
    """Closed, and the person has asked to be erased."""
    referral = clinic.closed(**changes)
    ask_erasure(referral=referral, actor=clinic.cast.cora, note="wrote a letter")
    return fresh(referral)


def held(clinic: Clinic) -> Referral:
    """Closed, and under a legal hold."""
    referral = clinic.closed()
    set_legal_hold(referral=referral, actor=clinic.cast.olive, note="a subpoena")
    return fresh(referral)


def asked_in_review(clinic: Clinic) -> Referral:
    referral = clinic.in_review()
    ask_erasure(referral=referral, actor=clinic.cast.cora, note="wrote a letter")
    return fresh(referral)


def without_the_grant(clinic: Clinic) -> Referral:
    """Closed, at a clinic whose coordinators may not read substance-use answers."""
    rights = Group.objects.get(name="Coordinators").permissions
    rights.remove(Permission.objects.get(codename="read_substance_use"))
    return clinic.closed()


def lived(clinic: Clinic) -> Referral:
    """Everything that happens to somebody, written by the real actions; closed in the end."""
    cora, clara, tess = clinic.cast.cora, clinic.cast.clara, clinic.cast.tess
    told = {**PLAIN, "about.date_of_birth": BORN, "reason.goals": REST}
    other = clinic.new()
    referral = clinic.in_review(**told, **URGENT)
    alerts.close(alerts.alert_of(referral.submission), clara, done=REST)
    question = Question.ask(referral.submission, message=REST, fields=["about.pronouns"])
    question.keep({"about.pronouns": REST})
    Question.end_open(referral.submission_id, Question.End.TAKEN_BACK)
    Message.write(referral.submission, text=REST, key=uuid4())
    log_contact(referral=fresh(referral), actor=cora, channel="call", outcome="no_answer", note=REST)
    link_duplicate(referral=fresh(referral), actor=cora, other=other, note=REST)
    add_note(referral=fresh(referral), actor=cora, note=REST)
    standing = [flag.value for flag, _since in fresh(referral).standing_flags]
    deal_with(referral=fresh(referral), actor=cora, reasons=dict.fromkeys(standing, REST))
    assess(clinic, referral)
    read = all_read(cora, referral)
    route(referral=fresh(referral), actor=cora, treatments=["tms"], reason=REST, read=read)
    consult = clinic.move(fresh(referral).consults.get(), "completed")
    give_feedback(consult=consult, actor=tess, verdict="incomplete", note=REST)
    referral = fresh(referral)
    end_flags(referral, [flag for flag, _since in referral.standing_flags])
    referral.save()
    close(referral=fresh(referral), actor=cora, reason="care_started", note=REST)
    return fresh(referral)


def assess(clinic: Clinic, referral: Referral) -> None:
    """The rules run on what was answered since, and a clinician releases what they hold."""
    assess_referral(fresh(referral))
    if fresh(referral).hold != "none":
        release_hold(referral=fresh(referral), actor=clinic.cast.clara)


def erased(clinic: Clinic, referral: Referral) -> Referral:
    """The person has asked for it, and a privacy officer has done it."""
    ask_erasure(referral=referral, actor=clinic.cast.cora, note=REST)
    erase(
        referral=fresh(referral),
        actor=clinic.cast.olive,
        reference=referral.reference.lower().replace("-", " "),
    )
    return fresh(referral)
