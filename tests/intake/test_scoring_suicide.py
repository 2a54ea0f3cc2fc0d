"""The suicide screens read: every level, what is required, and what a yes overrides."""

from itertools import product

import pytest

from intake.scoring import asq_missing, cssrs_missing, score

NO = {"q1": "no", "q2": "no", "q6": "no"}
THOUGHTS = {"q1": "yes", "q2": "yes", "q3": "no", "q4": "no", "q5": "no", "q6": "no"}
ASQ_NO = {"q1": "no", "q2": "no", "q3": "no", "q4": "no"}


def cssrs(answers, **about):
    return score({"safety": {"cssrs": answers}, "about": about})["cssrs"]


def asq(answers, **about):
    return score({"safety": {"asq": answers}, "about": about})["asq"]


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        (NO, "none"),
        ({**NO, "q1": "yes"}, "low"),
        (THOUGHTS, "low"),
        ({**THOUGHTS, "q1": "no"}, "low"),
        ({**THOUGHTS, "q3": "yes"}, "moderate"),
        ({**THOUGHTS, "q4": "yes"}, "high"),
        ({**THOUGHTS, "q5": "yes"}, "high"),
        ({**THOUGHTS, "q3": "yes", "q4": "yes", "q5": "yes"}, "high"),
        ({**NO, "q6": "yes", "q6_recent": "no"}, "moderate"),
        ({**NO, "q6": "yes", "q6_recent": "yes"}, "high"),
        ({**THOUGHTS, "q6": "yes", "q6_recent": "no"}, "moderate"),
        ({**THOUGHTS, "q4": "yes", "q6": "yes", "q6_recent": "no"}, "high"),
    ],
)
def test_a_complete_screen_has_the_level_of_its_worst_answer(answers, level):
    assert cssrs(answers) == {"level": level}


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({}, "q1 q2 q6"),
        ({"q2": "no", "q6": "no"}, "q1"),
        ({"q1": "no", "q6": "no"}, "q2"),
        ({"q1": "no", "q2": "no"}, "q6"),
        ({**NO, "q1": "declined"}, "q1"),
        ({**NO, "q6": "declined"}, "q6"),
        ({**NO, "q2": "yes"}, "q3 q4 q5"),
        ({**THOUGHTS, "q4": "declined"}, "q4"),
        ({**THOUGHTS, "q3": "yes", "q5": "declined"}, "q5"),
        ({**NO, "q2": "declined"}, "q2 q3 q4 q5"),
        ({**THOUGHTS, "q2": "declined"}, "q2"),
        ({**NO, "q6": "yes"}, "q6_recent"),
        ({**NO, "q6": "yes", "q6_recent": "declined"}, "q6_recent"),
        ({**NO, "q1": "maybe"}, "q1"),
        ({**NO, "q1": True}, "q1"),
    ],
)
def test_a_required_answer_that_is_missing_or_declined_makes_it_incomplete(answers, missing):
    paths = [f"safety.cssrs.{key}" for key in missing.split()]
    assert cssrs(answers) == {"level": "incomplete", "missing": paths}
    assert cssrs_missing({"safety": {"cssrs": answers}}) == paths


@pytest.mark.parametrize("worst", ["q4", "q5", "q6_recent"])
@pytest.mark.parametrize("other", ["no", "declined", None])
def test_a_high_answer_wins_over_everything_missing(worst, other):
    answers = {key: other for key in ("q1", "q2", "q3", "q4", "q5", "q6") if other} | {worst: "yes"}
    assert cssrs(answers)["level"] == "high"
    assert cssrs(answers, filled_by="family")["level"] == "high"


def test_a_high_level_still_lists_what_is_missing():
    assert cssrs({"q1": "yes", "q2": "yes", "q4": "yes"}) == {
        "level": "high",
        "missing": ["safety.cssrs.q3", "safety.cssrs.q5", "safety.cssrs.q6"],
    }


def test_a_later_no_never_drops_an_earlier_yes():
    assert cssrs({**NO, "q3": "yes"}) == {"level": "moderate"}
    assert cssrs({**NO, "q5": "yes"}) == {"level": "high"}
    assert cssrs({**NO, "q6_recent": "yes"}) == {"level": "high"}


def test_questions_skipped_after_a_no_are_not_missing_even_when_declined():
    assert cssrs({**NO, "q3": "declined"}) == {"level": "none"}


@pytest.mark.parametrize("who", ["family", "professional"])
@pytest.mark.parametrize("answers", [NO, THOUGHTS, {**THOUGHTS, "q3": "yes"}])
def test_a_screen_filled_in_by_another_is_incomplete(who, answers):
    assert cssrs(answers, filled_by=who) == {"level": "incomplete"}
    assert cssrs(answers, filled_by="self")["level"] != "incomplete"


def test_every_combination_of_answers_follows_the_published_order():
    keys = ("q1", "q2", "q3", "q4", "q5", "q6", "q6_recent")
    for values in product(("yes", "no", "declined", None), repeat=7):
        a = {key: value for key, value in zip(keys, values, strict=True) if value}
        required = ["q1", "q2", "q6"]
        required += ["q3", "q4", "q5"] if a.get("q2") in ("yes", "declined") else []
        required += ["q6_recent"] if a.get("q6") == "yes" else []
        if "yes" in (a.get("q4"), a.get("q5"), a.get("q6_recent")):
            level = "high"
        elif any(a.get(key) not in ("yes", "no") for key in required):
            level = "incomplete"
        elif "yes" in (a.get("q3"), a.get("q6")):
            level = "moderate"
        elif "yes" in (a.get("q1"), a.get("q2")):
            level = "low"
        else:
            level = "none"
        assert cssrs(a)["level"] == level, a


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        (ASQ_NO, "negative"),
        *(({**ASQ_NO, key: "yes", "q5": "no"}, "non_acute") for key in ASQ_NO),
        *(({**ASQ_NO, key: "yes", "q5": "yes"}, "acute") for key in ASQ_NO),
        ({"q5": "yes"}, "acute"),
        ({**ASQ_NO, "q5": "yes"}, "acute"),
        ({**ASQ_NO, "q2": "declined"}, "incomplete"),
        ({"q1": "no", "q2": "no", "q3": "no"}, "incomplete"),
        ({**ASQ_NO, "q1": "yes"}, "incomplete"),
        ({**ASQ_NO, "q1": "yes", "q5": "declined"}, "incomplete"),
    ],
)
def test_the_asq_result_is_that_of_its_worst_answer(answers, result):
    assert asq(answers)["result"] == result


def test_the_asq_lists_what_is_missing():
    assert asq_missing({"safety": {"asq": {"q1": "yes", "q2": "declined", "q3": "no"}}}) == [
        "safety.asq.q2",
        "safety.asq.q4",
        "safety.asq.q5",
    ]
    assert asq_missing({"safety": {"asq": ASQ_NO}}) == []


def test_an_asq_filled_in_by_another_is_incomplete_unless_acute():
    assert asq(ASQ_NO, filled_by="family") == {"result": "incomplete"}
    assert asq({**ASQ_NO, "q1": "yes", "q5": "yes"}, filled_by="family") == {"result": "acute"}


def test_an_asq_in_the_place_of_the_cssrs_is_never_read_as_a_columbia_level():
    scores = score({"safety": {"asq": ASQ_NO}})
    assert scores["asq"] == {"result": "negative"}
    assert scores["cssrs"] == {"level": None}
    assert cssrs_missing({"safety": {"asq": ASQ_NO}}) == []


def test_when_both_screens_were_answered_both_are_read():
    scores = score({"safety": {"asq": {**ASQ_NO, "q5": "yes"}, "cssrs": NO}})
    assert (scores["asq"]["result"], scores["cssrs"]["level"]) == ("acute", "none")


def test_without_an_asq_there_is_no_asq_score():
    assert "asq" not in score({"safety": {"cssrs": NO}})
    assert "asq" not in score({"safety": {"asq": {}}})
