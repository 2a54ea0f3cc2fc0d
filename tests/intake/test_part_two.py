"""Part two: three pages after sending, each one amendment that the person added, from the done or the status page."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from intake.fields import BY_PATH
from intake.models import Alarm, Amendment, Submission
from intake.questionnaire import part_two
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.part_two import PART_TWO
from intake.questionnaire.shape import Questionnaire
from tests.conftest import fresh
from tests.intake import pat
from tests.intake.screen import links, names, summary, words
from tests.intake.test_status import STATUS, enter
from treatments.models import Referral

pytestmark = pytest.mark.django_db

DONE = reverse("intake:done")
FROM = {"done": "intake:later-page", "status": "intake:status-later"}
HARM = "safety-harm_to_others"


def at(way: str, name: str = "emergency") -> str:
    return reverse(FROM[way], args=[name])


@pytest.fixture(params=FROM)
def way(request, client) -> str:
    """From which page: Pat has sent the form, and is on it."""
    pat.fill(client)
    pat.send(client)
    if request.param == "status":
        sent = Submission.objects.get()
        client.session.flush()
        client.cookies.clear()
        enter(client, sent)
    return request.param


def current() -> dict:
    return Submission.objects.get().current


def told(html: str) -> int:
    return words(html).count("Told already")


@pytest.mark.parametrize("name", pat.LATER_PAGES)
def test_a_page_asks_its_questions_and_its_answers_are_one_amendment_that_was_added(client, way, name):
    back = DONE if way == "done" else STATUS
    page = client.get(back).content.decode()
    assert at(way, name) in links(page) and told(page) == 0
    assert names(client.get(at(way, name)).content.decode()) == {*pat.LATER_PAGES[name]}
    assert client.post(at(way, name), pat.LATER_PAGES[name]).url == back
    amendment = Amendment.objects.get()
    assert (amendment.kind, amendment.question) == ("added", None)
    assert amendment.changes == {
        each.replace("-", "."): [None, said] for each, said in pat.LATER_PAGES[name].items()
    }
    assert told(client.get(back).content.decode()) == 1


def test_what_was_told_is_not_shown_and_a_blank_keeps_it(client, way):
    client.post(at(way), pat.LATER_PAGES["emergency"])
    html = client.get(at(way)).content.decode()
    assert "You told us this already." in words(html)
    assert "Jo Lee" not in html and "0199" not in html
    client.post(at(way), {"about-emergency_name": "Bo Lee", "about-emergency_phone": ""})
    about = current()["about"]
    assert (about["emergency_name"], about["emergency_phone"]) == ("Bo Lee", "212 555 0199")


def test_sent_twice_is_the_same_as_once_and_nothing_is_no_amendment(client, way):
    for _twice in range(2):
        assert client.post(at(way), pat.LATER_PAGES["emergency"]).status_code == 302
    assert client.post(at(way, "times"), {}).status_code == 302
    assert Amendment.objects.count() == 1


def test_nothing_else_can_be_changed_there(client, way):
    client.post(at(way), {**pat.LATER_PAGES["emergency"], "about-first_name": "Mallory", "mood-phq9-8": "3"})
    assert set(Amendment.objects.get().changes) == {
        f"about.emergency_{key}" for key in ("name", "phone", "relation")
    }


def test_a_number_that_can_not_be_read_is_asked_about_once_and_then_kept(client, way):
    typed = {"about-emergency_name": "Jo", "about-emergency_phone": "555 01"}
    html = client.post(at(way), typed).content.decode()
    assert summary(html) == ["Their phone number: write the digits, such as 212 555 0188"]
    assert not Amendment.objects.exists()
    again = {**typed, "typed-about-emergency_phone": "555 01"}
    assert 'name="typed-about-emergency_phone" value="555 01"' in html
    assert client.post(at(way), again).status_code == 302
    assert current()["about"]["emergency_phone"] == "555 01"


def test_staff_read_it_on_the_referral_as_added_by_the_person(client, way, cast, signed_in):
    client.post(at(way), pat.LATER_PAGES["emergency"])
    referral = Referral.objects.get()
    assert referral.events.filter(kind="added").count() == 1
    html = signed_in(cast.cora).get(reverse("admin:treatments_referral_change", args=[referral.pk]))
    shown = words(html.content.decode())
    assert "Added by the patient" in shown
    assert "Jo Lee" in shown and "Someone to call in an emergency" in shown
    assert fresh(referral).state == "new"


def test_who_has_sent_nothing_here_sees_none_of_it(client):
    assert client.get(at("done")).status_code == 404
    assert client.get(at("status")).url == STATUS
    pat.fill(client)
    assert client.post(at("done"), pat.LATER_PAGES["emergency"]).url == reverse("intake:tasks")
    assert not Amendment.objects.exists()
    assert client.get(reverse(FROM["status"], args=["other"])).status_code == 404


def test_after_two_hours_the_date_of_birth_is_asked_first_and_what_was_typed_goes_along(client):
    pat.fill(client)
    pat.send(client)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        html = client.post(at("done"), pat.LATER_PAGES["emergency"]).content.decode()
        assert "date of birth" in words(html) and 'value="212 555 0199"' in html
        assert not Amendment.objects.exists()
        html = client.get(at("status")).url
    assert html == STATUS


def test_what_was_typed_stands_there_again_where_the_safety_token_does_not_fit(way, client):
    client.handler.enforce_csrf_checks = True
    response = client.post(at(way), pat.LATER_PAGES["emergency"])
    assert response.status_code == 403
    shown = pat.shown(response)
    assert shown["about-emergency_phone"] == ["212 555 0199"]


# --- What left the form -----------------------------------------------------------------------------------


def test_an_old_draft_goes_on_with_the_next_page_and_sends_what_it_holds(client):
    draft = pat.fill(client)
    draft.answers["about"] |= {"emergency_name": "Jo Lee", "state": "NY"}
    draft.progress["saved"].remove("reason")
    draft.save()
    assert client.get(pat.address("emergency")).url == pat.address("reason")
    assert client.get(pat.address("insurance")).url == pat.address("visits")
    pat.save(client, "reason")
    pat.send(client)
    about = Submission.objects.get().answers["about"]
    assert (about["emergency_name"], about["state"]) == ("Jo Lee", "NY")
    assert told(client.get(DONE).content.decode()) == 2
    assert "Jo Lee" in words(client.get(reverse("intake:record")).content.decode())


@pytest.mark.parametrize("slug", ["emergency", "insurance", "visits"])
def test_a_page_left_open_from_before_loses_no_answer(client, slug):
    draft = pat.begin(client)
    everything = {name: said for each in pat.LATER_PAGES.values() for name, said in each.items()}
    client.post(pat.address(slug), {**everything, "about-emergency_phone": "555"})
    draft.refresh_from_db()
    kept = {
        f"{section}-{key}": said for section, values in draft.answers.items() for key, said in values.items()
    }
    unclear = "about-emergency_phone"
    assert kept == {
        "about-filled_by": "self",
        **{name: said for name, said in everything.items() if name != unclear},
    }


def test_the_form_asks_none_of_it(client):
    pat.fill(client)
    asked = {field.path for page in INTAKE.pages for field in page.fields}
    assert asked.isdisjoint(field.path for field in PART_TWO.fields)
    text = words(client.get(reverse("intake:check")).content.decode())
    assert "emergency" not in text and "ZIP code" not in text


# --- What rings must ring ---------------------------------------------------------------------------------


@pytest.fixture
def planted(monkeypatch) -> Questionnaire:
    """Part two asks something that may be unsafe."""
    harm = replace(BY_PATH["safety.harm_to_others"], page=part_two.EMERGENCY)
    asks = replace(PART_TWO, fields=(*PART_TWO.fields, harm))
    for module in ("intake.views.part_two", "intake.forms.part_two"):
        monkeypatch.setattr(f"{module}.PART_TWO", asks)
    return asks


def test_an_unsafe_answer_rings_and_leads_to_help(planted, client, way):
    response = client.post(at(way), {HARM: "yes", "about-emergency_name": "Jo"})
    assert response.url == reverse("intake:status-help")
    alarm = Alarm.objects.get()
    assert (alarm.danger, alarm.amendment.kind) == ("harm_to_others", "added")
    assert "Thank you for telling us" in words(client.get(response.url).content.decode())


def test_a_fault_beside_it_holds_up_neither_the_alarm_nor_the_help(planted, client, way):
    response = client.post(at(way), {HARM: "yes", "about-emergency_phone": "5"})
    assert response.url == reverse("intake:status-help")
    assert Alarm.objects.count() == 1


def test_it_rings_from_a_page_left_open_too_long(planted, clinic, client):
    sent = clinic.new().submission
    enter(client, sent)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        response = client.post(at("status"), {HARM: "yes"})
    assert response.status_code == 410
    assert Alarm.objects.count() == 1
    assert "Your answers are saved" in words(response.content.decode())
