"""A second questionnaire, of two pages and kept in a row of its own, walks all that the intake's pages do."""

import uuid
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from datetime import datetime

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import include, path, reverse
from django.utils import timezone

from clinic.urls import urlpatterns as ours
from intake.fields import BY_PATH, FIELDS
from intake.fields.conditions import When
from intake.fields.kinds import always, section, text, yes_no
from intake.models import Alarm, Drafting, Submission
from intake.questionnaire.asking import leaves
from intake.questionnaire.dangers import BY_KEY
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.shape import Questionnaire, Section
from intake.views import guard, page_cache
from tests.conftest import sent_intake
from tests.intake import pat

SPACE = "week"
urlpatterns = [path(f"{SPACE}/", include("intake.urls", namespace=SPACE)), *ours]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

PHQ9 = replace(
    BY_PATH["mood.phq9"],
    page="days",
    parts=tuple(replace(part, page="days") for part in BY_PATH["mood.phq9"].parts),
)
WEEK = Questionnaire(
    key="week",
    sections=(Section("mood", "Your days"), Section("safety", "Your safety")),
    outline=(("days", "mood", "How were your days?", ""), ("others", "safety", "And with others?", "")),
    fields=(
        PHQ9,
        *section("mood", text("best", "days", "What was best?", required=True, missing="Say what was best")),
        *section(
            "safety",
            yes_no("harm_to_others", "others", "Thoughts of hurting someone?"),
            yes_no("talked", "others", "Did you tell anyone?", asked_when=When("safety.harm_to_others", ("yes",))),
        ),
    ),
    dangers=(BY_KEY["phq9_item9"], BY_KEY["harm_to_others"]),
)  # fmt: skip


@pytest.fixture
def week_model(monkeypatch) -> Iterator[type[Drafting]]:
    """The row that holds a week's answers, about somebody whose intake was sent."""
    with isolate_apps("intake"):

        class Week(Drafting):
            questionnaire = WEEK
            OPEN = {"sent_at": None}

            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            submission_id = models.UUIDField()
            sent_at = models.DateTimeField(null=True)

            class Meta:
                app_label = "intake"
                db_table = "planted_week"

            @property
            def is_draft(self) -> bool:
                return self.sent_at is None

            @property
            def key_holder(self) -> Submission:
                return Submission.objects.get(pk=self.submission_id)

            def alarm(self, danger, at: datetime) -> Alarm:
                return Alarm(
                    submission_id=self.submission_id,
                    danger=danger.key,
                    urgency=danger.urgency,
                    raised_at=at,
                )

            @classmethod
            def submit(cls, pk, *, signed: dict | None = None, at: datetime | None = None):
                cls.save_page(pk, cls.questionnaire.check_page, signed or {}, done=False)
                cls.objects.filter(pk=pk, sent_at=None).update(sent_at=at or timezone.now())
                return cls.read(pk)

    with connection.cursor() as cursor:
        cursor.execute(*connection.schema_editor().table_sql(Week))
    monkeypatch.setitem(guard.FILLED_IN, SPACE, Week)
    page_cache.frame.cache_clear()
    yield Week
    page_cache.frame.cache_clear()


@pytest.fixture
def week(week_model, client: Client) -> Drafting:
    """A week that this browser fills in."""
    row = week_model.objects.create(submission_id=sent_intake().pk)
    session = client.session
    session[SPACE] = str(row.pk)
    session.save()
    return row


def at(name: str, *args: str) -> str:
    return reverse(f"{SPACE}:{name}", args=args)


def points(last: int) -> dict[str, str]:
    return pat.points("mood-phq9", [1, 1, 0, 1, 0, 0, 0, 0, last])


def alarms(week: Drafting) -> list[str]:
    return list(Alarm.objects.filter(submission_id=week.submission_id).values_list("danger", flat=True))


def test_saving_a_page_stores_its_answers_and_leads_on_within_the_same_questionnaire(week, client) -> None:
    tasks = client.get(at("tasks")).content.decode()
    assert "Your days" in tasks and at("page", "days") in tasks
    response = client.post(at("page", "days"), {**points(0), "mood-best": "A walk"})
    assert response["Location"] == at("page", "others")
    week.refresh_from_db()
    assert week.answers == {"mood": {"phq9": [1, 1, 0, 1, 0, 0, 0, 0, 0], "best": "A walk"}}
    assert (week.saved_pages(), alarms(week)) == (["days"], [])
    assert client.get(at("page", "others")).status_code == 200


def test_a_fault_beside_an_unsafe_answer_holds_up_neither_the_answer_nor_the_alarm(week, client) -> None:
    response = client.post(at("page", "days"), points(2))
    assert response["Location"] == at("help", "days")
    week.refresh_from_db()
    assert week.answers["mood"]["phq9"][8] == 2
    assert (week.saved_pages(), alarms(week)) == ([], ["phq9_item9"])
    helped = client.get(at("help", "days"))
    assert "988" in helped.content.decode()
    assert client.post(at("help", "days"))["Location"] == at("page", "days"), "back to what is missing"


def test_the_same_danger_rings_once_and_another_answer_rings_anew(week, client) -> None:
    for last in (2, 2, 1):
        client.post(at("page", "days"), {**points(last), "mood-best": "A walk"})
    assert alarms(week) == ["phq9_item9", "phq9_item9"]


def test_who_comes_back_finds_what_was_saved(week, client) -> None:
    client.post(at("page", "days"), points(0))  # "best" is missing
    again = pat.shown(client.get(at("page", "days")))
    assert [again[f"mood-phq9-{place}"] for place in (0, 2)] == [["1"], ["0"]]
    assert at("page", "days") + "?return=check" in client.get(at("check")).content.decode()
    assert client.post(at("send")).status_code == 422


def test_an_answer_opens_its_question_which_counts_no_more_without_it(week, client) -> None:
    shown = client.get(at("page", "others")).content.decode()
    assert (
        shown.index("clinic-opens-1") < shown.index("clinic-reveal-1") < shown.index('name="safety-talked"')
    )
    client.post(at("page", "others"), {"safety-harm_to_others": "yes"})
    assert alarms(week) == ["harm_to_others"]
    assert 'name="safety-talked"' in client.get(at("page", "others")).content.decode()
    answers = {"safety": {"harm_to_others": "no", "talked": "yes"}}
    assert WEEK.without_unasked(answers, "") == {"safety": {"harm_to_others": "no"}}


def test_it_is_sent_once_and_then_locked(week, week_model, client) -> None:
    client.post(at("page", "days"), {**points(0), "mood-best": "A walk"})
    client.post(at("page", "others"), {"safety-harm_to_others": "no"})
    checked = client.get(at("check")).content.decode()
    assert "A walk" in checked and at("send") in checked
    for _press in range(2):
        assert client.post(at("send"))["Location"] == at("done")
    assert "A walk" in client.get(at("record")).content.decode()
    week.refresh_from_db()
    assert week.sent_at is not None
    late = client.post(at("page", "days"), {**points(3), "mood-best": "Nothing"})
    assert (late.status_code, alarms(week)) == (409, [])
    week.refresh_from_db()
    assert week.answers["mood"]["best"] == "A walk"


def test_an_intake_in_the_same_browser_is_another_form(week, client) -> None:
    draft = pat.begin(client)
    assert client.get(pat.address("days")).status_code == 404
    assert pat.save(client, "reason", **{"reason__goals": "Sleep"})["Location"] == pat.address("mood")
    client.post(at("page", "days"), {**points(0), "mood-best": "A walk"})
    draft.refresh_from_db()
    week.refresh_from_db()
    assert "mood" not in draft.answers and "reason" not in week.answers


def test_two_tabs_that_save_at_once_are_both_kept(week, client, monkeypatch) -> None:
    write, rest = type(week)._swap, iter(["A nap", ""])

    def meanwhile(self, at) -> None:
        if next(rest, ""):
            type(week).save_page(week.pk, WEEK.by_slug["others"], {"safety": {"harm_to_others": "no"}})
        write(self, at)

    monkeypatch.setattr(type(week), "_swap", meanwhile)
    assert client.post(at("page", "days"), {**points(0), "mood-best": "A nap"}).status_code == 302
    week.refresh_from_db()
    assert (week.answers["mood"]["best"], week.answers["safety"]["harm_to_others"]) == ("A nap", "no")


# --- Conditions are data --------------------------------------------------------------------------------


def test_every_condition_says_what_it_reads() -> None:
    for owner in FIELDS:
        for question in (owner, *leaves(owner)):
            condition = question.asked_when
            assert is_dataclass(condition) and type(condition).__dataclass_params__.frozen
            if condition is not always:
                assert condition.path in BY_PATH or condition.path.rpartition(".")[0] in BY_PATH


def test_two_conditions_with_the_same_words_are_one() -> None:
    assert When("health.stroke", ("yes",)) == When("health.stroke", ("yes",))
    assert Submission.questionnaire.page_applies(
        Submission.questionnaire.by_slug["guardian"],
        {"about": {"date_of_birth": "2015-05-14"}, "today": "2026-11-20"},
        "cssrs",
    )


def test_a_serious_event_under_tms_is_kept_where_it_is_then_said_that_there_was_none():
    told = {"had": "no", "serious_event": "yes", "improvement": "over_75", "now": "no"}
    kept = INTAKE.without_unasked({"other_treatments": {"tms": told}}, "cssrs")
    assert kept["other_treatments"]["tms"] == {"had": "no", "serious_event": "yes"}
    quiet = INTAKE.without_unasked({"other_treatments": {"tms": told | {"serious_event": "no"}}}, "cssrs")
    assert quiet["other_treatments"]["tms"] == {"had": "no"}
