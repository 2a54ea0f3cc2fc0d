"""The director's page: who came how far, how long it took with the open ones, for whom; and who may see it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import SAME_DAY, URGENT, fresh
from tests.pages import flat
from treatments.figures import funnel, people
from treatments.figures.people import Step, Traveler
from treatments.models import Referral
from treatments.triage.assignment import assign, claim
from treatments.triage.closing import close, reopen
from treatments.triage.consults import accept
from treatments.triage.routing import route
from treatments.triage.undo import undo, undo_consult

PAGE = "/admin/figures/"
DAY = timedelta(days=1)


def travelers() -> list[Traveler]:
    now = timezone.now()
    return people.read_people(now - 90 * DAY, now)[0]


def furthest() -> list[Step]:
    return sorted(each.furthest for each in travelers())


# --- Who came how far ------------------------------------------------------------------------------------


def test_each_person_is_counted_at_every_step_up_to_the_furthest(clinic):
    clinic.new(), clinic.in_review(), clinic.routed("tms", "spravato")
    for state in ("accepted", "booked", "completed"):
        clinic.consult(state)
    assert furthest() == [Step.RECEIVED, Step.TAKEN_UP, Step.ROUTED, Step.ACCEPTED, Step.BOOKED, Step.STARTED]
    table = funnel.funnel_of(travelers(), timezone.now())
    assert [row.people for row in table.rows] == [6, 5, 4, 3, 2, 1, 1]
    assert table.rows[1].percent == pytest.approx(83.33)
    assert (table.under_way, table.left) == (5, 0)


def test_a_new_referral_that_is_assigned_to_somebody_is_taken_up_too(cast, clinic):
    assign(referral=clinic.new(), actor=cast.cora, to=cast.carl)
    assert furthest() == [Step.TAKEN_UP]


def test_what_was_undone_is_no_step_and_what_was_done_after_it_is(cast, clinic):
    referral = clinic.in_review()
    undo(referral=referral, actor=cast.cora)
    assert furthest() == [Step.RECEIVED]
    claim(referral=fresh(referral), actor=cast.cora)
    route(referral=fresh(referral), actor=cast.cora, treatments=["tms"], reason="fits")
    undo(referral=fresh(referral), actor=cast.cora)
    assert furthest() == [Step.TAKEN_UP]
    route(referral=fresh(referral), actor=cast.cora, treatments=["tms"], reason="fits after all")
    consult = referral.consults.get(state="waiting")
    accept(consult=consult, actor=cast.tess)
    undo_consult(consult=fresh(consult), actor=cast.tess)
    assert furthest() == [Step.ROUTED]
    accept(consult=fresh(consult), actor=cast.tess)
    assert furthest() == [Step.ACCEPTED]


def test_a_step_is_counted_of_the_step_before_and_timed_where_its_moment_is_known():
    now = timezone.now()
    some = [
        Traveler(None, "en", "web", None, {Step.RECEIVED: now - 9 * DAY}),
        Traveler(None, "en", "web", now, {Step.RECEIVED: now - 9 * DAY, Step.SEEN: now - DAY}),
    ]
    found = funnel.funnel_of(some, now)
    first, second, *_others, last = found.rows
    assert (first.share, first.times, last.times) == ("–", None, None)
    assert (second.people, second.times.number, second.times.still_open) == (1, 1, 1)
    assert (found.left, found.under_way) == (0, 1)


def test_a_team_takes_back_what_was_done_last_to_its_own_consult():
    done = [(1, "accept"), (2, "accept"), (1, "undo_consult")]
    acts = [people.Act(7, consult, kind, 1, timezone.now()) for consult, kind in done]
    assert [act.consult for act in people.that_stood(acts)] == [2]


def test_an_undoing_of_one_team_takes_nothing_from_another(cast, clinic):
    referral = clinic.routed("tms", "spravato")
    tms, spravato = (referral.consults.get(treatment=key) for key in ("tms", "spravato"))
    accept(consult=tms, actor=cast.tess)
    accept(consult=spravato, actor=cast.sam)
    undo_consult(consult=fresh(spravato), actor=cast.sam)
    assert furthest() == [Step.ACCEPTED]


def test_a_second_claim_and_a_second_routing_are_no_first_ones(cast, clinic):
    referral = clinic.routed("tms")
    first = travelers()[0].steps
    with time_machine.travel(timezone.now() + DAY):
        route(referral=referral, actor=cast.cora, treatments=["psychotherapy"], reason="as well")
        assert travelers()[0].steps == first
    closed = clinic.closed()
    with time_machine.travel(timezone.now() + DAY):
        reopen(referral=closed, actor=cast.cora, note="called again")
        assert all(each.steps[Step.TAKEN_UP] < timezone.now() - timedelta(hours=20) for each in travelers())


def test_a_second_form_of_the_same_person_is_left_out(cast, clinic):
    clinic.new()
    close(referral=clinic.in_review(), actor=cast.cora, reason="duplicate", note="sent twice")
    assert len(travelers()) == 1


def test_who_came_before_the_period_is_not_counted(clinic):
    clinic.new()
    with time_machine.travel(timezone.now() + 91 * DAY):
        assert travelers() == []
    with time_machine.travel(timezone.now() + 89 * DAY):
        assert len(travelers()) == 1


def test_of_more_than_can_be_counted_the_newest_are_and_the_page_says_so(
    cast, clinic, monkeypatch, signed_in
):
    clinic.new(), clinic.new(), clinic.new()
    monkeypatch.setattr(people, "MOST_PEOPLE", 2)
    monkeypatch.setattr("treatments.figures.intake.MOST_PEOPLE", 2)
    page = flat(signed_in(cast.cora).get(PAGE))
    assert "2 people" in page and "More came than are counted here" in page


def test_the_wait_of_who_has_not_moved_on_counts_as_open_and_of_who_left_as_neither(cast, clinic):
    clinic.in_review()
    clinic.new()
    close(referral=clinic.new(), actor=cast.cora, reason="duplicate", note="sent twice")
    left = clinic.new()
    close(referral=left, actor=cast.cora, reason="patient_declined")
    with time_machine.travel(timezone.now() + 5 * DAY):
        table = funnel.funnel_of(travelers(), timezone.now())
    taken_up, routed = table.rows[1].times, table.rows[2].times
    assert (taken_up.number, taken_up.still_open, taken_up.longest) == (3, 1, "5 days, open")
    assert (routed.number, routed.still_open, routed.median) == (1, 1, "not half yet")
    assert (table.under_way, table.left) == (2, 1)


# --- The page ---------------------------------------------------------------------------------------------


def test_the_page_is_for_who_reads_all_referrals_and_names_nobody(cast, clinic, signed_in):
    clinic.consult("completed", **{"about.last_name": "Canarybird"})
    clinic.new(**URGENT)
    for person in cast:
        answer = signed_in(person).get(PAGE)
        assert answer.status_code == (200 if person.has_perm("treatments.view_referral") else 403), person
    page = flat(signed_in(cast.clara).get(PAGE))
    assert "Canarybird" not in page and Referral.objects.first().reference not in page
    for words in (
        "Where people are lost",
        "Safety",
        "How consults ended",
        "Does everyone get through?",
        "1 open",
    ):
        assert words in page
    assert page.count("Not known") >= 6  # each table says what it does not know
    assert "style=" not in page and "<style" not in page


def test_a_period_is_chosen_by_a_link_and_an_odd_one_is_the_usual(cast, clinic, signed_in):
    cora = signed_in(cast.cora)
    for asked, days in (("", 90), ("?days=30", 30), ("?days=365", 365), ("?days=7", 90), ("?days=x", 90)):
        page = flat(cora.get(f"{PAGE}{asked}"))
        assert f"Intake, last {days} days" in page
        assert f'<a href="?days={days}" aria-current="page">' in page


def test_more_people_take_no_more_queries(cast, clinic, signed_in):
    client, counts = signed_in(cast.cora), []
    for _round in range(2):
        clinic.consult("completed"), clinic.new(**URGENT), clinic.new(**SAME_DAY), clinic.closed()
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 27
