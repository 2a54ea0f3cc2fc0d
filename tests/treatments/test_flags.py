"""What came from the patient or a team stands beside the state until somebody has dealt with it."""

import re
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from html import unescape
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from intake.models import Message
from intake.times.working_time import WorkingTime
from tests.conftest import QUESTION, RECORD, Clinic, fresh, written_to
from tests.treatments.test_triage import everything
from treatments.admin.forms.shared import FORMS
from treatments.models import Referral, desk_clock
from treatments.reading.redaction import redaction_for
from treatments.triage.closing import close, reopen
from treatments.triage.consults import record_no_show, return_consult
from treatments.triage.notes import add_note, deal_with
from treatments.triage.questions import ask_patient, sweep_unanswered
from treatments.triage.risk import assess_risk
from treatments.triage.routing import route
from treatments.triage.team_questions import answer_team, ask_desk
from treatments.triage.undo import undo, undo_consult
from treatments.workflow import Attention, Refused
from treatments.workflow.flags import ANSWERS

pytestmark = pytest.mark.django_db

NEW_YORK = ZoneInfo("America/New_York")
MON_TO_FRI = frozenset(range(5))


def flags(referral: Referral) -> list[str]:
    return [flag.value for flag, _since in fresh(referral).standing_flags]


def withdraw(referral: Referral) -> None:
    Message.withdraw(referral.submission, reason="I moved.", key=uuid4())


def page_of(referral: Referral) -> str:
    return reverse("admin:treatments_referral_change", args=[referral.pk])


@pytest.fixture
def nothing_changes():
    @contextmanager
    def check(error, match: str = ""):
        before = everything()
        with pytest.raises(error, match=match or None):
            yield
        assert everything() == before

    return check


def words(html: str) -> str:
    """What a reader sees, without the marks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


WORKLIST = "/admin/treatments/referral/"


# --- What came back ---------------------------------------------------------------------------------------


def day_after(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def returned(clinic: Clinic, treatment: str, referral: Referral, **told) -> None:
    return_consult(
        consult=referral.consults.open().get(treatment=treatment), actor=clinic.cast.team(treatment), **told
    )


def test_what_each_team_said_stands_first_with_the_action_that_its_reason_asks_for(clinic, signed_in):
    referral = clinic.routed("tms", "spravato", "psychotherapy")
    returned(clinic, "tms", referral, reason="more_information", note="Which implant is it?")
    returned(clinic, "spravato", referral, reason="no_capacity", again=day_after(20))
    cora = signed_in(clinic.cast.cora)
    page = cora.get(page_of(referral)).content.decode()
    shown = page.split("Waits for somebody")[1].split("</section>")[0]
    assert page.index("Waits for somebody") < page.index('<ul class="staff-actions')
    said = words(shown)
    assert said.index("The team has no room") < said.index("Which implant is it?")
    assert "next: the coordinators" in said and "room from" in said
    assert shown.index('href="route/') < shown.index('href="log_contact/')
    assert 'href="ask_patient/' in shown  # the referral stays with the team that has it
    add_note(referral=fresh(referral), actor=clinic.cast.cora, note="Called the team.")
    assert flags(referral) == ["returned"]
    deal_with(referral=fresh(referral), actor=clinic.cast.cora, reasons={"returned": "Told the team."})
    returned(clinic, "psychotherapy", referral, reason="patient_declined")
    said = words(cora.get(page_of(referral)).content.decode())
    said = said.split("Waits for somebody")[1].split("Safety answers")[0]
    assert "does not want this treatment" in said and "Which implant" not in said


def test_where_a_team_still_has_it_the_page_says_why_it_is_not_closed_and_offers_to_withdraw(
    clinic, signed_in
):
    referral = clinic.routed("tms", "spravato")
    returned(clinic, "tms", referral, reason="patient_declined")
    page = signed_in(clinic.cast.cora).get(page_of(referral)).content.decode()
    shown = page.split("Waits for somebody")[1].split("</section>")[0]
    assert 'href="withdraw/' in shown and "Withdraw its consult first." in shown


# --- A team asks the desk -------------------------------------------------------------------------------


def test_a_team_asks_the_desk_without_giving_the_consult_back_and_reads_its_answer(clinic, signed_in):
    consult = clinic.consult("accepted")
    ask_desk(consult=consult, actor=clinic.cast.tess, note="Which implant is it?")
    referral = fresh(consult.referral)
    assert (flags(referral), referral.state, fresh(consult).state) == (["team_asks"], "routed", "accepted")
    assert referral in Referral.objects.needing_a_coordinator()
    shown = signed_in(clinic.cast.cora).get(page_of(referral)).content.decode()
    shown = shown.split("Waits for somebody")[1].split("</section>")[0]
    assert "Which implant is it?" in shown and 'href="answer_team/' in shown and 'href="ask_patient/' in shown
    answer_team(consult=fresh(consult), actor=clinic.cast.cora, note="A cochlear one.")
    assert flags(referral) == []
    page = reverse("admin:treatments_tmsconsult_change", args=[consult.pk])
    assert "A cochlear one." in signed_in(clinic.cast.tess).get(page).content.decode()


def test_while_another_team_waits_for_its_answer_the_flag_stands(clinic):
    referral = clinic.routed("tms", "spravato")
    for treatment in ("tms", "spravato"):
        consult = referral.consults.get(treatment=treatment)
        ask_desk(consult=consult, actor=clinic.cast.team(treatment), note="Which implant?")
    tms, spravato = (referral.consults.get(treatment=each) for each in ("tms", "spravato"))
    answer_team(consult=tms, actor=clinic.cast.cora, note="None.")
    assert flags(referral) == ["team_asks"]
    with pytest.raises(Refused, match="waits for no answer"):
        answer_team(consult=fresh(tms), actor=clinic.cast.carl, note="None, I think.")
    answer_team(consult=fresh(spravato), actor=clinic.cast.cora, note="None.")
    assert flags(referral) == []


def test_asking_the_patient_answers_a_team_that_asks(clinic):
    consult = clinic.consult("waiting")
    ask_desk(consult=consult, actor=clinic.cast.tess, note="How long?")
    ask_patient(referral=fresh(consult.referral), actor=clinic.cast.cora, **QUESTION)
    assert flags(consult.referral) == [] and fresh(consult.referral).state == "routed"


# --- Not safe at this time ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reasons", "left"), [(["unsafe_now"], []), (["unsafe_now", "more_information"], ["returned"])]
)
def test_an_assessment_answers_what_came_back_as_not_safe_now_and_nothing_else(reasons, left, clinic):
    referral = clinic.routed("tms", "spravato")
    for treatment, reason in zip(("tms", "spravato"), reasons, strict=False):
        returned(clinic, treatment, referral, reason=reason, note="Please look.")
    assess_risk(referral=fresh(referral), actor=clinic.cast.clara, recorded=RECORD, level="low", how="phone")
    assert flags(referral) == left


def test_what_a_team_said_and_took_back_stands_there_no_more(clinic, signed_in):
    referral = clinic.routed("tms", "spravato")
    returned(clinic, "spravato", referral, reason="not_reached")
    returned(clinic, "tms", referral, reason="more_information", note="Which implant is it?")
    cora, page = signed_in(clinic.cast.cora), page_of(referral)
    asked = words(cora.get(page).content.decode()).split("Safety answers")[0]
    undo_consult(consult=referral.consults.get(treatment="tms"), actor=clinic.cast.tess)
    after = words(cora.get(page).content.decode()).split("Safety answers")[0]
    assert "Which implant is it?" in asked and "Which implant is it?" not in after
    assert flags(referral) == ["returned"] and "could not be reached" in after


def test_put_back_after_the_day_that_the_team_named_it_waits_for_no_day(clinic):
    referral = clinic.routed("tms")
    returned(clinic, "tms", referral, reason="no_capacity", again=day_after(2))
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        route(referral=fresh(referral), actor=clinic.cast.cora, treatments=["tms"])
    assert referral.consults.open().get().not_before is None


def test_put_back_where_there_was_no_room_it_keeps_its_waiting_time_until_the_day_the_team_named(clinic):
    with time_machine.travel(timezone.now() - timedelta(days=9), tick=False):
        referral = clinic.routed("tms", "spravato")
    first = referral.consults.get(treatment="tms")
    opened, day = first.opened_at, day_after(20)
    returned(clinic, "tms", referral, reason="no_capacity", again=day)
    assert fresh(first).not_before == day
    form = FORMS["route"](
        referral=fresh(referral), redaction=redaction_for(clinic.cast.cora, referral.submission)
    )
    kept = {choice["key"]: choice["kept"] for choice in form.shows(fresh(referral))["choices"]}
    assert kept == {"tms": first, "spravato": None, "psychotherapy": None}
    route(referral=fresh(referral), actor=clinic.cast.cora, treatments=["tms", "psychotherapy"])
    again = referral.consults.open().get(treatment="tms")
    assert (again.opened_at, again.not_before, again.state) == (opened, day, "waiting")
    other = referral.consults.open().get(treatment="psychotherapy")
    assert other.opened_at > opened and other.not_before is None
    undo(referral=fresh(referral), actor=clinic.cast.cora)
    assert list(referral.consults.all().kept_places()) == ["tms"]  # the undone one changes nothing
    returned(clinic, "spravato", referral, reason="not_reached")
    assert "spravato" not in referral.consults.all().kept_places()


@pytest.mark.parametrize(
    ("reason", "days", "sentence"),
    [("not_reached", 5, "Only where the team has no room"), ("no_capacity", 0, "Choose a day after today.")],
)
def test_a_day_from_which_there_is_room_is_to_come_and_only_where_there_is_none(
    reason, days, sentence, clinic
):
    consult = clinic.consult("waiting")
    with pytest.raises(Refused, match=sentence):
        returned(clinic, "tms", consult.referral, reason=reason, again=day_after(days))
    assert fresh(consult).state == "waiting"


# --- Several at once -------------------------------------------------------------------------------------


def test_several_stand_at_once_each_with_its_own_time(clinic):
    referral = clinic.routed("tms", "spravato")
    clinic.move(referral.consults.get(treatment="tms"), "returned")
    at = timezone.now() + timedelta(minutes=5)
    written_to(fresh(referral), at=at)
    withdraw(referral)
    assert flags(referral) == ["message", "withdrawn", "returned"]
    since = dict(fresh(referral).standing_flags)
    assert since[Attention.MESSAGE] == at
    assert since[Attention.RETURNED] == fresh(referral).returned_at != at


def test_a_second_message_leaves_the_first_ones_time(clinic):
    referral = clinic.in_review()
    since = []
    for text in ("first", "second"):
        written_to(referral, text)
        since.append(fresh(referral).flags["message"])
    assert since[0] == since[1]


def test_list_and_page_show_all_of_them_and_the_message_in_the_persons_words_comes_first(clinic, signed_in):
    referral = clinic.routed("tms", "spravato")
    clinic.move(referral.consults.get(treatment="tms"), "returned")
    written_to(referral, "My phone is broken.")
    cora = signed_in(clinic.cast.cora)
    assert "↩ TMS returned" in (listed := words(cora.get(WORKLIST).content.decode()))
    assert "also ✎ Wrote" in listed
    page = words(cora.get(page_of(referral)).content.decode())
    waits = page.index("Waits for somebody")
    assert waits < page.index("The patient wrote") < page.index("My phone is broken.")
    assert page.index("My phone is broken.") < page.index("A consult was returned")
    assert page.index("My phone is broken.") < page.index("What each treatment's rules say")


def test_a_visit_to_which_nobody_came_is_a_flag_of_its_own(clinic):
    consult = clinic.booked_today()
    record_no_show(consult=consult, actor=clinic.cast.tess)
    assert flags(consult.referral) == ["missed"]
    assert consult.referral in Referral.objects.needing_a_coordinator()


def test_no_answer_in_time_stands_beside_a_message(clinic):
    referral = clinic.in_review(**{"about.email_ok": "no"})
    ask_patient(referral=referral, actor=clinic.cast.cora, **QUESTION)
    referral = written_to(fresh(referral))
    Referral.objects.filter(pk=referral.pk).update(chase_at=timezone.now())
    sweep_unanswered()
    assert flags(referral) == ["message", "no_answer"]


# --- What ends them ---------------------------------------------------------------------------------------


def test_no_note_ends_a_flag(clinic):
    referral = clinic.routed("tms", "spravato")
    clinic.move(referral.consults.get(treatment="tms"), "returned")
    written_to(referral)
    for person in (clinic.cast.cora, clinic.cast.clara):
        add_note(referral=fresh(referral), actor=person, note="read")
    assert flags(referral) == ["message", "returned"]


def test_routing_asking_and_closing_answer_what_they_answer_and_never_a_message(clinic):
    cora = clinic.cast.cora
    for act in (
        lambda row: route(referral=row, actor=cora, treatments=["psychotherapy"], reason="fits"),
        lambda row: ask_patient(referral=row, actor=cora, **QUESTION),
        lambda row: close(referral=row, actor=cora, reason="patient_declined"),
    ):
        referral = clinic.consult("returned").referral
        written_to(referral)
        assert flags(referral) == ["message", "returned"]
        act(fresh(referral))
        assert flags(referral) == ["message"]
        assert fresh(referral) in Referral.objects.needing_a_coordinator()


def test_closing_answers_a_withdrawal_and_a_closed_referral_taken_up_again_has_none(clinic):
    referral = clinic.in_review()
    withdraw(referral)
    close(referral=fresh(referral), actor=clinic.cast.cora, reason="patient_declined")
    reopen(referral=fresh(referral), actor=clinic.cast.cora, note="wants to go on")
    assert flags(referral) == []


@pytest.mark.parametrize("answered", ANSWERS.values())
def test_no_action_but_saying_what_was_done_ends_a_message(answered):
    assert Attention.MESSAGE not in answered


def test_only_what_is_named_ends_and_the_reason_stands_in_the_timeline(clinic):
    referral = clinic.routed("tms", "spravato")
    clinic.move(referral.consults.get(treatment="tms"), "returned")
    written_to(referral)
    deal_with(referral=fresh(referral), actor=clinic.cast.cora, reasons={"message": "Called back."})
    assert flags(referral) == ["returned"] and fresh(referral).message_due_at is None
    event = fresh(referral).events.get(kind="deal_with")
    assert (event.note, event.details, event.actor) == (
        "Called back.",
        {"flags": ["message"]},
        clinic.cast.cora,
    )


@pytest.mark.parametrize(
    ("chosen", "note", "sentence"),
    [
        ([], "x", "Choose what was dealt with."),
        (["answered"], "x", "Choose from what waits here."),
        (["message"], "  ", "Write what you did with it."),
    ],
)
def test_nothing_ends_without_a_reason_or_by_a_flag_that_does_not_stand(
    chosen, note, sentence, clinic, nothing_changes
):
    referral = written_to(clinic.in_review())
    with nothing_changes(Refused, sentence):
        deal_with(referral=referral, actor=clinic.cast.cora, reasons=dict.fromkeys(chosen, note))


def test_each_of_several_ends_for_a_reason_of_its_own_and_what_is_left_open_still_waits(clinic, signed_in):
    referral = clinic.routed("tms", "spravato")
    returned(clinic, "tms", referral, reason="not_reached")
    written_to(referral)
    withdraw(fresh(referral))
    why = {"why_message": "Called back.", "why_returned": "Spoke to the team.", "why_withdrawn": ""}
    client, page = signed_in(clinic.cast.cora), f"{page_of(referral)}deal_with/"
    assert client.post(page, {"seen_version": fresh(referral).version}).status_code == 200
    assert client.post(page, {"seen_version": fresh(referral).version, **why}).status_code == 302
    assert flags(referral) == ["withdrawn"]
    event = referral.events.get(kind="deal_with")
    assert event.details["flags"] == ["message", "returned"]
    assert event.note == "The patient wrote: Called back.\nA consult was returned: Spoke to the team."


@pytest.mark.parametrize("who", ["tess", "olive", "adam", "sid"])
def test_who_has_no_right_to_it_ends_no_flag(who, clinic, nothing_changes):
    referral = written_to(clinic.routed("tms"))
    with nothing_changes(PermissionDenied):
        deal_with(referral=referral, actor=getattr(clinic.cast, who), reasons={"message": "x"})


def test_a_message_that_came_after_the_page_was_made_is_not_dealt_with_unread(clinic, nothing_changes):
    seen = written_to(clinic.in_review()).version
    referral = written_to(Referral.objects.get(), "And I feel worse.")
    with nothing_changes(Refused, "Somebody else"):
        deal_with(referral=referral, actor=clinic.cast.cora, reasons={"message": "called"}, seen=seen)


@pytest.mark.parametrize("order", [("cora", "clara"), ("clara", "cora")])
def test_of_two_people_who_deal_with_one_message_the_second_reads_a_sentence(order, clinic):
    referral = written_to(clinic.in_review())
    first, second = (getattr(clinic.cast, who) for who in order)
    deal_with(referral=referral, actor=first, reasons={"message": "called"})
    with pytest.raises(Refused, match="Nothing waits here"):
        deal_with(referral=referral, actor=second, reasons={"message": "called too"})
    assert fresh(referral).events.filter(kind="deal_with").count() == 1


def test_undoing_a_route_brings_back_what_it_answered(clinic):
    referral = clinic.routed("tms", "spravato")
    clinic.move(referral.consults.get(treatment="spravato"), "returned")
    clinic.move(referral.consults.get(treatment="tms"), "completed")
    written_to(referral)
    route(referral=fresh(referral), actor=clinic.cast.cora, treatments=["psychotherapy"], reason="fits")
    assert flags(referral) == ["message"]
    due = fresh(referral).message_due_at
    undo(referral=fresh(referral), actor=clinic.cast.cora)
    assert flags(referral) == ["message", "returned"] and fresh(referral).message_due_at == due


# --- Until when a message is dealt with -------------------------------------------------------------------


def test_a_message_is_due_within_the_clinics_working_hours_from_the_first_one(clinic, settings):
    settings.MESSAGE_HOURS = 3
    sent = timezone.now()
    referral = written_to(clinic.in_review(), at=sent)
    assert referral.message_due_at == desk_clock.moment_after(sent, 3)
    assert written_to(referral, at=sent + timedelta(days=3)).message_due_at == referral.message_due_at


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23 10:00", 8, "2026-11-24 10:00"),
        ("2026-11-23 09:00", 8, "2026-11-23 17:00"),  # a whole day ends with it
        ("2026-11-27 16:00", 8, "2026-11-30 16:00"),  # over a weekend
        ("2026-11-25 16:00", 2, "2026-11-27 10:00"),  # over a holiday
        ("2026-11-28 12:00", 1, "2026-11-30 10:00"),
        ("2026-11-23 20:00", 2, "2026-11-24 11:00"),
        ("2026-10-30 16:00", 2, "2026-11-02 10:00"),  # over the end of summer time
    ],
)
def test_working_hours_are_walked_forward(start, hours, due):
    start = datetime.fromisoformat(start).replace(tzinfo=NEW_YORK)
    hours_of_day = time(9), time(17)
    work = WorkingTime(MON_TO_FRI, hours_of_day, NEW_YORK, frozenset({date(2026, 11, 26)}))
    found = work.moment_after(start, hours)
    assert found == datetime.fromisoformat(due).replace(tzinfo=NEW_YORK)
    assert work.hours_between(start, found) == hours


def test_an_overdue_message_is_marked_and_listed_among_what_is_due(clinic, signed_in):
    referral = written_to(clinic.routed("tms"))
    other = clinic.routed("tms")
    cora = signed_in(clinic.cast.cora)
    assert "✎ Wrote" in words(cora.get(WORKLIST).content.decode())
    assert "Message overdue" not in words(cora.get(page_of(referral)).content.decode())
    with time_machine.travel(fresh(referral).message_due_at + timedelta(minutes=1), tick=False):
        due = Referral.objects.due_by(timezone.localdate())
        assert referral in due and other not in due
        cora = signed_in(clinic.cast.cora)
        listed = words(cora.get(WORKLIST, {"due": "today"}).content.decode())
        assert "message overdue" in listed
        assert referral.reference in listed and other.reference not in listed
        assert "Message overdue" in words(cora.get(page_of(referral)).content.decode())


def test_the_database_holds_a_due_time_and_a_standing_message_together(clinic):
    referral = written_to(clinic.in_review())
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(message_due_at=None)
