"""The home pages of clinicians and teams."""

import re
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.conftest import RECORD, SAME_DAY, URGENT, fresh
from tests.pages import flat
from tests.treatments.test_before_routing import WISH
from tests.treatments.test_home import HOME, Browser, moderate, opened
from treatments.figures.team_waits import Moment, read_waits, rows_of, ways_of
from treatments.models import Alert
from treatments.triage.alerts import close_alert
from treatments.triage.consults import accept, book, complete
from treatments.triage.risk import assess_risk
from treatments.triage.team_questions import answer_team, ask_desk
from treatments.triage.undo import undo_consult


@pytest.fixture
def claras(cast) -> Browser:
    return Browser(cast.clara)


# --- A clinician --------------------------------------------------------------------------------------------


def test_a_clinician_sees_open_alerts_by_person_and_takes_one_from_there(clinic, claras):
    done = clinic.new(**URGENT)
    alert = Alert.objects.get(pk=done.submission_id)
    close_alert(alert=alert, actor=clinic.cast.clara, done="Called, is safe.", reached="person")
    clinic.new(**{"about.last_name": "Sameday"}, **SAME_DAY)
    clinic.new(**{"about.last_name": "Urgent"}, **URGENT)
    first, _second = opened(claras)["clinician"]["alerts"]
    assert ("Urgent" in first.name, first.urgent, first.on_it) == (True, True, "")
    page = flat(claras.get(HOME))
    assert "2 people with an open safety alert" in page
    form = re.search(
        r'<form method="post" action="([^"]*take_alert/)">.*?name="seen_version" value="(\d+)"', page
    )
    answer = claras.client().post(form[1], {"seen_version": form[2]})
    assert answer.status_code == 302
    assert opened(claras)["clinician"]["alerts"][0].on_it == "Clara"


def test_own_checks_stand_until_they_are_made_and_late_ones_say_so(clinic, claras):
    checked = moderate(clinic, **URGENT)
    (row,) = opened(claras)["clinician"]["checks"]
    assert (row.referral, row.late) == (checked, False)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        (row,) = opened(claras)["clinician"]["checks"]
        assert row.late and "overdue" in flat(claras.get(HOME))
        assert claras.get(row.url).status_code == 200
    assert opened(claras)["clinician"]["released"] == [("Moderate", 1)]


def test_holds_that_no_clinician_has_judged_wait_for_one(clinic, claras):
    held, kept = clinic.new(**SAME_DAY), clinic.new(**URGENT)
    assert [row.referral for row in opened(claras)["clinician"]["holds"]] == [kept, held]

    assess_risk(
        referral=kept, actor=clinic.cast.clara, recorded=RECORD, level="low", how="phone", hold="keep"
    )
    assert [row.referral for row in opened(claras)["clinician"]["holds"]] == [held]


def test_low_answers_that_no_clinician_has_read_are_to_read(clinic, claras):
    by_clinician, by_coordinator, ringing = clinic.new(**WISH), clinic.new(**WISH), clinic.new(**WISH)
    for referral, actor in ((by_clinician, clinic.cast.clara), (by_coordinator, clinic.cast.cora)):
        alert = Alert.objects.get(pk=referral.submission_id)
        close_alert(alert=alert, actor=actor, done="Called, is safe.", reached="person")
    assert [row.referral for row in opened(claras)["clinician"]["to_read"]] == [by_coordinator]
    assert fresh(ringing).alert_open


# --- A team -------------------------------------------------------------------------------------------------


def test_a_team_sees_its_own_queue_only(cast, clinic):
    clinic.routed("tms", "spravato", **{"about.last_name": "Both"})
    clinic.consult("booked", "spravato", **{"about.last_name": "Elsewhere"})
    home = opened(Browser(cast.tess))
    assert [team.queue.key for team in home["teams"]] == ["tms"]
    assert "coordinator" not in home and "clinician" not in home
    page = flat(Browser(cast.tess).get(HOME))
    assert "Elsewhere" not in page and "Figures" not in page


def test_a_team_sees_visits_without_an_outcome_before_those_to_come(cast, clinic):
    to_come = clinic.consult("booked")
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        over = clinic.booked_today()
    (team,) = opened(Browser(cast.tess))["teams"]
    assert [(row.consult.pk, row.over) for row in team.visits] == [(over.pk, True), (to_come.pk, False)]
    page = flat(Browser(cast.tess).get(HOME))
    assert f"/admin/treatments/tmsconsult/{over.pk}/no_show/" in page


def test_a_visit_of_this_morning_is_over_in_the_number_the_list_and_the_queue(cast, clinic):
    begins = datetime(2026, 11, 16, 9, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(begins - timedelta(hours=1), tick=False):
        consult = clinic.consult("accepted")
        book(consult=consult, actor=cast.tess, day=begins.date(), starts=time(9), ends=time(10))
    for hours, over in ((0.5, 0), (2, 1)):
        with time_machine.travel(begins + timedelta(hours=hours), tick=False):
            (home,) = opened(Browser(cast.tess))["teams"]
            shown = Browser(cast.tess).get("/admin/treatments/tmsconsult/?show=over")
        assert (home.queue.over, sum(row.over for row in home.visits)) == (over, over)
        assert (consult.referral.name in flat(shown)) is bool(over)


def test_a_team_sees_what_it_asked_and_what_the_desk_answered(cast, clinic):
    consult = clinic.consult("accepted")
    ask_desk(consult=consult, actor=cast.tess, note="Any metal in the head?")
    (row,) = opened(Browser(cast.tess))["teams"][0].asked
    assert (row.asked, row.answer) == ("Any metal in the head?", "")
    answer_team(referral=fresh(consult.referral), actor=cast.cora, consult=consult, note="None, she says.")
    (row,) = opened(Browser(cast.tess))["teams"][0].asked
    assert row.answer == "None, she says." and row.answered


def test_a_team_sees_how_its_consults_ended_and_how_long_each_step_took(cast, clinic):
    start = timezone.now()
    waits, takes = clinic.consult("waiting"), clinic.consult("waiting")
    with time_machine.travel(start + timedelta(days=3), tick=False):
        accept(consult=takes, actor=cast.tess)
    ended = clinic.consult("booked")
    complete(consult=ended, actor=cast.tess, outcome="patient_declined", note="told us")
    with time_machine.travel(start + timedelta(days=8), tick=False):
        (team,) = opened(Browser(cast.tess))["teams"]
    accepted, booked, _seen = (row.times for row in team.waits)
    assert (accepted.number, accepted.still_open, accepted.longest) == (3, 1, "8 days, open")
    assert accepted.median == "3 days"
    assert (booked.number, booked.longest) == (2, "5 days, open")
    assert [number for _words, number in team.ended] == [1]
    assert waits.is_open


def test_the_first_moment_counts_and_a_step_whose_beginning_is_not_known_is_no_wait():
    now = timezone.now()

    def moment(consult, kind, days, treatment="tms", state="booked") -> Moment:
        return Moment(consult, treatment, state, now - timedelta(days=9), kind, now - timedelta(days=days))

    moments = [moment(1, "accepted", 2), moment(1, "accepted", 5), moment(1, "booked", 1)]
    moments += [moment(2, "booked", 1), moment(3, "accepted", 1, treatment="spravato")]
    moments += [moment(4, "", 9, state="withdrawn")]
    accepted, booked, _seen = (row.times for row in rows_of(ways_of(moments), "tms", now))
    assert (accepted.number, accepted.longest) == (1, "4 days")
    assert (booked.number, booked.longest) == (1, "4 days")


def test_of_the_steps_those_of_the_period_count_and_what_was_undone_does_not(cast, clinic):
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=40), tick=False):
        ended = clinic.consult("booked")
        complete(consult=ended, actor=cast.tess, outcome="patient_declined", note="told us")
    undone = clinic.consult("waiting")
    accept(consult=fresh(undone), actor=cast.tess)
    undo_consult(consult=fresh(undone), actor=cast.tess)
    accepted, booked, seen = (row.times for row in read_waits(["tms"], now - timedelta(days=30), now)["tms"])
    assert (accepted.number, accepted.still_open) == (1, 1)
    assert (booked.number, seen.number) == (0, 0)
