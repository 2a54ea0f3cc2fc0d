"""Safety alerts: there the moment an unsafe answer is saved, open until somebody says what was done."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.conftest import CLINICIAN_FIRST_FOR_TMS, URGENT
from tests.pages import flat
from treatments.models import Acknowledgement, Event, SafetyAlert
from treatments.triage.alerts import acknowledge
from treatments.workflow import Refused


def abandoned_draft(first_name: str = "Pat") -> SafetyAlert:
    """Pat gave a name, said that they think of harming somebody, and went away."""
    draft = Submission.objects.create()
    Submission.save_page(draft.pk, INTAKE.by_slug["name"], {"about": {"first_name": first_name}})
    Submission.save_page(draft.pk, INTAKE.by_slug["others"], {"safety": {"harm_to_others": "yes"}})
    return SafetyAlert.objects.get(submission=draft)


@pytest.fixture
def alert(clinic) -> SafetyAlert:
    return SafetyAlert.objects.get(submission=clinic.new(**URGENT).submission)


def page(alert: SafetyAlert) -> str:
    return f"/admin/treatments/safetyalert/{alert.pk}/"


LIST = "/admin/treatments/safetyalert/"


def test_an_unsafe_answer_is_an_alert_the_moment_its_page_is_saved(db):
    alert = abandoned_draft()
    assert (alert.danger, alert.urgency) == ("harm_to_others", "urgent")
    assert alert in SafetyAlert.objects.open()


def test_a_safe_intake_rings_nobody(clinic):
    clinic.new()
    clinic.new(**CLINICIAN_FIRST_FOR_TMS)
    assert not SafetyAlert.objects.exists()


def test_an_alert_exists_although_every_rule_fails(clinic, monkeypatch):
    from treatments.reading import assessment

    monkeypatch.setattr(assessment, "assess", lambda *args, **more: 1 / 0)
    referral = clinic.new(**URGENT)
    assert SafetyAlert.objects.filter(submission=referral.submission).count() == 1


@pytest.mark.parametrize("name", ["cora", "carl", "clara"])
def test_the_desk_sees_the_alert_of_a_draft_that_was_never_sent(name, clinic, signed_in):
    abandoned_draft("Quentin")
    listed = signed_in(getattr(clinic.cast, name)).get(LIST).content.decode()
    assert "Thoughts of harming others" in listed
    assert "Quentin" in listed
    assert "Not sent yet" in listed


@pytest.mark.parametrize("name", ["tess", "sam", "pia", "olive", "adam", "sid"])
def test_alerts_are_for_the_desk_only(name, clinic, signed_in):
    alert = abandoned_draft("Quentin")
    client = signed_in(getattr(clinic.cast, name))
    for answer in (client.get(LIST), client.get(page(alert)), client.post(page(alert), {"done": "x"})):
        assert answer.status_code in (403, 404)
        assert "Quentin" not in answer.content.decode()
    assert not Acknowledgement.objects.exists()


def test_the_page_of_an_alert_shows_the_answer_itself_and_how_to_reach_the_person(alert, clinic, signed_in):
    shown = flat(signed_in(clinic.cast.cora).get(page(alert)))
    assert "+1 212 555 0142" in shown
    assert "Test Person" in shown
    assert alert.submission.reference in shown
    assert "<dd>Yes</dd>" in shown


def test_an_acknowledged_alert_is_no_longer_open_and_says_who_did_what(alert, clinic, signed_in):
    client = signed_in(clinic.cast.cora)
    assert client.post(page(alert), {"done": "called, safe at home"}).status_code == 302
    assert not SafetyAlert.objects.open().exists()
    assert "Thoughts of harming others" not in client.get(LIST).content.decode()
    assert "Thoughts of harming others" in client.get(LIST + "?show=all").content.decode()
    assert "called, safe at home" in client.get(page(alert)).content.decode()


def test_an_acknowledgement_is_an_event_of_the_referral(alert, clinic):
    acknowledge(alert=alert, actor=clinic.cast.clara, done="called")
    event = Event.objects.get(kind="acknowledge")
    assert event.referral == alert.submission.referral
    assert (event.actor, event.note, event.details) == (clinic.cast.clara, "called", {"danger": alert.danger})


def test_an_alert_is_acknowledged_once_and_by_whoever_is_first(alert, clinic):
    for _again in range(2):
        acknowledge(alert=alert, actor=clinic.cast.cora, done="called")
    with pytest.raises(Refused, match="Cora has acknowledged this alert already"):
        acknowledge(alert=alert, actor=clinic.cast.carl, done="called too")
    assert Acknowledgement.objects.count() == Event.objects.filter(kind="acknowledge").count() == 1


def test_the_second_to_acknowledge_is_told_so_on_the_page(alert, clinic, signed_in):
    acknowledge(alert=alert, actor=clinic.cast.cora, done="called")
    answer = signed_in(clinic.cast.carl).post(page(alert), {"done": "called too"})
    assert answer.status_code == 409
    assert "called too" not in Acknowledgement.objects.get().done


@pytest.mark.parametrize("done", ["", "   "])
def test_an_acknowledgement_says_what_was_done(done, alert, clinic, signed_in):
    with pytest.raises(Refused, match="Write what was done"):
        acknowledge(alert=alert, actor=clinic.cast.cora, done=done)
    assert signed_in(clinic.cast.cora).post(page(alert), {"done": done}).status_code == 200
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("name", ["tess", "olive", "adam", "sid"])
def test_only_the_desk_acknowledges(name, alert, clinic):
    with pytest.raises(PermissionDenied):
        acknowledge(alert=alert, actor=getattr(clinic.cast, name), done="called")


def test_urgent_alerts_come_first_and_then_the_oldest(clinic, signed_in):
    clinic.new(**{"about.last_name": "Second", "mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, 2]})
    clinic.new(**{"about.last_name": "Third", "mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, 2]})
    clinic.new(**{"about.last_name": "First", **URGENT})
    shown = signed_in(clinic.cast.cora).get(LIST).content.decode()
    assert shown.index("Test First") < shown.index("Test Second") < shown.index("Test Third")


def test_the_list_of_alerts_asks_the_database_as_often_for_many_as_for_few(
    clinic, signed_in, django_assert_max_num_queries
):
    client = signed_in(clinic.cast.cora)
    for _ in range(20):
        clinic.new(**URGENT)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200


def test_a_substance_use_answer_behind_an_alert_is_masked_without_the_grant(clinic, signed_in):
    from django.contrib.auth.models import Permission

    clinic.new(**{"substances.withdrawal_symptoms": "yes"})
    alert = SafetyAlert.objects.get()
    reader = clinic.cast.sid
    reader.user_permissions.add(Permission.objects.get(codename="view_safetyalert"))
    shown = flat(signed_in(reader).get(page(alert)))
    assert "You may not read this answer." in shown
    assert "<dd>Yes</dd>" not in shown.split("What the person answered")[1]


def test_the_list_and_the_page_say_how_many_minutes_an_acknowledgement_took(alert, cast, signed_in):
    with time_machine.travel(alert.raised_at + timedelta(minutes=95, seconds=59), tick=False):
        acknowledge(alert=alert, actor=cast.clara, done="called, is safe")
    client = signed_in(cast.cora)
    assert "clara, 95 minutes" in client.get(f"{LIST}?show=all").content.decode()
    assert "95 minutes after the answer" in client.get(page(alert)).content.decode()
