"""Safety alerts: all unsafe answers of a form in one row, there the moment the first is saved, open until closed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.conftest import CLINICIAN_FIRST_FOR_TMS, RECORD, URGENT, release_hold
from tests.pages import flat
from tests.treatments.alerts import LIST, alert_of, close, page
from treatments.models import Alert, AlertEntry, Event
from treatments.triage.alerts import close_alert, note_alert, take_alert
from treatments.workflow import Refused

NAME, OTHERS, MOOD = (INTAKE.by_slug[slug] for slug in ("name", "past", "mood"))
CLOSED = {"reached": "person", "done": "called, safe at home"}


def abandoned_draft(first_name: str = "Pat") -> Alert:
    """Pat gave a name, said that they think of harming somebody, and went away."""
    draft = Submission.objects.create()
    Submission.save_page(draft.pk, NAME, {"about": {"first_name": first_name}})
    Submission.save_page(draft.pk, OTHERS, {"safety": {"harm_to_others": "yes"}})
    return alert_of(draft)


def says(alert: Alert, points: int) -> Alert:
    """Item 9 of the same draft; one more unsafe answer unless it is zero."""
    Submission.save_page(alert.pk, MOOD, {"mood": {"phq9": [1, 1, 1, 1, 1, 1, 1, 1, points]}})
    return Alert.objects.get(pk=alert.pk)


@pytest.fixture
def alert(clinic) -> Alert:
    return alert_of(clinic.new(**URGENT).submission)


def kinds() -> list[str]:
    return list(AlertEntry.objects.order_by("pk").values_list("kind", flat=True))


# --- There the moment an unsafe answer is saved -------------------------------------------------------------


def test_an_unsafe_answer_is_an_alert_the_moment_its_page_is_saved(db):
    alert = abandoned_draft()
    assert (alert.newest.danger, alert.urgency) == ("harm_to_others", "urgent")
    assert alert in Alert.objects.open()


def test_a_safe_intake_rings_nobody(clinic):
    clinic.new()
    clinic.new(**CLINICIAN_FIRST_FOR_TMS)
    assert not Alert.objects.exists()


def test_an_alert_exists_although_every_rule_fails(clinic, monkeypatch):
    from treatments.reading import assessment

    monkeypatch.setattr(assessment, "assess", lambda *args, **more: 1 / 0)
    assert alert_of(clinic.new(**URGENT).submission).open_now


def test_all_unsafe_answers_of_a_form_are_one_alert(clinic, signed_in):
    says(abandoned_draft("Quentin"), 3)
    listed = signed_in(clinic.cast.cora).get(LIST).content.decode()
    assert Alert.objects.count() == 1
    assert listed.count("Quentin") == 1
    assert "Thoughts of harming others, and 1 more" in listed


@pytest.mark.parametrize("name", ["cora", "carl", "clara"])
def test_the_desk_sees_the_alert_of_a_draft_that_was_never_sent(name, clinic, signed_in):
    abandoned_draft("Quentin")
    listed = signed_in(getattr(clinic.cast, name)).get(LIST).content.decode()
    assert "Thoughts of harming others" in listed
    assert "Quentin" in listed
    assert "Not sent yet" in listed
    assert "Nobody is on it" in listed


@pytest.mark.parametrize("name", ["tess", "sam", "pia", "olive", "adam", "sid"])
def test_alerts_are_for_the_desk_only(name, clinic, signed_in):
    alert = abandoned_draft("Quentin")
    client = signed_in(getattr(clinic.cast, name))
    posts = [
        client.post(f"{page(alert)}{key}/", CLOSED) for key in ("take_alert", "note_alert", "close_alert")
    ]
    for answer in (client.get(LIST), client.get(page(alert)), *posts):
        assert answer.status_code in (403, 404)
        assert "Quentin" not in answer.content.decode()
    assert not AlertEntry.objects.exists()


@pytest.mark.parametrize("name", ["tess", "olive", "adam", "sid"])
@pytest.mark.parametrize(
    ("action", "details"), [(take_alert, {}), (note_alert, {"note": "x"}), (close_alert, CLOSED)]
)
def test_only_the_desk_acts_on_an_alert(action, details, name, alert, clinic):
    with pytest.raises(PermissionDenied):
        action(alert=alert, actor=getattr(clinic.cast, name), **details)
    assert not AlertEntry.objects.exists()


def test_who_may_read_alerts_and_nothing_more_sees_no_form(alert, clinic, signed_in):
    from django.contrib.auth.models import Permission

    clinic.cast.sid.user_permissions.add(Permission.objects.get(codename="view_alert"))
    client = signed_in(clinic.cast.sid)
    assert "I am on it" not in client.get(page(alert)).content.decode()
    assert client.post(f"{page(alert)}take_alert/").status_code == 403


def test_every_alarm_of_a_form_leads_to_its_alert(clinic, signed_in):
    alert = says(abandoned_draft("Quentin"), 2)
    client = signed_in(clinic.cast.cora)
    pages = [client.get(f"{LIST}{alarm.pk}/") for alarm in alert.in_order()]
    assert [shown.status_code for shown in pages] == [200, 200]
    assert all("Quentin" in shown.content.decode() for shown in pages)


# --- I am on it -----------------------------------------------------------------------------------------------


def test_who_is_on_it_stands_on_the_page_and_in_the_list(alert, clinic, signed_in):
    client = signed_in(clinic.cast.cora)
    posted = client.post(f"{page(alert)}take_alert/", {"seen_version": alert.newest.pk}, follow=True)
    assert "You are on it." in flat(posted)
    assert "Cora" in client.get(LIST).content.decode()
    assert "Nobody is on it" not in client.get(page(alert)).content.decode()
    assert alert_of(alert).taken.by == clinic.cast.cora
    assert alert_of(alert).open_now


def test_taking_it_twice_is_once(alert, clinic):
    for _time in range(2):
        take_alert(alert=alert, actor=clinic.cast.cora)
    assert kinds() == ["taken"]


def test_somebody_else_takes_it_over_by_name_only(alert, clinic, signed_in):
    take_alert(alert=alert, actor=clinic.cast.cora)
    with pytest.raises(Refused, match="Cora is on it, since "):
        take_alert(alert=alert, actor=clinic.cast.carl)
    client = signed_in(clinic.cast.carl)
    assert "Take it over from Cora" in flat(client.get(page(alert)))
    over = AlertEntry.objects.get().pk
    client.post(f"{page(alert)}take_alert/", {"seen_version": alert.newest.pk, "over": over})
    assert alert_of(alert).taken.by == clinic.cast.carl
    assert Event.objects.filter(kind="take_alert").latest("pk").note == "Taken over from Cora."


def test_who_presses_it_on_a_page_from_before_somebody_else_was_on_it_is_told_so(alert, clinic, signed_in):
    take_alert(alert=alert, actor=clinic.cast.cora)
    answer = signed_in(clinic.cast.carl).post(
        f"{page(alert)}take_alert/", {"seen_version": alert.newest.pk, "over": ""}
    )
    assert answer.status_code == 409
    assert "Cora is on it, since" in flat(answer) and "Take it over from Cora" in flat(answer)
    assert alert_of(alert).taken.by == clinic.cast.cora


def test_a_closed_alert_is_not_taken(alert, clinic):
    close(alert, clinic.cast.cora)
    with pytest.raises(Refused, match="closed"):
        take_alert(alert=alert, actor=clinic.cast.carl)


# --- Closing ----------------------------------------------------------------------------------------------------


def test_a_closed_alert_is_no_longer_open_and_says_who_did_what(alert, clinic, signed_in):
    client = signed_in(clinic.cast.cora)
    posted = client.post(
        f"{page(alert)}close_alert/", {**CLOSED, "seen_version": alert.newest.pk}, follow=True
    )
    assert "The alert was closed." in flat(posted)
    assert not Alert.objects.open().exists()
    assert "Thoughts of harming others" not in client.get(LIST).content.decode()
    assert "Thoughts of harming others" in client.get(LIST + "?show=all").content.decode()
    shown = flat(client.get(page(alert)))
    assert "called, safe at home" in shown and "Spoke with the person" in shown and "Closed by Cora" in shown


def test_closing_is_an_event_of_the_referral(alert, clinic):
    close(alert, clinic.cast.clara, "called")
    event = Event.objects.get(kind="close_alert")
    assert event.referral.submission_id == alert.pk
    assert (event.actor, event.note) == (clinic.cast.clara, "called")


def test_the_same_closing_sent_twice_is_once(alert, clinic):
    for _time in range(2):
        close(alert, clinic.cast.cora)
    assert kinds() == ["closed"]
    assert Event.objects.filter(kind="close_alert").count() == 1


def test_what_the_second_to_close_wrote_is_a_note_and_they_are_told_so(alert, clinic, signed_in):
    client = signed_in(clinic.cast.carl)
    client.get(page(alert))
    close(alert, clinic.cast.cora, "called")
    sent = {"reached": "contact", "done": "spoke with the sister", "seen_version": alert.newest.pk}
    answer = flat(client.post(f"{page(alert)}close_alert/", sent, follow=True))
    assert "Cora closed this alert first. What you wrote was kept as a note." in answer
    assert "spoke with the sister" in answer
    assert kinds() == ["closed", "note"]
    assert list(
        Event.objects.filter(kind__endswith="_alert").order_by("pk").values_list("kind", flat=True)
    ) == [
        "close_alert",
        "note_alert",
    ]


def test_nobody_reached_keeps_it_open_with_the_time_of_the_next_call(alert, clinic, signed_in):
    client = signed_in(clinic.cast.cora)
    sent = {"reached": "nobody", "done": "voicemail", "seen_version": alert.newest.pk}
    address = f"{page(alert)}close_alert/"
    for call in ({}, {"next_call_0": "2026-01-01", "next_call_1": "09:00"}):
        shown = client.post(address, sent | call)
        assert shown.context["forms"]["close_alert"].errors["next_call"]
        assert "Say when the next call is" in flat(shown)
    later = timezone.localtime() + timedelta(hours=2)
    sent |= {"next_call_0": later.date().isoformat(), "next_call_1": later.strftime("%H:%M")}
    answer = flat(client.post(address, sent, follow=True))
    assert "Your note was kept with the alert. The alert stays open." in answer
    assert "Nobody reached" in answer and "next call" in answer
    entry = AlertEntry.objects.get()
    assert (entry.kind, entry.reached) == ("note", "nobody")
    assert abs(entry.next_call_at - later) < timedelta(minutes=1)
    assert alert_of(alert).open_now


@pytest.mark.parametrize(
    ("missing", "why"), [({"done": "  "}, "Write what was done"), ({"reached": ""}, "Say whom you reached")]
)
def test_a_closing_says_whom_was_reached_and_what_was_done(missing, why, alert, clinic, signed_in):
    with pytest.raises(Refused, match=why):
        close_alert(alert=alert, actor=clinic.cast.cora, **{**CLOSED, **missing})
    sent = {**CLOSED, **missing, "seen_version": alert.newest.pk}
    assert signed_in(clinic.cast.cora).post(f"{page(alert)}close_alert/", sent).status_code == 200
    assert not AlertEntry.objects.exists()


def test_what_was_typed_beside_a_missing_part_is_kept(alert, clinic, signed_in):
    sent = {"done": "sister is with them", "seen_version": alert.newest.pk}
    answer = signed_in(clinic.cast.cora).post(f"{page(alert)}close_alert/", sent)
    assert "sister is with them" in answer.content.decode()


def test_a_note_is_kept_open_or_closed(alert, clinic, signed_in):
    client = signed_in(clinic.cast.cora)
    client.post(f"{page(alert)}note_alert/", {"note": "line busy", "seen_version": alert.newest.pk})
    close(alert, clinic.cast.clara)
    client.post(f"{page(alert)}note_alert/", {"note": "called back", "seen_version": alert.newest.pk})
    assert kinds() == ["note", "closed", "note"]
    assert "line busy" in flat(client.get(page(alert))) and "called back" in flat(client.get(page(alert)))
    with pytest.raises(Refused, match="Write a note"):
        note_alert(alert=alert, actor=clinic.cast.cora, note=" ")


def test_a_risk_assessment_closes_the_open_alert(alert, clinic):
    release_hold(referral=alert.referral, actor=clinic.cast.clara, recorded=RECORD)
    assert alert_of(alert).closed.by == clinic.cast.clara


# --- It rings again ---------------------------------------------------------------------------------------------


def test_a_new_unsafe_answer_opens_the_same_row_again(clinic, signed_in):
    alert = abandoned_draft("Quentin")
    close(alert, clinic.cast.cora)
    alert = says(alert, 2)
    assert Alert.objects.open().get() == alert
    assert [alarm.danger for alarm in alert.ringing] == ["phq9_item9"]
    assert (alert.urgency, alert.rang_again, alert.taken) == ("same_day", True, None)
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    assert "rang again" in shown and "Nobody is on it" in shown


def test_an_answer_between_reading_and_closing_keeps_it_open(clinic, signed_in):
    alert = abandoned_draft()
    client = signed_in(clinic.cast.cora)
    seen = client.get(page(alert)).context["forms"]["close_alert"].initial["seen_version"]
    alert = says(alert, 3)
    answer = client.post(f"{page(alert)}close_alert/", {**CLOSED, "seen_version": seen}, follow=True)
    assert "New unsafe answers keep it open." in flat(answer)
    alert = alert_of(alert)
    assert [alarm.danger for alarm in alert.ringing] == ["phq9_item9"]
    close(alert, clinic.cast.cora)
    assert not alert_of(alert).open_now
    assert kinds() == ["closed", "closed"]


def test_of_two_who_saw_different_answers_each_closes_what_they_saw(clinic):
    """The one who saw more closes first: then there is nothing left for the other, whose words become a note."""
    alert = abandoned_draft()
    first = alert.newest.pk
    alert = says(alert, 3)
    close(alert, clinic.cast.cora, "knew of both", seen=alert.newest.pk)
    close(alert, clinic.cast.carl, "knew of one", seen=first)
    assert kinds() == ["closed", "note"]
    assert not alert_of(alert).open_now


def test_an_answer_after_somebody_took_it_is_new_to_them(clinic, signed_in):
    alert = abandoned_draft()
    take_alert(alert=alert, actor=clinic.cast.cora)
    assert not alert_of(alert).rang_again
    alert = says(alert, 3)
    assert alert.rang_again
    client = signed_in(clinic.cast.cora)
    shown = flat(client.get(page(alert)))
    assert "rang again" in shown and '<span class="badge">new</span>' in shown and "I am on it" in shown
    client.post(f"{page(alert)}take_alert/", {"seen_version": alert.newest.pk, "over": alert.taken.pk})
    assert not alert_of(alert).rang_again
    assert kinds() == ["taken", "taken"]


def test_an_alarm_that_nobody_can_have_seen_is_not_closed_by_an_odd_number(clinic):
    """A page that names an alarm of the future has seen no more than there is; one of the past the first at most."""
    alert = abandoned_draft()
    close(alert, clinic.cast.cora, seen=2**62)
    assert AlertEntry.objects.get().newest_alarm == alert.newest
    alert = says(alert, 3)
    assert alert.open_now
    close(alert, clinic.cast.carl, "odd", seen=0)
    assert alert_of(alert).open_now


# --- The list and the page ----------------------------------------------------------------------------------------


def test_the_page_of_an_alert_shows_the_answer_itself_and_how_to_reach_the_person(alert, clinic, signed_in):
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    assert '<a href="tel:+12125550142">+1 212 555 0142</a>' in shown
    assert "Test Person" in shown
    assert alert.reference in shown
    assert "<dd>Yes</dd>" in shown


def test_the_page_shows_every_unsafe_answer_worst_first_and_the_record_in_order_of_time(clinic, signed_in):
    answers = {"q1": "yes", "q2": "yes", "q3": "yes", "q4": "yes", "q5": "yes", "q6": "no"}
    alert = alert_of(clinic.new(**{"safety.cssrs": answers}).submission)
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    answered, record = shown.split("In order of time, as first saved")
    worst = [answered.index(f"C-SSRS {item}: ") for item in (5, 4, 3, 2, 1)]
    assert worst == sorted(worst)
    rang = [record.index(f"C-SSRS {item}: ") for item in (1, 2, 3, 4, 5)]
    assert rang == sorted(rang)


def test_where_no_number_and_no_place_was_given_the_page_says_so(clinic, signed_in):
    shown = flat(signed_in(clinic.cast.cora).get(page(abandoned_draft())))
    assert "None given: <strong>today&#x27;s number, ordinary number, emergency contact</strong>" in shown
    assert shown.count("<strong>none given</strong>") == 4  # birth date, today's number, phone, email
    assert "where the person is was not said" in shown


def test_urgent_alerts_come_first_and_then_the_oldest(clinic, signed_in):
    clinic.new(**{"about.last_name": "Second", "mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, 2]})
    clinic.new(**{"about.last_name": "Third", "mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, 2]})
    clinic.new(**{"about.last_name": "First", **URGENT})
    done = alert_of(clinic.new(**{"about.last_name": "Last", **URGENT}).submission)
    close(done, clinic.cast.cora)
    shown = signed_in(clinic.cast.cora).get(LIST + "?show=all").content.decode()
    places = [shown.index(f"Test {name}") for name in ("First", "Second", "Third", "Last")]
    assert places == sorted(places)


def test_the_list_shows_the_urgent_ones_alone(clinic, signed_in):
    clinic.new(**{"about.last_name": "Second", "mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, 2]})
    clinic.new(**{"about.last_name": "First", **URGENT})
    shown = signed_in(clinic.cast.cora).get(LIST + "?urgency=urgent").content.decode()
    assert "Test First" in shown and "Test Second" not in shown


def test_the_list_of_alerts_asks_the_database_as_often_for_many_as_for_few(
    clinic, signed_in, django_assert_max_num_queries
):
    client = signed_in(clinic.cast.cora)
    for _ in range(20):
        clinic.new(**URGENT)
    client.get(LIST)  # makes the month's key of the record
    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200


def test_a_substance_use_answer_behind_an_alert_is_masked_without_the_grant(clinic, signed_in):
    from django.contrib.auth.models import Permission

    clinic.new(**{"substances.withdrawal_symptoms": "yes"})
    alert = Alert.objects.get()
    reader = clinic.cast.sid
    reader.user_permissions.add(Permission.objects.get(codename="view_alert"))
    shown = flat(signed_in(reader).get(page(alert)))
    assert "You may not read this answer." in shown
    assert "<dd>Yes</dd>" not in shown.split("What the person answered")[1]


def test_the_list_says_how_many_minutes_it_took_until_somebody_was_on_it(alert, cast, signed_in):
    with time_machine.travel(alert.newest.raised_at + timedelta(minutes=95, seconds=59), tick=False):
        take_alert(alert=alert, actor=cast.clara)
    close(alert, cast.clara)
    assert "Clara, 95 minutes" in signed_in(cast.cora).get(f"{LIST}?show=all").content.decode()


# --- Written once ---------------------------------------------------------------------------------------------------


def test_what_staff_did_is_written_once(alert, clinic):
    close(alert, clinic.cast.cora)
    entry = AlertEntry.objects.get()
    entry.text = "something else"
    for change in (entry.save, entry.delete, AlertEntry.objects.all().delete):
        with pytest.raises(TypeError, match="append-only"):
            change()
    with pytest.raises(TypeError, match="append-only"):
        AlertEntry.objects.update(text="x")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE treatments_alertentry SET text = 'x'",
        "DELETE FROM treatments_alertentry",
        {
            "sqlite": "INSERT OR REPLACE INTO treatments_alertentry SELECT * FROM treatments_alertentry",
            "postgresql": "TRUNCATE treatments_alertentry",
        }[connection.vendor],
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_what_staff_did(sql, alert, clinic):
    close(alert, clinic.cast.cora)
    connection.check_constraints()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert AlertEntry.objects.get().text == "Called, is safe."
