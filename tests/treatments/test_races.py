"""Two people, or one person's two windows, at the very same moment: on PostgreSQL, with real threads."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from intake import document
from intake.models import Submission
from tests.conftest import RECORD, URGENT, fresh, release_hold
from tests.documents import worked_example
from tests.racing import at_once
from treatments.models import Alert, AlertEntry, Consult, Event, Referral
from treatments.triage import routing
from treatments.triage.alerts import close_alert, take_alert
from treatments.triage.assignment import claim
from treatments.triage.consults import accept
from treatments.triage.routing import withdraw
from treatments.workflow import Refused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def colleague_of(person: User) -> User:
    other = User.objects.create_user("colleague", first_name="Noor", is_staff=True)
    other.groups.set(person.groups.all())
    return other


def one_wins(outcomes: list) -> bool:
    """One action went through, and every other one was refused with a sentence."""
    refused = [each for each in outcomes if isinstance(each, Refused)]
    return outcomes.count(None) == 1 and len(refused) == len(outcomes) - 1 and all(map(str, refused))


@pytest.mark.parametrize("threads", [2, 20])
def test_a_draft_sent_many_times_at_once_is_one_submission_and_one_referral(threads):
    answers = document.answers_of(worked_example("v01")["document"])
    draft = Submission.objects.create(answers=answers, language="en")
    outcomes = at_once(*[lambda: Submission.submit(draft.pk).reference] * threads)
    assert len(set(outcomes)) == 1
    assert outcomes[0] == Submission.objects.get().reference == Referral.objects.get().reference
    assert Event.objects.filter(kind="received").count() == 1
    assert Referral.objects.get().is_assessed


@pytest.mark.parametrize("threads", [2, 10])
def test_a_referral_routed_twice_at_once_by_the_same_person_waits_once_in_each_queue(threads, clinic):
    referral = clinic.in_review()

    def route() -> None:
        routing.route(
            referral=referral,
            actor=clinic.cast.cora,
            treatments=["tms", "spravato"],
            reason="fits",
            seen=referral.version,
        )

    assert at_once(*[route] * threads) == [None] * threads
    assert sorted(Consult.objects.values_list("treatment", flat=True)) == ["spravato", "tms"]
    assert Event.objects.filter(kind="route").count() == 1


def test_a_referral_routed_from_two_windows_to_different_queues_is_routed_once(clinic):
    referral = clinic.in_review()

    def route(treatment: str) -> Callable:
        return lambda: routing.route(
            referral=referral, actor=clinic.cast.cora, treatments=[treatment], seen=referral.version
        )

    assert one_wins(at_once(route("tms"), route("spravato")))
    assert Consult.objects.count() == 1


@pytest.mark.parametrize("seen", [0, None], ids=["from a page", "from a script"])
def test_of_two_coordinators_who_claim_at_once_one_wins_and_the_other_reads_a_sentence(seen, clinic):
    referral = clinic.new()
    coordinators = (clinic.cast.cora, clinic.cast.carl)
    outcomes = at_once(
        *[lambda actor=actor: claim(referral=referral, actor=actor, seen=seen) for actor in coordinators]
    )
    assert one_wins(outcomes)
    assert fresh(referral).owner == coordinators[outcomes.index(None)]
    assert Event.objects.filter(kind="claim").count() == 1


def test_of_two_team_members_who_accept_at_once_one_wins_and_the_other_reads_a_sentence(clinic):
    consult = clinic.consult("waiting")
    team, seen = (clinic.cast.tess, colleague_of(clinic.cast.tess)), consult.version
    outcomes = at_once(
        *[lambda actor=actor: accept(consult=consult, actor=actor, seen=seen) for actor in team]
    )
    assert one_wins(outcomes)
    assert fresh(consult).state == "accepted"
    assert Event.objects.get(kind="accept").actor == team[outcomes.index(None)]


def test_a_consult_accepted_and_withdrawn_at_once_is_one_of_the_two(clinic):
    consult = clinic.consult("waiting")
    seen = consult.referral.version
    outcomes = at_once(
        lambda: accept(consult=consult, actor=clinic.cast.tess, seen=consult.version),
        lambda: withdraw(consult=consult, actor=clinic.cast.cora, note="moved away", seen=seen),
    )
    assert one_wins(outcomes)
    assert fresh(consult).state == ("accepted", "withdrawn")[outcomes.index(None)]


def test_an_alert_closed_by_two_at_once_is_closed_by_one_and_the_other_words_are_a_note(clinic):
    clinic.new(**URGENT)
    alert = Alert.objects.get()
    outcomes = at_once(
        *[
            lambda actor=actor: close_alert(alert=alert, actor=actor, reached="person", done=actor.username)
            for actor in (clinic.cast.cora, clinic.cast.carl)
        ]
    )
    assert outcomes == [None, None]
    kept = {(entry.kind, entry.text == entry.by.username) for entry in AlertEntry.objects.all()}
    assert kept == {("closed", True), ("note", True)}


def test_an_alert_taken_by_two_at_once_is_taken_by_one_and_the_other_is_told(clinic):
    clinic.new(**URGENT)
    alert = Alert.objects.get()
    outcomes = at_once(
        *[
            lambda actor=actor: take_alert(alert=alert, actor=actor)
            for actor in (clinic.cast.cora, clinic.cast.carl)
        ]
    )
    assert one_wins(outcomes)
    assert AlertEntry.objects.get().kind == "taken"


def test_closing_an_alert_and_releasing_its_hold_at_once_both_go_through(clinic):
    """In opposite orders they lock the form and its referral; neither waits for the other for ever."""
    referral = clinic.new(**URGENT)
    alert = Alert.objects.get()
    outcomes = at_once(
        lambda: close_alert(alert=alert, actor=clinic.cast.cora, reached="person", done="called"),
        lambda: release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD),
    )
    assert outcomes == [None, None]
    assert not Alert.objects.open().exists()
    assert fresh(referral).hold == "none"
