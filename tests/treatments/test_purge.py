"""What the clinic keeps no longer goes by the times it has set, and whatever somebody must still act on stays."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from intake.models import Amendment, Message, OutgoingMail, Submission
from intake.questionnaire.intake import INTAKE
from tests.conftest import Clinic, fresh, written_to
from tests.racing import at_once
from tests.treatments import kept
from treatments.models import Referral, Upkeep
from treatments.triage import erasure
from treatments.triage.closing import close, reopen
from treatments.triage.legal_hold import end_legal_hold, set_legal_hold
from treatments.triage.patient_requests import ask_erasure, erase
from treatments.triage.purge import over, purge_people
from treatments.triage.situation import situation_of
from treatments.workflow import Refused
from treatments.workflow.actions.patient_requests import why_kept
from treatments.workflow.actions.table import ACTIONS

CLOSED_ON = datetime(2026, 3, 2, 15, tzinfo=UTC)
SEVEN_YEARS = datetime(2033, 3, 2, 15, tzinfo=UTC)
MOMENT = timedelta(seconds=1)


def purge(*words: str) -> list[str]:
    """The lines that it prints, but for what is said while the files are swept."""
    out = io.StringIO()
    call_command("purge", *words, stdout=out, stderr=io.StringIO())
    return [line for line in out.getvalue().splitlines() if not line.startswith("Sweeping")]


@pytest.fixture(autouse=True)
def unswept(monkeypatch) -> None:
    """A test's transaction can't be swept; tests/trust/test_erased.py sweeps."""
    monkeypatch.setattr("treatments.management.commands.purge.sweep", lambda: None)


@pytest.fixture
def seven_years(settings) -> None:
    settings.CLOSED_YEARS = 7


def gone(referral: Referral) -> bool:
    return fresh(referral).is_erased


# --- Times -------------------------------------------------------------------------------------------------


def test_nobody_is_erased_until_the_clinic_has_said_when(clinic):
    with time_machine.travel(CLOSED_ON):
        referral, back = clinic.closed(), withdrawn(clinic)
        kept.held(clinic)
    with time_machine.travel(CLOSED_ON + timedelta(days=365 * 90)):
        assert purge()[-2].startswith("0 closed referrals are old enough and stay: ")
    assert (gone(referral), gone(back)) == (False, False)


def test_a_closed_referral_goes_to_the_second_when_its_years_are_over(clinic, seven_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        referral = clinic.closed()
    with time_machine.travel(SEVEN_YEARS - MOMENT, tick=False):
        purge()
    assert not gone(referral)
    with time_machine.travel(SEVEN_YEARS, tick=False):
        purge()
    assert gone(referral)
    event = referral.events.latest("pk")
    assert (event.kind, event.actor, event.details) == ("purged", None, {"time": "closed"})


def test_the_years_count_from_the_last_closing(clinic, seven_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        referral = clinic.closed()
    with time_machine.travel(CLOSED_ON + timedelta(days=400), tick=False):
        reopen(referral=referral, actor=clinic.cast.cora, note="called")
        assert fresh(referral).closed_at is None
        close(referral=fresh(referral), actor=clinic.cast.cora, reason="patient_declined")
    with time_machine.travel(SEVEN_YEARS + timedelta(days=399), tick=False):
        purge()
        assert not gone(referral)
    with time_machine.travel(SEVEN_YEARS + timedelta(days=401), tick=False):
        purge()
        assert gone(referral)


def withdrawn(clinic: Clinic, reason: str = "patient_declined") -> Referral:
    referral = clinic.in_review()
    Message.withdraw(referral.submission, reason="", key=uuid4())
    close(referral=fresh(referral), actor=clinic.cast.cora, reason=reason, note="x")
    return fresh(referral)


def test_a_form_that_was_taken_back_has_a_time_of_its_own(clinic, settings):
    settings.WITHDRAWN_DAYS = 90
    with time_machine.travel(CLOSED_ON, tick=False):
        back, other, elsewhere = withdrawn(clinic), clinic.closed(), withdrawn(clinic, "other")
    with time_machine.travel(CLOSED_ON + timedelta(days=90) - MOMENT, tick=False):
        purge()
        assert not gone(back)
    with time_machine.travel(CLOSED_ON + timedelta(days=90), tick=False):
        purge()
    assert [gone(each) for each in (back, other, elsewhere)] == [True, False, False]
    assert back.events.latest("pk").details == {"time": "withdrawn"}


def test_mail_and_drafts_go_by_their_own_days(db, settings):
    settings.MAIL_DAYS, settings.DRAFT_DAYS = 5, 10
    with time_machine.travel(CLOSED_ON, tick=False):
        OutgoingMail.objects.create(purpose="question", subject="x", sent_at=timezone.now())
        Submission.begin()
    with time_machine.travel(CLOSED_ON + timedelta(days=6), tick=False):
        assert purge()[:2] == ["1 sent mail", "0 drafts"]
    with time_machine.travel(CLOSED_ON + timedelta(days=11), tick=False):
        assert purge()[:2] == ["0 sent mail", "1 drafts"]


# --- What stays, and the same for who asks ------------------------------------------------------------------


def alarmed_late(clinic: Clinic) -> Referral:
    """Closed; then an unsafe answer came."""
    referral = clinic.closed()
    Amendment.make(referral.submission, {"safety.harm_to_others": "yes"})
    return fresh(referral)


def in_review_again(clinic: Clinic) -> Referral:
    referral = clinic.closed()
    reopen(referral=referral, actor=clinic.cast.cora, note="called")
    return fresh(referral)


STAYS = {
    "open": (Clinic.in_review, "This referral is open. A coordinator must close it first."),
    "reopened": (in_review_again, "This referral is open. A coordinator must close it first."),
    "consult": (Clinic.routed, "A consult is open: a team still has this referral."),
    "alert": (alarmed_late, "A safety alert of this form is not closed: somebody must say what was done."),
    "legal hold": (
        kept.held,
        "A legal hold stands: nothing of this person may be erased. A privacy officer must end it first.",
    ),
    "message": (
        lambda clinic: written_to(clinic.closed()),
        "Something from the patient or a team still waits here. A coordinator must deal with it first.",
    ),
    "hold": (
        lambda clinic: raised(clinic.closed()),
        "A safety hold stands. A clinician must release it first.",
    ),
}


def raised(referral: Referral) -> Referral:
    """A newer ruleset holds a referral that was closed long ago."""
    referral.hold, referral.hold_rules = "urgent", ["S01"]
    referral.save()
    return fresh(referral)


@pytest.mark.parametrize("why", STAYS)
def test_what_somebody_must_act_on_is_never_purged_nor_erased_and_says_why(why, clinic, seven_years):
    ready, sentence = STAYS[why]
    with time_machine.travel(CLOSED_ON, tick=False):
        referral = ready(clinic)
        ask_erasure(referral=referral, actor=clinic.cast.cora, note="wrote")
    with time_machine.travel(SEVEN_YEARS + timedelta(days=9)):
        assert not over("closed", timezone.now()).exists()
        purge()
        with pytest.raises(Refused) as refused:
            erase(referral=fresh(referral), actor=clinic.cast.olive, reference=referral.reference)
    assert str(refused.value) == sentence
    assert not gone(referral)


@pytest.mark.parametrize("why", [*STAYS, "nothing"])
def test_the_sentence_and_the_query_agree(why, clinic):
    referral = STAYS[why][0](clinic) if why in STAYS else clinic.closed()
    told = situation_of(ACTIONS["erase"], referral, clinic.cast.olive, at=timezone.now())
    assert (why_kept(told) is None) == Referral.objects.erasable().filter(pk=referral.pk).exists()


def test_the_purge_tells_how_many_are_old_enough_and_stay(clinic, seven_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        clinic.closed()
        kept.held(clinic)
    with time_machine.travel(SEVEN_YEARS + timedelta(days=9)):
        assert purge()[-2].startswith("1 closed referrals are old enough and stay: ")


def test_once_the_legal_hold_ends_the_times_count_again(clinic, seven_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        referral = kept.held(clinic)
    with time_machine.travel(SEVEN_YEARS + timedelta(days=9)):
        purge()
        assert not gone(referral)
        end_legal_hold(referral=fresh(referral), actor=clinic.cast.olive, note="the case is over")
        purge()
    assert gone(referral)


def test_nothing_is_erased_on_one_persons_word(clinic):
    referral = clinic.closed()
    with pytest.raises(Refused, match="A coordinator must record first that the person has asked for it"):
        erase(referral=referral, actor=clinic.cast.olive, reference=referral.reference)
    ask_erasure(referral=referral, actor=clinic.cast.cora, note="wrote")
    with pytest.raises(Refused, match="This is not the reference of this referral"):
        erase(referral=fresh(referral), actor=clinic.cast.olive, reference="AAAA-AAAA")
    assert not gone(referral)
    erase(referral=fresh(referral), actor=clinic.cast.olive, reference=f" {referral.reference.lower()} ")
    assert gone(referral)


# --- The run itself -------------------------------------------------------------------------------------------


@pytest.fixture
def long_ago(clinic, settings) -> list[Referral]:
    """Three closed, one withdrawn, one under a legal hold, a draft and a mail, all of long ago."""
    settings.CLOSED_YEARS, settings.WITHDRAWN_DAYS = 7, 90
    with time_machine.travel(CLOSED_ON, tick=False):
        Submission.begin()
        unsafe = Submission.begin()
        Submission.save_page(unsafe.pk, INTAKE.by_slug["past"], {"safety": {"harm_to_others": "yes"}})
        OutgoingMail.objects.create(purpose="question", subject="x", sent_at=timezone.now())
        kept.held(clinic)
        return [clinic.closed(), clinic.closed(), clinic.closed(), withdrawn(clinic)]


def test_a_dry_run_changes_nothing_and_tells_the_same_numbers(long_ago):
    def everything() -> list:
        models = (Referral, Submission, OutgoingMail, Upkeep)
        return [list(model._base_manager.order_by("pk").values()) for model in models]

    with time_machine.travel(SEVEN_YEARS + timedelta(days=9)):
        before = everything()
        would = purge("--dry-run")
        assert everything() == before
        assert purge() == would
        assert would == [
            *("1 sent mail", "1 drafts"),
            "1 people, because the days for withdrawn forms were over",
            "3 people, because the years for closed referrals were over",
            "1 closed referrals are old enough and stay: somebody must act, or a hold stands",
            "0 events of the record",
        ]
        assert timezone.now() - Upkeep.objects.get(kind="purge").at < timedelta(minutes=5)
        assert [line.split()[0] for line in purge()] == ["0", "0", "0", "0", "1", "0"]


def test_a_run_that_is_killed_leaves_whole_people_and_the_next_one_goes_on(long_ago, monkeypatch):
    done, real = [], erasure.erase

    def dies_at_the_second(referral: Referral, *, at: datetime) -> None:
        real(referral, at=at)
        done.append(referral.pk)
        if len(done) == 2:
            raise KeyboardInterrupt

    with time_machine.travel(SEVEN_YEARS + timedelta(days=9)):
        monkeypatch.setattr(erasure, "erase", dies_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            list(purge_people("closed", at=timezone.now()))
        monkeypatch.setattr(erasure, "erase", real)
        assert Referral.objects.filter(erased_at__isnull=False).count() == 1
        assert Submission.objects.filter(erased_at__isnull=False).count() == 1
        assert sum(purge_people("closed", at=timezone.now())) == 2


def test_two_runs_at_once_erase_each_person_once(real_database, clinic, settings):
    settings.CLOSED_YEARS = 7
    with time_machine.travel(CLOSED_ON, tick=False):
        people = [clinic.closed() for _each in range(6)]
    now = SEVEN_YEARS + timedelta(days=9)
    counts = at_once(*[lambda: sum(purge_people("closed", at=now))] * 2)
    assert sum(count for count in counts if not isinstance(count, OperationalError)) == len(people)
    for referral in people:
        assert gone(referral)
        assert referral.events.filter(kind="purged").count() == 1


def test_a_legal_hold_set_meanwhile_saves_whoever_was_next(clinic, seven_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        first, second = clinic.closed(), clinic.closed()
    with time_machine.travel(SEVEN_YEARS + timedelta(days=9)):
        run = purge_people("closed", at=timezone.now())
        assert next(run) == 1
        set_legal_hold(referral=second, actor=clinic.cast.olive, note="a subpoena")
        assert list(run) == [0]
    assert (gone(first), gone(second)) == (True, False)
