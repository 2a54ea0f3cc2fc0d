"""A visit that is over while nobody has said how it ended: over target for the team, and marked once for the desk."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from intake.locations import settings_of
from tests.conftest import Clinic, fresh
from tests.treatments.test_flags import flags
from treatments.admin.lists.due_marks import consult_is_over_target
from treatments.figures import outcomes
from treatments.models import Consult, Event
from treatments.models.consult_lists import QueueGroup, queue_group
from treatments.triage.consults import book, complete, record_no_show, reschedule
from treatments.triage.contacts import make_caring_contact
from treatments.triage.notes import deal_with
from treatments.triage.passed_visits import mark_passed_visits
from treatments.triage.undo import undo_consult
from treatments.triage.visits import cancel_visit, record_held
from treatments.workflow import Refused

pytestmark = pytest.mark.django_db


def passed(clinic: Clinic) -> tuple[Consult, datetime]:
    """A consult with a visit on the next working day, and a moment nine working hours after it."""
    consult = clinic.consult("accepted")
    day = settings_of(None).working_time.next_day(timezone.localdate())
    book(consult=consult, actor=clinic.cast.tess, day=day, starts=time(10), ends=time(11))
    return fresh(consult), settings_of(None).working_time.moment_after(consult.visits.get().until, 9)


def marked(clinic: Clinic) -> tuple[Consult, datetime]:
    consult, later = passed(clinic)
    assert mark_passed_visits(later) == 1
    return fresh(consult), later


def test_after_eight_working_hours_the_desk_is_told_once(clinic):
    consult, later = passed(clinic)
    assert mark_passed_visits(later - timedelta(hours=2)) == 0
    assert flags(consult.referral) == []
    assert [mark_passed_visits(later) for _twice in range(2)] == [1, 0]
    assert flags(consult.referral) == ["passed"]
    event = Event.objects.get(kind="visit_passed")
    assert (event.consult_id, event.actor, event.at) == (consult.pk, None, later)
    deal_with(
        referral=fresh(consult.referral),
        actor=clinic.cast.cora,
        reasons={"passed": "asked the team"},
    )
    assert mark_passed_visits(later + timedelta(days=5)) == 0
    assert flags(consult.referral) == []


@pytest.mark.parametrize("way", ["complete", "no_show", "visit_held", "reschedule", "cancel_visit"])
def test_whatever_the_team_then_says_ends_the_mark_and_its_undoing_brings_it_back(clinic, way):
    consult, later = marked(clinic)
    do = {"consult": consult, "actor": clinic.cast.tess, "at": later}
    if way == "complete":
        complete(**do, outcome="started_treatment")
    elif way == "no_show":
        record_no_show(**do)
    elif way == "visit_held":
        record_held(**do)
    elif way == "reschedule":
        reschedule(**do, day=timezone.localdate(later) + timedelta(days=9))
    else:
        cancel_visit(**do, note="the room was closed")
    assert "passed" not in flags(consult.referral)
    undo_consult(consult=fresh(consult), actor=clinic.cast.tess, at=later + timedelta(minutes=1))
    assert flags(consult.referral) == ["passed"]
    assert mark_passed_visits(later) == 0


def test_another_visit_that_was_marked_keeps_the_mark(clinic):
    consult, later = passed(clinic)
    day = timezone.localdate(later)
    book(consult=consult, actor=clinic.cast.tess, day=day, starts=time(8), ends=time(8, 30))
    even_later = settings_of(None).working_time.moment_after(later, 20)
    assert mark_passed_visits(even_later) == 2
    record_held(consult=fresh(consult), actor=clinic.cast.tess, at=even_later)
    assert flags(consult.referral) == ["passed"]
    record_held(consult=fresh(consult), actor=clinic.cast.tess, at=even_later)
    assert flags(consult.referral) == []


def test_over_target_are_accepted_without_a_visit_and_passed_without_an_outcome(clinic, settings):
    consult, later = passed(clinic)
    accepted = clinic.consult("accepted", "spravato")
    rows = Consult.objects.order_by("pk")

    def over(at: datetime) -> set[int]:
        with time_machine.travel(at, tick=False):
            found = set(rows.over_target(at).values_list("pk", flat=True))
            assert found == {row.pk for row in rows if consult_is_over_target(row)}
            return found

    hours = settings_of(None).working_time.moment_after
    assert over(timezone.now()) == set()
    assert accepted.pk not in over(hours(accepted.target_from, 23))
    assert accepted.pk in over(hours(accepted.target_from, 25))
    assert consult.pk in over(later) and consult.pk not in over(later - timedelta(hours=2))
    settings.TARGET_HOURS = {"accepted": 1, "visit_over": 100}
    assert accepted.pk in over(hours(accepted.target_from, 2)) and consult.pk not in over(later)
    booked, visited = QueueGroup.BOOKED, QueueGroup.VISIT_OVER
    for at, group in ((timezone.now(), booked), (later, visited)):
        with time_machine.travel(at, tick=False):
            assert dict(rows.values_list("pk", queue_group())) == {
                consult.pk: group,
                accepted.pk: QueueGroup.ACCEPTED,
            }


def test_after_a_missed_visit_a_caring_contact_may_be_made_and_the_figures_count_it(clinic):
    consult = clinic.booked_today()
    with pytest.raises(Refused, match="No caring contact is due"):
        make_caring_contact(referral=consult.referral, actor=clinic.cast.cora, note="called")
    record_no_show(consult=consult, actor=clinic.cast.tess)
    make_caring_contact(referral=fresh(consult.referral), actor=clinic.cast.cora, note="called, is well")
    assert fresh(consult.referral).events.filter(kind="caring_contact").count() == 1
    table = outcomes.read_outcomes(["tms", "spravato"], timezone.now() - timedelta(days=90))
    missed = next(row for row in table.rows if row.words == outcomes.NO_SHOWS.label)
    assert missed.numbers == (1, 0)
    later = outcomes.read_outcomes(["tms"], timezone.now())
    assert {row.numbers for row in later.rows} == {(0,)}
