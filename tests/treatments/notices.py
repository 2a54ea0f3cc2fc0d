"""Each kind of notice as the real actions make it, for the tests of notices."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group, User
from django.utils import timezone

from intake.models import OutgoingMail, Question
from tests.conftest import RECORD, SAME_DAY, Clinic, fresh, release_hold
from treatments.models import Consult, Notice, Referral
from treatments.triage.assignment import assign, claim
from treatments.triage.consults import return_consult
from treatments.triage.notes import add_note
from treatments.triage.notices import set_delivery
from treatments.triage.notices_due import note_due, notify_of_the_day
from treatments.triage.questions import ask_patient
from treatments.triage.team_questions import answer_team, ask_desk
from treatments.workflow.notices import Delivery, NoticeKind

NEW_YORK = ZoneInfo("America/New_York")
QUESTION = {"fields": ["history.episode_months"], "message": "How long has this gone on?"}
GIVEN = {"history.episode_months": 9}


def at(day: str, clock: str = "09:00") -> datetime:
    """By the clinic's clock; November 30, 2026 is a Monday."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=NEW_YORK)


def unread(person: User) -> list[tuple[str, Referral]]:
    """What stands for this person now, the oldest first."""
    person = User.objects.get(pk=person.pk)  # rights as of now
    rows = Notice.objects.for_user(person).unread().select_related("referral")
    return [(row.kind, row.referral) for row in rows.order_by("at", "pk")]


def take_rights(person: User) -> None:
    person.groups.clear()


def second_clinician() -> User:
    person = User.objects.create_user("clive", email="clive@clinic.example", is_staff=True)
    person.groups.add(Group.objects.get(name="Clinicians"))
    return person


# --- Each kind, for Cora but for where it says so ------------------------------------------------------------


def assigned(clinic: Clinic, **changes) -> Referral:
    """By Carl."""
    referral = clinic.new(**changes)
    assign(referral=referral, actor=clinic.cast.carl, to=clinic.cast.cora)
    return fresh(referral)


def check_assigned(clinic: Clinic, to: User, **changes) -> Referral:
    """Clara names who makes the next check."""
    referral = clinic.new(**SAME_DAY, **changes)
    when = timezone.now() + timedelta(days=1)
    more = {"level": "moderate", "next_check_at": when, "next_check_by": to}
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD, **more)
    return fresh(referral)


def returned(clinic: Clinic, **changes) -> Referral:
    consult = clinic.consult("waiting", **changes)
    return_consult(consult=consult, actor=clinic.cast.tess, reason="no_capacity")
    return fresh(consult.referral)


def answer(referral: Referral) -> Referral:
    question = Question.open_of(fresh(referral).submission)
    assert question is not None
    question.answer(GIVEN)
    return fresh(referral)


def answered(clinic: Clinic, **changes) -> Referral:
    return answer(clinic.awaiting_patient(**changes))


def mentioned(clinic: Clinic, note: str = "Please look, @cora.", **changes) -> Referral:
    """By Carl."""
    referral = clinic.new(**changes)
    add_note(referral=referral, actor=clinic.cast.carl, note=note)
    return fresh(referral)


def due(clinic: Clinic, **changes) -> Referral:
    """It lies at the desk since long."""
    referral = clinic.new(**changes)
    claim(referral=referral, actor=clinic.cast.cora)
    long_ago = timezone.now() - timedelta(days=40)
    Referral.objects.filter(pk=referral.pk).update(counted_since=long_ago)
    note_due(clinic.cast.cora, timezone.now())
    return fresh(referral)


# --- For a team -------------------------------------------------------------------------------------------


def asked(clinic: Clinic, note: str = "Any metal?", **changes) -> Consult:
    """Tess asks the desk about a consult that she has accepted."""
    consult = clinic.consult("accepted", **changes)
    ask_desk(consult=consult, actor=clinic.cast.tess, note=note)
    return fresh(consult)


def answered_by_patient(clinic: Clinic, **changes) -> Consult:
    consult = asked(clinic, **changes)
    ask_patient(referral=fresh(consult.referral), actor=clinic.cast.cora, **QUESTION)
    answer(consult.referral)
    return fresh(consult)


def answered_by_desk(clinic: Clinic, note: str = "None, @tess.", **changes) -> Consult:
    consult = asked(clinic, **changes)
    answer_team(referral=fresh(consult.referral), consult=consult, actor=clinic.cast.cora, note=note)
    return fresh(consult)


def due_for_team(clinic: Clinic, **changes) -> Consult:
    consult = clinic.consult("accepted", **changes)
    long_ago = timezone.now() - timedelta(days=40)
    Consult.objects.filter(pk=consult.pk).update(target_from=long_ago)
    note_due(clinic.cast.tess, timezone.now())
    return fresh(consult)


DESK = {
    NoticeKind.ASSIGNED: assigned,
    NoticeKind.RETURNED: returned,
    NoticeKind.ANSWERED: answered,
    NoticeKind.MENTIONED: mentioned,
    NoticeKind.DUE: due,
}
TEAM = {
    NoticeKind.ANSWERED: answered_by_patient,
    NoticeKind.MENTIONED: answered_by_desk,
    NoticeKind.DUE: due_for_team,
}


# --- Mail -------------------------------------------------------------------------------------------------

CORA = "cora@clinic.example"


def want(person: User, delivery: Delivery) -> None:
    set_delivery(user=person, delivery=delivery)


def waiting(to: str = CORA) -> list[str]:
    """What is to be mailed, the first line of each."""
    return [
        each.body.split("\n")[0] for each in OutgoingMail.objects.unsent().filter(purpose="notice", to=to)
    ]


def day(moment) -> list[str]:
    """What the day's mail says to Cora at this moment."""
    OutgoingMail.objects.all().delete()
    notify_of_the_day(moment)
    return waiting()
