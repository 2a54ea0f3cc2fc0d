"""A page saved while the draft changes under it: both answers stay, and nothing is saved into what is gone."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from intake.forms.pages import PageForm
from intake.models import Alarm, Changed, Submission
from intake.questionnaire.intake import INTAKE
from tests.intake import pat
from tests.intake.screen import words
from tests.racing import at_once

SLEEP = INTAKE.by_slug["now"], {"history": {"sleep_pattern": "both"}}
NAME = INTAKE.by_slug["name"], {"about": {"first_name": "Robin"}}
OTHERS = INTAKE.by_slug["past"], {"safety": {"harm_to_others": "yes"}}
ENTRY = INTAKE.by_slug["medicines-tried"], pat.KEY, {"drug": "lithium"}


def stored(draft: Submission) -> Submission:
    return Submission.objects.get(pk=draft.pk)


# --- The draft as one request has read it ----------------------------------------------------------


@pytest.fixture
def seen(db) -> Submission:
    return Submission.read(Submission.objects.create(answers={"about": {"last_name": "Reed"}}).pk)


def test_what_nobody_else_changed_is_not_read_again(seen, django_assert_num_queries):
    with django_assert_num_queries(1):
        saved = Submission.save_page(seen.pk, *SLEEP, seen=seen)
    assert saved is seen
    assert stored(seen).answers == {"about": {"last_name": "Reed"}, "history": {"sleep_pattern": "both"}}
    assert stored(seen).saved_pages() == ["now"]


@pytest.mark.parametrize(
    "change",
    [
        lambda pk: Submission.save_page(pk, *NAME),
        lambda pk: Submission.save_entry(pk, *ENTRY),
        lambda pk: Submission.save_email(pk, "robin@example.com"),
        lambda pk: Submission.objects.filter(pk=pk).update(expired_at=timezone.now()),
        lambda pk: Submission.objects.filter(pk=pk).delete(),
    ],
    ids=["page", "entry", "email", "expiry", "deletion"],
)
@pytest.mark.parametrize("clock", ["ticking", "standing still"])
def test_what_was_changed_meanwhile_is_not_written_over(change, clock, seen):
    with time_machine.travel(timezone.now(), tick=clock == "ticking"):
        first = Submission.read(Submission.save_page(seen.pk, *SLEEP).pk)
        change(seen.pk)
        with pytest.raises(Changed):
            Submission.save_page(seen.pk, *OTHERS, seen=first)
    assert not any("safety" in draft.answers for draft in Submission.objects.all())
    assert not Alarm.objects.exists()


def test_an_alarm_that_can_not_be_raised_saves_no_answer_either(seen, monkeypatch):
    def fails(*_alarms):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Alarm.objects, "bulk_create", fails)
    with pytest.raises(RuntimeError):
        Submission.save_page(seen.pk, *OTHERS, seen=seen)
    assert "safety" not in stored(seen).answers


# --- Two tabs --------------------------------------------------------------------------------------


@pytest.fixture
def meanwhile(monkeypatch) -> Callable[[Callable], None]:
    """Let something happen between the reading of the draft and the saving of the next page."""
    to_answers, acts = PageForm.to_answers, []

    def told(form):
        answers = to_answers(form)
        if acts:
            acts.pop()()
        return answers

    monkeypatch.setattr(PageForm, "to_answers", told)
    return acts.append


@pytest.fixture
def draft(client, db) -> Submission:
    return pat.begin(client)


def test_what_another_tab_saves_meanwhile_stays(draft, client, meanwhile):
    meanwhile(lambda: Submission.save_page(draft.pk, *NAME))
    assert pat.save(client, "now").status_code == 302
    assert stored(draft).answers["about"] == {"filled_by": "self", "first_name": "Robin"}
    assert stored(draft).saved_pages() == ["name", "now"]


def test_an_entry_that_another_tab_adds_meanwhile_stays(draft, client, meanwhile):
    meanwhile(lambda: Submission.save_entry(draft.pk, *ENTRY))
    assert pat.save(client, "now").status_code == 302
    assert stored(draft).entries(ENTRY[0]) == [{"drug": "lithium"}]
    assert "history" in stored(draft).answers


def test_a_danger_told_in_two_tabs_rings_once_and_leads_to_help_in_both(draft, client, meanwhile):
    meanwhile(lambda: Submission.save_page(draft.pk, *OTHERS))
    response = pat.save(client, "past", **{"safety-harm_to_others": "yes"})
    assert response.url.endswith("/help/")
    assert Alarm.objects.count() == 1


def test_what_was_sent_meanwhile_is_given_back_to_copy(draft, client, meanwhile):
    draft = pat.fill(client)
    meanwhile(lambda: Submission.submit(draft.pk))
    response = pat.save(client, "reason", **{"reason-goals": "One more thing"})
    assert response.status_code == 409
    assert "One more thing" in words(response.content.decode())
    assert "One more thing" not in str(stored(draft).answers)


def test_what_expired_meanwhile_is_given_back_to_copy(draft, client, meanwhile):
    meanwhile(lambda: Submission.objects.filter(pk=draft.pk).delete())
    response = pat.save(client, "reason", **{"reason-goals": "One more thing"})
    assert response.status_code == 410
    assert "One more thing" in words(response.content.decode())


@pytest.mark.django_db(transaction=True)
def test_tabs_that_save_at_the_same_moment_all_keep_their_answers(real_database):
    said = {"name": {}, "now": {}, "past": {"safety-harm_to_others": "yes"}, "mood": {}}
    for _round in range(10):
        first = Client()
        draft = pat.begin(first)
        pat.save(first, "consent")
        tabs = []
        for slug, told in (*said.items(), ("past", said["past"])):
            tab = Client()
            tab.cookies = first.cookies.copy()
            tabs.append(lambda tab=tab, slug=slug, told=told: pat.save(tab, slug, **told).status_code)
        assert at_once(*tabs) == [302] * len(tabs)
        assert set(stored(draft).answers) >= {"about", "history", "safety", "mood"}
        assert sorted(stored(draft).saved_pages()) == ["consent", "mood", "name", "now", "past"]
        assert draft.alarms.filter(danger="harm_to_others").count() == 1


@pytest.mark.django_db(transaction=True)
def test_names_sent_at_the_same_moment_are_each_stored_once(real_database):
    page = ENTRY[0]
    typed = {"drug-1": "Zoloft", "drug-2": "Prozac"}
    for _round in range(5):
        first, acts = Client(), []
        draft = pat.begin(first)
        for stem in ("0" * 14, "0" * 14, "1" * 14):  # sent twice, and from another tab
            tab = Client()
            tab.cookies = first.cookies.copy()
            told = {**typed, "stem": stem}
            acts.append(lambda tab=tab, told=told: tab.post(pat.address(page.slug), told).status_code)
        assert at_once(*acts) == [302] * len(acts)
        assert sorted(entry["drug"] for entry in stored(draft).entries(page)) == ["Prozac", "Zoloft"]
        assert len(stored(draft).waiting(page)) == 2
