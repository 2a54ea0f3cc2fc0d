"""A page saved while the draft changes under it: both answers stay, and nothing is saved into what is gone."""

import pytest
import time_machine
from django.utils import timezone

from intake import document
from intake.models import Alarm, Locked, Submission
from intake.steps import BY_SLUG
from tests.documents import complete_document
from tests.intake import pat
from tests.racing import at_once

SLEEP = BY_SLUG["sleep"], {"history": {"sleep_pattern": "both"}}
NAME = BY_SLUG["name"], {"about": {"first_name": "Robin"}}
OTHERS = BY_SLUG["others"], {"safety": {"harm_to_others": "yes"}}


@pytest.fixture
def seen(db):
    """A draft as one request has read it."""
    return Submission.objects.read(Submission.objects.create(answers={"about": {"last_name": "Reed"}}).pk)


def stored(draft: Submission) -> Submission:
    return Submission.objects.get(pk=draft.pk)


def test_what_nobody_else_changed_is_not_read_again(seen, django_assert_num_queries):
    with django_assert_num_queries(1):
        saved = Submission.save_page(seen.pk, *SLEEP, seen=seen)
    assert saved is seen
    assert stored(seen).answers == {"about": {"last_name": "Reed"}, "history": {"sleep_pattern": "both"}}
    assert stored(seen).saved_pages() == ["sleep"]


def test_what_another_tab_saved_meanwhile_stays(seen):
    Submission.save_page(seen.pk, *NAME)
    saved = Submission.save_page(seen.pk, *SLEEP, seen=seen)
    both = {"about": {"last_name": "Reed", "first_name": "Robin"}, "history": {"sleep_pattern": "both"}}
    assert saved.answers == stored(seen).answers == both
    assert saved.saved_pages() == stored(seen).saved_pages() == ["name", "sleep"]


def test_it_stays_even_when_the_clock_stands_still(seen):
    with time_machine.travel(timezone.now(), tick=False):
        first = Submission.objects.read(Submission.save_page(seen.pk, *OTHERS).pk)
        Submission.save_page(seen.pk, *NAME)
        Submission.save_page(seen.pk, *SLEEP, seen=first)
    assert stored(seen).saved_pages() == ["others", "name", "sleep"]


def test_an_entry_that_another_tab_added_stays(seen):
    page = BY_SLUG["medicines-tried"]
    Submission.save_entry(seen.pk, page, pat.KEY, {"drug": "lithium"})
    Submission.save_page(seen.pk, *SLEEP, seen=seen)
    assert stored(seen).entries(page) == [{"drug": "lithium"}]
    assert stored(seen).answers["history"] == {"sleep_pattern": "both"}


def test_nothing_is_saved_into_what_was_sent_or_is_gone(seen):
    sent = Submission.objects.read(
        Submission.objects.create(answers=document.answers_of(complete_document())).pk
    )
    Submission.submit(sent.pk)
    with pytest.raises(Locked):
        Submission.save_page(sent.pk, *OTHERS, seen=sent)
    assert stored(sent).answers["safety"]["harm_to_others"] == "no"
    Submission.objects.filter(pk=seen.pk).update(expired_at=timezone.now())
    with pytest.raises(Submission.DoesNotExist):
        Submission.save_page(seen.pk, *OTHERS, seen=seen)
    assert "safety" not in stored(seen).answers
    Submission.objects.filter(pk=seen.pk).delete()
    with pytest.raises(Submission.DoesNotExist):
        Submission.save_page(seen.pk, *OTHERS, seen=seen)
    assert not Alarm.objects.exists()


def test_one_danger_told_in_two_tabs_rings_once(seen):
    first = Submission.save_page(seen.pk, *OTHERS)
    second = Submission.save_page(seen.pk, *OTHERS, seen=seen)
    assert first.has_rung and not second.has_rung
    assert Alarm.objects.count() == 1


def test_an_alarm_that_can_not_be_raised_saves_no_answer_either(seen, monkeypatch):
    def fails(*_alarms):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Alarm.objects, "bulk_create", fails)
    with pytest.raises(RuntimeError):
        Submission.save_page(seen.pk, *OTHERS, seen=seen)
    assert "safety" not in stored(seen).answers


@pytest.mark.django_db(transaction=True)
def test_tabs_that_save_at_the_same_moment_all_keep_their_answers(real_database):
    tabs = [NAME, SLEEP, OTHERS, OTHERS]
    for _round in range(20):
        draft = Submission.objects.create()
        seen = [Submission.objects.read(draft.pk) for _tab in tabs]
        outcomes = at_once(
            *[
                lambda tab=tab, own=own, pk=draft.pk: Submission.save_page(pk, *tab, seen=own).has_rung
                for tab, own in zip(tabs, seen, strict=True)
            ]
        )
        assert sorted(outcomes) == [False, False, False, True]
        assert set(stored(draft).answers) == {"about", "history", "safety"}
        assert sorted(stored(draft).saved_pages()) == ["name", "others", "sleep"]
        assert draft.alarms.count() == 1
