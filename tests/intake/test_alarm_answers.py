"""An alarm keeps the answer that raised it, and every change of it is a row: nothing unsafe is taken back unseen."""

import pytest
from django.db import IntegrityError, connection, transaction

from intake.models import Alarm, AlarmChange, Amendment, Question, Submission
from intake.questionnaire.intake import INTAKE
from tests.conftest import URGENT, fresh, sent_intake
from treatments.triage.questions import ask_patient

OTHERS, MOOD = INTAKE.by_slug["past"], INTAKE.by_slug["mood"]


@pytest.fixture
def draft(db) -> Submission:
    return Submission.begin(language="en")


def say(draft: Submission, answer: str | None) -> None:
    Submission.save_page(draft.pk, OTHERS, {"safety": {"harm_to_others": answer}})


def item_9(draft: Submission, points: int) -> None:
    Submission.save_page(draft.pk, MOOD, {"mood": {"phq9": [1, 1, 1, 1, 1, 1, 1, 1, points]}})


def harm(answer: str) -> dict:
    return {"safety": {"harm_to_others": answer}}


def changes() -> list[dict]:
    return [change.answer for change in AlarmChange.objects.order_by("pk")]


def test_an_alarm_keeps_the_answer_as_it_was_first_saved(draft):
    say(draft, "yes")
    say(draft, "no")
    assert Alarm.objects.get().answer == harm("yes")
    assert fresh(draft).answers == harm("no")


def test_a_change_of_an_unsafe_answer_is_a_row_with_its_time(draft):
    say(draft, "yes")
    assert changes() == []
    say(draft, "no")
    change = AlarmChange.objects.get()
    assert (change.alarm, change.answer) == (Alarm.objects.get(), harm("no"))
    assert change.at > change.alarm.raised_at


def test_the_draft_as_the_browser_read_it_keeps_its_changes_too(draft):
    say(draft, "yes")
    seen = fresh(draft)
    Submission.save_page(seen.pk, OTHERS, {"safety": {"harm_to_others": "no"}}, seen=seen)
    assert changes() == [harm("no")]


def test_an_answer_changed_twice_keeps_the_first_unsafe_and_the_last(draft):
    for answer in ("yes", "no", "not_sure"):
        say(draft, answer)
    assert Alarm.objects.get().answer == harm("yes")
    assert changes() == [harm("no"), harm("not_sure")]


def test_an_unsafe_answer_that_was_taken_out_leaves_a_change_without_an_answer(draft):
    say(draft, "yes")
    say(draft, None)
    assert changes() == [{}]


def test_an_answer_that_is_unsafe_again_rings_again_and_later_changes_are_of_the_newest_alarm(draft):
    for points in (3, 0, 1, 0):
        item_9(draft, points)
    first, second = Alarm.objects.order_by("pk")
    assert [alarm.answer["mood"]["phq9"][8] for alarm in (first, second)] == [3, 1]
    assert [change.answer["mood"]["phq9"][8] for change in first.changes.order_by("pk")] == [0, 1]
    assert [change.answer["mood"]["phq9"][8] for change in second.changes.order_by("pk")] == [0]


def test_a_plain_save_a_safe_change_and_another_page_note_nothing(draft):
    say(draft, "no")
    say(draft, "not_sure")
    say(draft, "yes")
    say(draft, "yes")
    item_9(draft, 0)
    assert changes() == []


def test_what_alarm_and_change_keep_is_the_answer_alone(draft):
    Submission.save_page(draft.pk, INTAKE.by_slug["name"], {"about": {"first_name": "Canary"}})
    say(draft, "yes")
    say(draft, "no")
    assert (Alarm.objects.get().answer, changes()) == (harm("yes"), [harm("no")])


def test_where_the_page_could_not_be_saved_no_change_is_noted(draft, monkeypatch):
    say(draft, "yes")

    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(AlarmChange, "note", fail)
    with pytest.raises(RuntimeError):
        say(draft, "no")
    assert fresh(draft).answers == harm("yes")


def test_an_unsafe_answer_that_sending_drops_leaves_a_change(draft):
    whole = sent_intake(**{"substances.withdrawal_symptoms": "yes"})
    answers = {**whole.answers, "consent": {**whole.answers["consent"], "substance_use_agreed": "no"}}
    left = Submission.begin(answers=answers)
    left._raise_alarms(INTAKE.dangers_in(answers), left.created_at)
    sent = Submission.submit(left.pk)
    assert "withdrawal_symptoms" not in sent.answers.get("substances", {})
    assert [change.alarm.danger for change in AlarmChange.objects.all()] == ["withdrawal_symptoms"]
    assert changes() == [{}]


def test_an_amendment_keeps_the_answer_it_raised_and_the_change_it_made(clinic):
    referral = clinic.in_review(**URGENT)

    def answered(answer: str) -> Amendment:
        asked = {"fields": ["safety.harm_to_others"], "message": "Is that still so?"}
        ask_patient(referral=referral, actor=clinic.cast.cora, **asked)
        return Question.objects.get(ended_at=None).answer({"safety.harm_to_others": answer})

    safe = answered("no")
    assert (changes(), AlarmChange.objects.get().at) == ([harm("no")], safe.made_at)
    assert answered("yes").alarms.get().answer == harm("yes")
    assert changes() == [harm("no"), harm("yes")]


OF_VENDOR = {
    "sqlite": ["INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = {pk}"],
    "postgresql": ["TRUNCATE {table} CASCADE"],
}
SQL = ["UPDATE {table} SET answer = '{{}}'", "DELETE FROM {table} WHERE id = {pk}"]


@pytest.mark.parametrize("model", [Alarm, AlarmChange])
@pytest.mark.parametrize("sql", SQL + OF_VENDOR[connection.vendor])
def test_the_database_itself_refuses_to_change_or_remove_what_was_unsafe(sql, model, draft):
    say(draft, "yes")
    say(draft, "no")
    before = list(model.objects.values())
    connection.check_constraints()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table=model._meta.db_table, pk=model.objects.get().pk))
    assert list(model.objects.values()) == before
