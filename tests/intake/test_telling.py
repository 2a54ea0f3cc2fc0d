"""What somebody tells staff after sending: kept as an amendment that says by whom, how, when and who wrote it down."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.fields import BY_PATH, FIELDS
from intake.models import Amendment, Submission
from intake.questionnaire import telling
from intake.scoring import score
from tests.conftest import fresh, sent_intake

pytestmark = pytest.mark.django_db

NO_TO_ALL = {"q1": "no", "q2": "no", "q6": "no"}


@pytest.fixture
def sent() -> Submission:
    return sent_intake()


def tell(submission: Submission, cast, given: dict, *, ago: timedelta = timedelta(), **said) -> Amendment:
    now = timezone.now()
    told = {"as_told_by": "patient", "how": "phone", "said_at": now - ago, "by": cast.cora, **said}
    return Amendment.tell(submission, telling.told_whole(given), at=now, **told)


def screen(**parts: str) -> dict:
    return {f"safety.cssrs.{key}": value for key, value in parts.items()}


def faults(given: dict, *, answers: dict | None = None, **said) -> list[str]:
    told = {"who": "patient", "how": "phone", "notes": {}, "screen": "cssrs", **said}
    before = sent_intake().answers if answers is None else answers
    return list(telling.faults(telling.told_whole(given), before, today=timezone.localdate(), **told))


# --- What is kept --------------------------------------------------------------------------------------


def test_a_told_answer_lies_over_the_one_that_was_sent_which_stays(sent, cast):
    before = sent.answers["history"]["episode_months"]
    told = tell(sent, cast, {"history.episode_months": 31}, as_told_by="family", informant="Ann, sister")
    assert fresh(sent).current["history"]["episode_months"] == 31
    assert fresh(sent).answers["history"]["episode_months"] == before
    told = fresh(told)
    assert (told.kind, told.changes) == ("told", {"history.episode_months": [before, 31]})
    assert (told.as_told_by, told.informant, told.how, told.by) == (
        *("family", "Ann, sister", "phone"),
        cast.cora,
    )


def test_what_was_said_earlier_lies_under_what_the_person_answered_since(sent, cast):
    Amendment.make(sent, {"history.episode_months": 20}, at=timezone.now() - timedelta(hours=1))
    tell(sent, cast, {"history.episode_months": 9}, ago=timedelta(hours=2), how="paper")
    assert fresh(sent).current["history"]["episode_months"] == 20
    tell(sent, cast, {"history.episode_months": 9})
    assert fresh(sent).current["history"]["episode_months"] == 9


def test_who_does_not_know_leaves_the_answer_unknown_where_no_choice_says_so(sent, cast):
    tell(sent, cast, {"health.stroke": "not_sure", "about.sex_at_birth": "not_sure"})
    now = fresh(sent).current
    assert now["health"]["stroke"] == "not_sure"
    assert "sex_at_birth" not in now["about"]


def test_the_document_stays_sound(sent, cast):
    tell(sent, cast, {"about.sex_at_birth": "not_sure", **screen(q1="no", q2="not_sure")})
    assert fresh(sent).faults(timezone.localdate()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"as_told_by": None},
        {"how": None},
        {"said_at": None},
        {"by": None},
        {"informant": "Ann"},
        {"as_told_by": "family"},
        {"kind": "added"},
    ],
)
def test_the_database_keeps_none_that_does_not_say_who_told_it(wrong, sent, cast):
    now = timezone.now()
    said = {"as_told_by": "patient", "how": "phone", "said_at": now, "by": cast.cora, "kind": "told", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        Amendment.objects.create(submission=sent, changes={}, made_at=now, **said)


# --- Alarms ----------------------------------------------------------------------------------------------


def test_a_told_yes_rings_at_once_with_the_amendment(sent, cast):
    told = tell(sent, cast, screen(q1="no", q2="yes"))
    assert [(alarm.danger, alarm.amendment) for alarm in sent.alarms.all()] == [("cssrs_q2", told)]


def test_what_the_same_talk_has_saved_already_does_not_ring_again(sent, cast):
    said_at = timezone.now()
    for parts in ({"q1": "no", "q2": "yes"}, {"q1": "no", "q2": "yes", "q3": "yes", "q4": "no"}):
        tell(sent, cast, screen(**parts), said_at=said_at)
    assert [alarm.danger for alarm in sent.alarms.order_by("pk")] == ["cssrs_q2", "cssrs_q3"]
    tell(sent, cast, screen(q1="no", q2="yes"), said_at=said_at + timedelta(minutes=1))
    assert sent.alarms.count() == 3


def test_a_told_no_is_a_change_of_the_alarm_and_removes_none(cast):
    sent = sent_intake(**{"safety.harm_to_others": "yes"})
    tell(sent, cast, {"safety.harm_to_others": "no"})
    assert [change.answer for change in sent.alarms.get().changes.all()] == [
        {"safety": {"harm_to_others": "no"}}
    ]


def test_an_earlier_no_is_no_change_of_what_was_answered_since(cast):
    sent = sent_intake()
    Amendment.make(sent, {"safety.harm_to_others": "yes"}, at=timezone.now())
    tell(sent, cast, {"safety.harm_to_others": "no"}, ago=timedelta(hours=1))
    assert not sent.alarms.get().changes.exists()


def test_a_screen_saved_as_far_as_it_got_replaces_the_earlier_one(cast):
    sent = sent_intake(**{"safety.cssrs": NO_TO_ALL})
    told = tell(sent, cast, screen(q1="no"))
    assert fresh(sent).current["safety"]["cssrs"] == {"q1": "no"}
    assert told.changes["safety.cssrs.q6"] == ["no", None]
    assert score(fresh(sent).to_document())["cssrs"]["level"] != "none"


# --- What may be told ------------------------------------------------------------------------------------


def test_any_field_but_consent_may_be_told():
    answers = sent_intake(**{"consent.substance_use_agreed": "yes"}).answers
    left_out = {field.path for field in FIELDS} - {field.path for field in telling.tellable(answers, "cssrs")}
    assert {path for path in left_out if not path.startswith("consent.")} == {
        "safety.asq",
        *(field.path for field in FIELDS if not field.by_hand and field.section != "consent"),
    }
    assert faults({"consent.agreed": True})


@pytest.mark.parametrize(("agreed", "may"), [("yes", True), ("no", False), ("not_sure", False)])
def test_substance_use_is_told_only_of_who_agreed(agreed, may):
    answers = sent_intake(**{"consent.substance_use_agreed": agreed}).answers
    assert (faults({"substances.cannabis": "never"}, answers=answers) == []) is may


@pytest.mark.parametrize("path", ["safety.cssrs.q1", "mood.phq9", "anxiety.gad7"])
@pytest.mark.parametrize(
    ("who", "how", "may"),
    [
        ("patient", "phone", True),
        ("patient", "room", True),
        ("patient", "paper", False),
        ("patient", "message", False),
        ("family", "phone", False),
        ("helper", "room", False),
    ],
)
def test_a_questionnaire_is_answered_only_by_the_person_who_can_be_heard(path, who, how, may):
    field = BY_PATH[".".join(path.split(".")[:2])]
    given = {path: "no" if field.screen else [0] * field.length}
    assert (faults(given, who=who, how=how) == []) is may


def test_a_name_or_birth_date_changes_only_with_a_reason():
    assert faults({"about.last_name": "Doe"}) == ["Write why the name or the birth date changes."]
    assert faults({"about.last_name": "Doe"}, notes={"about.last_name": " "})
    assert faults({"about.last_name": "Doe"}, notes={"about.last_name": "Married."}) == []


@pytest.mark.parametrize(
    "given",
    [
        {"history.episode_months": "many"},
        {"health.stroke": "perhaps"},
        {"health.bp_date": "2999-01-01"},
        {"mood.phq9": [9] * 9},
        {"reason.interested_in": ["tea"]},
        {"nowhere.at_all": "yes"},
        {},
    ],
)
def test_what_no_document_may_hold_is_not_told(given):
    assert faults(given)


def test_it_says_who_and_how():
    assert faults({"health.stroke": "no"}, who="nobody") and faults({"health.stroke": "no"}, how="")


# --- In order --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "sound"),
    [
        ({"q1": "no"}, True),
        ({"q1": "no", "q2": "no", "q6": "no"}, True),
        ({"q1": "declined", "q2": "not_sure", "q6": "no"}, True),
        ({"q1": "no", "q2": "yes", "q3": "no", "q4": "no", "q5": "no", "q6": "yes", "q6_recent": "no"}, True),
        ({"q2": "no"}, False),
        ({"q1": "no", "q2": "yes", "q6": "no"}, False),
        # Unsafe: it is never made to wait for the question that was left out.
        ({"q2": "yes"}, True),
        ({"q1": "no", "q2": "yes", "q6": "yes", "q6_recent": "yes"}, True),
    ],
)
def test_a_screen_is_told_from_its_first_question_on(parts, sound):
    assert (faults(screen(**parts)) == []) is sound


def test_of_a_questionnaire_with_a_gap_what_comes_before_it_may_be_kept_and_what_is_unsafe():
    cssrs, phq9 = BY_PATH["safety.cssrs"], BY_PATH["mood.phq9"]
    given = telling.as_given(screen(q1="no", q2="yes", q6="no", q6_recent="yes"))
    assert telling.reached(cssrs, given) == ["q1", "q2", "q6_recent"]
    items = [1, 1, None, 3, None, None, None, None, 1]
    keys = [part.key for part in phq9.parts]
    assert telling.reached(phq9, {"mood": {"phq9": items}}) == [keys[0], keys[1], keys[8]]
    assert telling.first_gap(phq9, {"mood": {"phq9": items}}) == keys[2]
