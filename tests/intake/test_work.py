"""Past a limit the browser works for a few seconds; who can't is taken at the start, and turned away at a code."""

import html
import json
import re
from datetime import timedelta

import pytest
from altcha import v2
from django.test import Client
from django.utils import timezone

from intake import resume_secrets
from intake.models import Submission, Try
from intake.resume_secrets import LIMITS, Limit
from intake.views import work
from tests.intake import pat
from tests.intake.test_status import enter

STRANGER = "203.0.113.9"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """One try in all, and work that is soon done."""
    for kind in ("in_all", "start_in_all", "reference_in_all"):
        monkeypatch.setitem(LIMITS, kind, Limit(1, timedelta(hours=1)))
    monkeypatch.setattr(work, "LEAST", 3)
    monkeypatch.setattr(work, "MOST", 6)


def challenge_in(page) -> v2.Challenge:
    found = re.search(r'data-challenge="([^"]+)"', page.content.decode())
    return v2.Challenge.from_dict(json.loads(html.unescape(found[1])))


def done(page) -> str:
    """What a browser sends after it has worked."""
    challenge = challenge_in(page)
    return v2.Payload(challenge, v2.solve_challenge(challenge)).to_base64()


def start(**sent):
    return Client(REMOTE_ADDR=STRANGER).post("/", sent)


def newest() -> Submission:
    return Submission.objects.latest("created_at")


@pytest.fixture
def crowded():
    """One form was begun: the next is past the limit."""
    assert start().status_code == 302


def test_past_the_limit_a_start_asks_for_work_and_begins_nothing(crowded):
    page = start()
    assert page.status_code == 429 and "Start now" in page.content.decode()
    assert Submission.objects.count() == 1


def test_who_has_worked_begins_a_form_like_any_other(crowded):
    assert start(altcha=done(start())).status_code == 302
    assert newest().source == Submission.Source.WEB


@pytest.mark.parametrize("answer", ["", "nonsense", "é", "e30=", "a" * 5000, "bnVsbA=="])
def test_who_has_not_is_taken_all_the_same_and_staff_are_told(crowded, answer):
    assert start(altcha=answer).status_code == 302
    assert newest().source == Submission.Source.CROWD


def test_work_counts_once(crowded):
    worked = done(start())
    for source in (Submission.Source.WEB, Submission.Source.CROWD):
        assert start(altcha=worked).status_code == 302
        assert newest().source == source


def test_work_for_something_else_does_not_count(crowded, clinic):
    submission = clinic.new().submission
    enter(Client(), submission, born_year="1901")
    assert start(altcha=done(enter(Client(), submission))).status_code == 302
    assert newest().source == Submission.Source.CROWD


def test_work_counts_for_a_while(crowded, time_machine):
    worked = done(start())
    time_machine.move_to(timezone.now() + work.WORKS_FOR + timedelta(seconds=2))
    start()
    assert start(altcha=worked).status_code == 302
    assert newest().source == Submission.Source.CROWD


@pytest.mark.parametrize("change", [{"cost": 1}, {"key_prefix": "00"}, {"data": {"for": "entering"}}])
def test_a_challenge_made_easier_is_none_of_ours(crowded, change):
    challenge = challenge_in(start())
    for name, value in change.items():
        setattr(challenge.parameters, name, value)
    worked = v2.Payload(challenge, v2.solve_challenge(challenge_in(start()))).to_base64()
    start(altcha=worked)
    assert newest().source == Submission.Source.CROWD


def test_a_used_challenge_is_remembered_for_longer_than_it_works():
    assert LIMITS["challenge"].window > work.WORKS_FOR


# --- Codes, links and references ---------------------------------------------------------------------------


def test_past_the_limit_in_all_a_browser_that_works_gets_in_and_another_is_told_to_wait_or_call(clinic):
    submission = clinic.new().submission
    enter(Client(), submission, born_year="1901")
    page = enter(Client(), submission)
    assert page.status_code == 429
    assert "Wait an hour, or call us at" in " ".join(page.content.decode().split())
    assert "<button" not in page.content.decode().partition('data-challenge="')[2].partition("</form>")[0]
    assert enter(Client(), submission, altcha="").status_code == 429
    assert enter(Client(), submission, altcha=done(page)).status_code == 302


def test_a_code_is_the_same(client):
    pat.begin(client)
    for slug in ("consent", "name"):
        pat.save(client, slug)
    made = client.post("/intake/later/make-code/", follow=True).content.decode()
    code = re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{4}", made)[0]
    sent = {"code": code, "date_of_birth_month": "5", "date_of_birth_day": "14", "date_of_birth_year": "1984"}
    other = {**sent, "code": resume_secrets.code_from("x", "y")}
    assert Client().post("/come-back/", other).status_code == 200
    page = Client().post("/come-back/", sent)
    assert page.status_code == 429
    assert Client().post("/come-back/", {**sent, "altcha": done(page)}).url == "/intake/"


def test_the_question_after_two_hours_is_the_same(client, time_machine):
    pat.begin(client)
    for slug in ("consent", "name"):
        pat.save(client, slug)
    time_machine.move_to(timezone.now() + timedelta(hours=3))
    born = {f"who-date_of_birth_{part}": told for part, told in (("month", "5"), ("day", "14"))}
    here = pat.address("reason")
    assert client.post(here, {**born, "who-date_of_birth_year": "1901"}).status_code == 200
    right = {**born, "who-date_of_birth_year": "1984"}
    page = client.post(here, right)
    assert page.status_code == 429 and challenge_in(page)
    without = client.post(here, {**right, "altcha": ""})  # it can't work: no work is asked for once more
    assert without.status_code == 429 and "data-challenge" not in without.content.decode()
    assert client.post(here, {**right, "altcha": done(page)}).url == here


def test_work_lifts_no_limit_on_one_reference_from_one_network(clinic):
    """Each guess costs work, and there are still only five a day."""
    submission, statuses = clinic.new().submission, []
    for _try in range(7):
        page = enter(Client(REMOTE_ADDR=STRANGER), submission, born_year="1901")
        if "data-challenge" in page.content.decode():
            page = enter(Client(REMOTE_ADDR=STRANGER), submission, born_year="1901", altcha=done(page))
        statuses.append(page.status_code)
    assert statuses == [200] * 5 + [429] * 2


def test_work_has_a_limit_of_its_own(clinic, monkeypatch):
    monkeypatch.setitem(LIMITS, "proven", Limit(1, timedelta(hours=1)))
    submission = clinic.new().submission
    enter(Client(), submission, born_year="1901")
    pages = [enter(Client(), submission, born_year="1901") for _each in range(2)]
    statuses = [
        enter(Client(), submission, born_year="1901", altcha=done(page)).status_code for page in pages
    ]
    assert statuses == [200, 429]


def test_what_the_page_repeats_is_what_was_typed_and_no_token_or_old_answer(clinic):
    submission = clinic.new().submission
    enter(Client(), submission, born_year="1901")
    page = enter(Client(), submission).content.decode()
    names = re.findall(r'type="hidden" name="([^"]+)"', page)
    assert set(names) >= {"reference", "born_month", "altcha"} and names.count("altcha") == 1
    assert not Try.objects.filter(counted_as__contains=submission.reference).exists()
