"""Limits on what strangers may try: from one network, and from all of them together."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake import resume_secrets
from intake.models import Submission, Try
from intake.resume_secrets import LIMITS, Limit
from tests.intake import pat
from tests.intake.test_resume import by_code
from tests.intake.test_status import enter


@pytest.fixture
def few(monkeypatch):
    """Three tries in all, so that they are soon used up."""
    for kind in ("in_all", "start_in_all", "reference_in_all"):
        monkeypatch.setitem(LIMITS, kind, Limit(3, timedelta(hours=1)))


def begin(network: str) -> Submission:
    """A form begun from ``network`` in a browser of its own."""
    browser = Client(REMOTE_ADDR=network)
    if browser.post("/").status_code == 429:  # as who has no JavaScript goes on
        assert browser.post("/", {"altcha": ""}).status_code == 302
    return Submission.objects.latest("created_at")


def test_sixty_networks_with_sixty_references_are_stopped_in_all(clinic, few):
    submission = clinic.new().submission
    statuses = [
        enter(
            Client(REMOTE_ADDR=f"203.0.113.{number}"), submission, reference=f"BBBB-{number:04}"
        ).status_code
        for number in range(6)
    ]
    assert statuses == [200] * 3 + [429] * 3


@pytest.mark.django_db
def test_codes_are_counted_in_all_together_with_references(clinic, few):
    submission = clinic.new().submission
    for number in range(2):
        assert by_code(resume_secrets.code_from(str(number), "k")).status_code == 200
    assert enter(Client(REMOTE_ADDR="203.0.113.1"), submission, born_year="1901").status_code == 200
    assert enter(Client(REMOTE_ADDR="203.0.113.2"), submission).status_code == 429


def test_a_stranger_who_knows_a_reference_does_not_keep_its_owner_out(clinic):
    submission = clinic.new().submission
    stranger = [enter(Client(REMOTE_ADDR="203.0.113.9"), submission, born_year="1901") for _try in range(8)]
    assert [each.status_code for each in stranger] == [200] * 5 + [429] * 3
    assert enter(Client(REMOTE_ADDR="203.0.113.10"), submission).status_code == 302


def test_however_many_strangers_there_are_the_browser_that_sent_the_form_gets_in(client, few, submitted):
    for number in range(5):
        enter(Client(REMOTE_ADDR=f"203.0.113.{number}"), submitted, born_year="1901")
    assert enter(Client(REMOTE_ADDR="203.0.113.77"), submitted).status_code == 429
    assert enter(client, submitted).status_code == 302


def test_the_browser_that_looked_once_gets_in_after_it_was_forgotten(clinic, few, client):
    submission = clinic.new().submission
    assert enter(client, submission).status_code == 302
    session = client.session
    session["status"] = [session["status"][0], 0]
    session.save()
    for number in range(5):
        enter(Client(REMOTE_ADDR=f"203.0.113.{number}"), submission, born_year="1901")
    assert enter(client, submission).status_code == 302


def test_one_browser_has_no_more_guesses_at_what_it_has_sent_itself(client, submitted):
    statuses = [enter(client, submitted, born_year="1901").status_code for _try in range(7)]
    assert statuses == [200] * 5 + [429] * 2


def test_a_refused_try_counts_for_nothing(clinic):
    """A flood fills no table, and a network that may not try any more uses up nobody's reference."""
    submission = clinic.new().submission
    flood = Client(REMOTE_ADDR="203.0.113.9")
    for number in range(LIMITS["address"].most + 10):
        enter(flood, submission, reference=f"BBBB-{number:04}")
    assert Try.objects.count() == 4 * LIMITS["address"].most


@pytest.mark.django_db
def test_past_the_limit_a_form_is_taken_and_staff_are_told(few):
    sources = [begin(f"203.0.113.{number}").source for number in range(4)]
    assert sources == ["web"] * 3 + ["crowd"]


@pytest.mark.django_db
def test_one_network_begins_so_many_an_hour(monkeypatch):
    monkeypatch.setitem(LIMITS, "start", Limit(2, timedelta(hours=1)))
    assert [begin("203.0.113.9").source for _each in range(3)] == ["web", "web", "crowd"]
    assert begin("203.0.113.10").source == "web"
    Try.objects.update(at=timezone.now() - timedelta(hours=1, seconds=1))
    assert begin("203.0.113.9").source == "web"


@pytest.fixture
def submitted(client, db) -> Submission:
    """Pat's form, sent from this browser."""
    draft = pat.begin(client)
    for slug in ("consent", "name", "contact", "mood", "thoughts", "past"):
        pat.save(client, slug)
    client.post("/intake/send/")
    draft.refresh_from_db()
    assert draft.reference
    return draft
