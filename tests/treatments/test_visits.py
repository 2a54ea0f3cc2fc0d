"""Visits of a consult: booked, moved, canceled, held; the consult is accepted again once none stands."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.locations import settings_of
from tests.conftest import Clinic, fresh
from tests.treatments.test_flags import day_after
from treatments.models import Consult, Event, Visit
from treatments.triage.consults import book, complete, record_no_show, reschedule, return_consult, transfer
from treatments.triage.routing import withdraw
from treatments.triage.undo import undo_consult
from treatments.triage.visits import cancel_visit, record_held
from treatments.workflow import Refused

pytestmark = pytest.mark.django_db

TEN, ELEVEN = time(10), time(11)


def with_two(clinic: Clinic, first: int = 5, second: int = 9) -> tuple[Consult, Visit, Visit]:
    consult = clinic.consult("accepted")
    for days in (first, second):
        book(consult=consult, actor=clinic.cast.tess, day=day_after(days), starts=TEN, ends=ELEVEN)
    earlier, later = consult.visits.in_order()
    return fresh(consult), earlier, later


def test_a_consult_has_several_visits_and_its_day_is_that_of_the_next(clinic):
    consult, first, second = with_two(clinic)
    assert (consult.state, consult.booked_for, consult.visit_at) == ("booked", first.day, first.begins)
    assert consult.target_from == first.until
    cancel_visit(consult=consult, actor=clinic.cast.tess, note="the room is taken", visit=first.pk)
    consult = fresh(consult)
    assert (consult.state, consult.booked_for, fresh(first).ended) == ("booked", second.day, "canceled")
    cancel_visit(consult=consult, actor=clinic.cast.tess, note="away")
    consult = fresh(consult)
    assert (consult.state, consult.booked_for, consult.visit_at) == ("accepted", None, None)
    assert consult.target_from == Event.objects.latest("pk").at


def test_undone_what_an_action_did_to_visits_is_as_before(clinic):
    consult, first, _second = with_two(clinic)
    undo_consult(consult=consult, actor=clinic.cast.tess)
    assert [visit.pk for visit in consult.visits.all()] == [first.pk]
    consult = fresh(consult)
    reschedule(consult=consult, actor=clinic.cast.tess, day=day_after(20), starts=TEN, ends=ELEVEN, place="4")
    moved = consult.visits.standing().get()
    assert (fresh(first).ended, moved.calendar, moved.moves, moved.place) == ("moved", first.calendar, 1, "4")
    undo_consult(consult=fresh(consult), actor=clinic.cast.tess)
    again = consult.visits.get()
    assert (again.pk, again.ended, again.ended_at, again.remind_on) == (first.pk, "", None, first.remind_on)
    assert fresh(consult).booked_for == first.day
    cancel_visit(consult=fresh(consult), actor=clinic.cast.tess, note="away")
    undo_consult(consult=fresh(consult), actor=clinic.cast.tess)
    assert (fresh(consult).state, fresh(consult).booked_for) == ("booked", first.day)
    assert fresh(consult).target_from == first.until


def test_moved_what_goes_with_it_stays_and_may_be_changed_alone(clinic):
    consult = clinic.consult("accepted")
    at = {"day": day_after(6), "starts": TEN, "ends": ELEVEN}
    book(consult=consult, actor=clinic.cast.tess, place="Room 2", bring="your list", **at)
    reschedule(consult=fresh(consult), actor=clinic.cast.tess, with_whom="the nurse", **at)
    visit = consult.visits.standing().get()
    assert (visit.place, visit.bring, visit.with_whom) == ("Room 2", "your list", "the nurse")
    with pytest.raises(Refused, match="for then already"):
        reschedule(consult=fresh(consult), actor=clinic.cast.tess, **at)


def test_a_visit_that_took_place_leaves_the_consult_open(clinic):
    consult = clinic.booked_today()
    book(consult=consult, actor=clinic.cast.tess, day=day_after(7))
    record_held(consult=fresh(consult), actor=clinic.cast.tess)
    assert (fresh(consult).state, fresh(consult).booked_for) == ("booked", day_after(7))
    with pytest.raises(Refused, match="still to come"):
        record_held(consult=fresh(consult), actor=clinic.cast.tess)
    only = clinic.booked_today("spravato")
    record_held(consult=only, actor=clinic.cast.sam)
    assert fresh(only).state == "accepted"


def test_nobody_missed_a_visit_that_is_still_to_come_while_another_has_passed(clinic):
    consult = clinic.booked_today()
    book(consult=consult, actor=clinic.cast.tess, day=day_after(7))
    later = consult.visits.get(day=day_after(7))
    with pytest.raises(Refused, match="still to come"):
        record_no_show(consult=fresh(consult), actor=clinic.cast.tess, visit=later.pk)
    record_no_show(consult=fresh(consult), actor=clinic.cast.tess)
    assert (fresh(consult).state, fresh(consult).no_shows) == ("booked", 1)


@pytest.mark.parametrize("way", ["return", "withdraw", "transfer"])
def test_who_leaves_the_queue_has_no_visit_there_any_more(clinic, way):
    consult = clinic.consult("booked")
    if way == "return":
        return_consult(consult=consult, actor=clinic.cast.tess, reason="patient_declined")
    elif way == "withdraw":
        withdraw(consult=consult, actor=clinic.cast.cora, note="moved away")
    else:
        transfer(consult=consult, actor=clinic.cast.tess, treatment="spravato", note="asks for it")
    visit = consult.visits.get()
    assert (visit.ended, visit.remind_on) == ("canceled", None)


def test_completed_what_has_begun_took_place_and_what_is_to_come_is_canceled(clinic):
    consult = clinic.booked_today()
    book(consult=consult, actor=clinic.cast.tess, day=day_after(7))
    complete(consult=fresh(consult), actor=clinic.cast.tess, outcome="started_treatment")
    assert [visit.ended for visit in consult.visits.in_order()] == ["held", "canceled"]


def test_an_outcome_an_hour_before_the_visit_asks_why(clinic):
    consult = clinic.consult("accepted")
    starts = datetime.combine(day_after(3), TEN, timezone.get_current_timezone())
    book(consult=consult, actor=clinic.cast.tess, day=starts.date(), starts=TEN, ends=ELEVEN)
    early = {"consult": fresh(consult), "actor": clinic.cast.tess, "outcome": "started_treatment"}
    with pytest.raises(Refused, match="still to come"):
        complete(**early, at=starts - timedelta(hours=1))
    complete(**early, at=starts + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"starts": ELEVEN, "ends": TEN}, "A visit ends after it starts."),
        ({"ends": TEN}, "A visit ends after it starts."),
        ({"day": day_after(-1)}, "The day of the visit can't be in the past."),
        ({"starts": TEN, "ends": ELEVEN}, "A visit is booked for then already."),
    ],
)
def test_a_time_that_cannot_be_is_refused(clinic, more, sentence):
    consult = clinic.consult("accepted")
    book(consult=consult, actor=clinic.cast.tess, day=day_after(5), starts=TEN, ends=ELEVEN)
    with pytest.raises(Refused, match=sentence):
        book(consult=fresh(consult), actor=clinic.cast.tess, **{"day": day_after(5), **more})


def test_earlier_today_is_in_the_past(clinic):
    consult = clinic.consult("accepted")
    noon = datetime.combine(day_after(2), time(12), ZoneInfo(settings_of(None).time_zone))
    with pytest.raises(Refused, match="in the past"):
        book(consult=consult, actor=clinic.cast.tess, day=noon.date(), starts=TEN, ends=ELEVEN, at=noon)


def test_a_visit_of_another_consult_is_no_choice(clinic):
    other = clinic.consult("booked", "spravato").visits.get()
    consult = clinic.consult("booked")
    with pytest.raises(Refused, match="Choose one of the visits"):
        cancel_visit(consult=consult, actor=clinic.cast.tess, note="away", visit=other.pk)
    assert fresh(other).ended == ""


def test_the_database_refuses_what_cannot_be(clinic):
    visit = clinic.consult("booked").visits.get()
    for wrong in ({"ended": "held"}, {"ended_at": timezone.now()}, {"starts": ELEVEN, "ends": TEN}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.filter(pk=visit.pk).update(**wrong)


# --- Its form ---------------------------------------------------------------------------------------------


def test_outside_the_clinics_hours_the_form_asks_to_be_sent_again(clinic, signed_in):
    consult = clinic.consult("accepted")
    here, address = signed_in(clinic.cast.tess), f"/admin/treatments/tmsconsult/{consult.pk}/book/"
    works = settings_of(None).working_time.next_day(day_after(1))
    sunday = works + timedelta(days=6 - works.weekday())

    def sent(day, starts, ends, **more) -> str:
        told = {"seen_version": fresh(consult).version, "seen_event": 0, "day": day, **more}
        page = here.post(address, {**told, "starts": starts, "ends": ends}, follow=True)
        return page.content.decode()

    for day, starts, ends in (
        (sunday, "10:00", "10:30"),
        (works, "06:00", "06:30"),
        (works, "16:30", "23:00"),
    ):
        assert "The clinic does not work then." in sent(day, starts, ends)
    page = sent(sunday, "10:00", "10:30")
    assert f'name="again" value="{sunday} 10:00:00 10:30:00"' in page
    again = f"{sunday} 10:00:00 10:30:00"
    assert "The clinic does not work then." in sent(sunday, "11:00", "11:30", again=again)
    assert not consult.visits.exists()
    sent(sunday, "10:00", "10:30", again=again)
    assert consult.visits.get().day == sunday


def test_a_holiday_is_outside_the_hours(clinic, signed_in, settings):
    works = settings_of(None).working_time.next_day(day_after(1))
    settings.CLINIC_HOLIDAYS = [works]
    consult = clinic.consult("accepted")
    told = {
        "seen_version": consult.version,
        "seen_event": 0,
        "day": works,
        "starts": "10:00",
        "ends": "10:30",
    }
    page = signed_in(clinic.cast.tess).post(f"/admin/treatments/tmsconsult/{consult.pk}/book/", told)
    assert "The clinic does not work then." in page.content.decode()


def test_of_several_visits_the_form_asks_which(clinic, signed_in):
    consult, first, second = with_two(clinic)
    here, address = signed_in(clinic.cast.tess), f"/admin/treatments/tmsconsult/{consult.pk}/cancel_visit/"
    told = {"seen_version": consult.version, "seen_event": 0, "note": "away"}
    assert "Which visit?" in here.get(address).content.decode()
    assert here.post(address, told).status_code == 200
    here.post(address, {**told, "visit": second.pk})
    assert (fresh(first).ended, fresh(second).ended) == ("", "canceled")


def test_team_and_desk_read_when_where_and_with_whom(clinic, signed_in):
    consult = clinic.consult("accepted")
    more = {"place": "Room 2", "with_whom": "Nurse Ada", "bring": "your list", "message": "Come early."}
    book(consult=consult, actor=clinic.cast.tess, day=day_after(5), starts=TEN, ends=ELEVEN, **more)
    for person, address in (
        (clinic.cast.tess, f"tmsconsult/{consult.pk}/"),
        (clinic.cast.cora, f"referral/{consult.referral_id}/"),
    ):
        page = signed_in(person).get(f"/admin/treatments/{address}").content.decode()
        for words in ("10:00 am", *more.values(), "not confirmed"):
            assert words in page, words


# --- The day of a team --------------------------------------------------------------------------------------


def days_page(client, treatment: str = "tms", day: str = "") -> str:
    return client.get(f"/admin/treatments/{treatment}consult/visits/", {"day": day}).content.decode()


def test_a_team_reads_the_visits_of_a_day_and_nobody_elses(clinic, signed_in):
    consult, first, _second = with_two(clinic)
    other = clinic.consult("accepted", "spravato", **{"about.first_name": "Elsewhere"})
    book(consult=other, actor=clinic.cast.sam, day=first.day, starts=TEN, ends=ELEVEN)
    page = days_page(signed_in(clinic.cast.tess), day=first.day.isoformat())
    assert f'<a href="../{consult.pk}/">' in page and "10:00 am–11:00 am" in page and "not confirmed" in page
    assert "Elsewhere" not in page
    for nobody in (clinic.cast.sam, clinic.cast.sid, clinic.cast.cora):
        assert signed_in(nobody).get("/admin/treatments/tmsconsult/visits/").status_code in (302, 403)


@pytest.mark.parametrize("day", ["", "nonsense", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_without_a_day_that_there_is_it_is_today(clinic, signed_in, day):
    consult = clinic.booked_today()
    assert f'<a href="../{consult.pk}/">' in days_page(signed_in(clinic.cast.tess), day=day)


def test_moved_away_or_given_back_it_is_no_visit_of_that_day_any_more(clinic, signed_in):
    moved, given_back = clinic.booked_today(), clinic.booked_today()
    reschedule(consult=moved, actor=clinic.cast.tess, day=day_after(3))
    return_consult(consult=given_back, actor=clinic.cast.tess, reason="patient_declined")
    assert "No visit on this day." in days_page(signed_in(clinic.cast.tess))


def test_the_day_is_on_record_as_a_list(clinic, signed_in):
    clinic.booked_today()
    days_page(signed_in(clinic.cast.tess))
    event = Event.objects.latest("pk")
    assert (event.kind, event.details["page"]) == ("shown", "treatments_tmsconsult_visits")


def test_the_day_takes_no_more_queries_for_more_visits(clinic, signed_in, django_assert_max_num_queries):
    for _each in range(4):
        clinic.booked_today()
    client = signed_in(clinic.cast.tess)
    with django_assert_max_num_queries(11):
        days_page(client)
