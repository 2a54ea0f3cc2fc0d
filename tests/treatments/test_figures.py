"""The director's page: who came how far, how long it took with the open ones, for whom; and who may see it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.conftest import SAME_DAY, URGENT, fresh
from tests.pages import flat
from treatments.figures import people
from treatments.figures.funnel import Funnel, funnel_of
from treatments.figures.people import Step, Traveler
from treatments.figures.tally import Count
from treatments.models import Referral
from treatments.triage.assignment import assign, claim
from treatments.triage.closing import close, reopen
from treatments.triage.consults import accept, complete, record_no_show
from treatments.triage.figure_count import count_figures
from treatments.triage.routing import route, withdraw
from treatments.triage.undo import undo, undo_consult

PAGE = "/admin/figures/"
DAY = timedelta(days=1)


def travelers() -> list[Traveler]:
    now = timezone.now()
    return [each for some in people.read_people(now - 90 * DAY, now) for each in some]


def furthest() -> list[Step]:
    return sorted(each.furthest for each in travelers())


def table() -> Funnel:
    """With nothing hidden: what may be told is tested in test_figures_few.py."""
    count = Count()
    for each in travelers():
        count.add(each, timezone.now())
    return funnel_of(count, list(Step), timed=list(Step))


# --- Who came how far ------------------------------------------------------------------------------------


def test_each_person_is_counted_at_every_step_up_to_the_furthest(clinic):
    clinic.new(), clinic.in_review(), clinic.routed("tms", "spravato")
    for state in ("accepted", "booked", "completed"):
        clinic.consult(state)
    assert furthest() == [Step.RECEIVED, Step.TAKEN_UP, Step.ROUTED, Step.ACCEPTED, Step.BOOKED, Step.STARTED]
    found = table()
    assert [row.people for row in found.rows] == [6, 6, 5, 4, 3, 2, 1, 1]
    assert found.rows[2].percent == pytest.approx(83.33)
    assert (found.under_way, found.left) == (5, 0)


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
    now, count = timezone.now(), Count()
    begun = {Step.BEGUN: now - 9 * DAY, Step.RECEIVED: now - 8 * DAY}
    count.add(Traveler(None, "en", "self", None, {Step.BEGUN: now - 30 * DAY}), now)
    count.add(Traveler(None, "en", "self", None, begun), now)
    count.add(Traveler(None, "en", "self", now, {**begun, Step.SEEN: now - DAY, Step.STARTED: now}), now)
    found = funnel_of(count, list(Step), timed=list(Step))
    first, sent, taken_up, *_between, seen, started = found.rows
    assert (first.people, first.share, first.median, first.longest) == (3, "–", "–", "–")
    assert (sent.people, sent.median, sent.longest) == (2, "24 hours", "24 hours")  # of those who sent
    assert (taken_up.people, taken_up.median, taken_up.longest) == (1, "not half yet", "8 days, open")
    assert (seen.people, seen.median) == (1, "–")  # when it was booked is not known
    assert (started.people, started.median, started.longest) == (1, "24 hours", "24 hours")
    assert (found.left, found.under_way) == (0, 1)


def test_who_skipped_a_step_does_not_wait_for_it():
    now, count = timezone.now(), Count()
    steps = {Step.BEGUN: now - 9 * DAY, Step.RECEIVED: now - 9 * DAY, Step.ROUTED: now}
    count.add(Traveler(None, "en", "self", None, steps), now)
    assert [row.longest for row in funnel_of(count, list(Step), timed=list(Step)).rows[2:4]] == ["–", "–"]


def test_taking_back_an_end_takes_back_nothing_before_it(cast, clinic):
    consult = clinic.consult("booked")
    complete(consult=consult, actor=cast.tess, outcome="patient_declined", note="told us")
    undo_consult(consult=fresh(consult), actor=cast.tess)
    assert Step.BOOKED in travelers()[0].steps


@pytest.mark.parametrize("hidden", [Step.RECEIVED, Step.TAKEN_UP])
def test_who_left_and_who_is_under_way_is_told_where_it_says_nothing_of_a_step_that_is_hidden(hidden):
    told = [step for step in Step if step != hidden]
    found = funnel_of(Count(left=4, under_way=40), told, timed=told)
    assert (found.left, found.under_way) == (None, None)


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


def test_what_ended_in_another_way_is_neither_seen_nor_started(cast, clinic):
    with time_machine.travel(timezone.now() - DAY):
        missed = clinic.booked_today()
    declined = clinic.consult("booked", "spravato")
    record_no_show(consult=missed, actor=cast.tess)
    complete(consult=fresh(declined), actor=cast.sam, outcome="patient_declined", note="told us")
    assert furthest() == [Step.BOOKED, Step.BOOKED]


def test_a_consult_that_was_withdrawn_later_keeps_its_steps_where_it_is_known_when_it_was_routed(
    cast, clinic
):
    consult = clinic.consult("accepted")
    withdraw(consult=consult, actor=cast.cora, note="moved away")
    (person,) = travelers()
    assert list(person.queues) == ["tms"] and person.furthest == Step.ACCEPTED
    # It kept the place of one before it.
    type(consult).objects.filter(pk=consult.pk).update(opened_at=timezone.now() - 9 * DAY)
    (person,) = travelers()
    assert not person.queues and person.furthest == Step.ROUTED


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


def test_the_wait_of_who_has_not_moved_on_counts_as_open_and_of_who_left_as_neither(cast, clinic):
    clinic.in_review()
    clinic.new()
    close(referral=clinic.new(), actor=cast.cora, reason="duplicate", note="sent twice")
    left = clinic.new()
    close(referral=left, actor=cast.cora, reason="patient_declined")
    with time_machine.travel(timezone.now() + 5 * DAY):
        found = table()
    taken_up, routed = found.rows[2:4]
    assert (taken_up.people, taken_up.longest) == (1, "5 days, open")
    assert (routed.people, routed.median) == (0, "not half yet")
    assert (found.under_way, found.left) == (2, 1)


# --- The page ---------------------------------------------------------------------------------------------


def test_the_page_is_for_who_reads_all_referrals_and_names_nobody(cast, clinic, signed_in):
    clinic.consult("completed", **{"about.last_name": "Canarybird"})
    clinic.new(**URGENT)
    count_figures(timezone.now())
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


def test_the_page_reads_what_was_counted_however_many_came(cast, clinic, signed_in):
    client, counts = signed_in(cast.cora), []
    for _round in range(2):
        clinic.consult("completed"), clinic.new(**URGENT), clinic.new(**SAME_DAY), clinic.closed()
        count_figures(timezone.now())
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
