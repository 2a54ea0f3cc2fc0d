"""What is unsafe, at each of its edges, and when an unsafe answer rings anew: on answers alone, without a page."""

from typing import Any

import pytest

from intake.fields import FIELDS
from intake.questionnaire.dangers import (
    BY_KEY,
    DANGERS,
    changed,
    dangers_in,
    fields_in,
    newly_unsafe,
    old_very_high_pressure,
    unsafe_answers,
)
from intake.questionnaire.intake import INTAKE

TODAY = "2026-11-20"
THIRTY_DAYS_AGO, THIRTY_ONE_DAYS_AGO = "2026-10-21", "2026-10-20"
Answers = dict[str, Any]


def mood(item_9: int | None, items: int = 9) -> Answers:
    return {"mood": {"phq9": [3] * (items - 1) + [item_9]}}


def pressure(upper: int | None, lower: int | None, day: str | None = None) -> Answers:
    given = {"bp_systolic": upper, "bp_diastolic": lower, "bp_date": day}
    return {"health": {key: value for key, value in given.items() if value is not None}, "today": TODAY}


def symptoms(*chosen: str) -> Answers:
    return {"health": {"new_symptoms": list(chosen)}}


def rings(answers: Answers) -> list[str]:
    return [danger.key for danger in dangers_in(DANGERS, answers, fields_in(answers))]


@pytest.mark.parametrize(
    ("answers", "danger"),
    [
        (mood(0), None),
        (mood(1), "phq9_item9"),
        (mood(3), "phq9_item9"),
        (mood(None), None),
        (mood(3, items=8), None),
        ({"mood": {"phq9": None}}, None),
        (symptoms(), None),
        (symptoms("tremor"), None),
        (symptoms("tremor", "sweating"), "new_symptoms"),
        (symptoms("tremor", "sweating", "stiffness"), "new_symptoms"),
        (pressure(179, 119), None),
        (pressure(180, 80), "very_high_blood_pressure"),
        (pressure(181, 80), "very_high_blood_pressure"),
        (pressure(140, 120), "very_high_blood_pressure"),
        (pressure(140, 121), "very_high_blood_pressure"),
        (pressure(180, None), "very_high_blood_pressure"),
        (pressure(None, 120), "very_high_blood_pressure"),
        (pressure(179, None), None),
        (pressure(None, 119), None),
        (pressure(80, 180), "very_high_blood_pressure"),
        (pressure(119, 121), None),  # the other way round it is 121/119
        (pressure(190, 100, TODAY), "very_high_blood_pressure"),
        (pressure(190, 100, THIRTY_DAYS_AGO), "very_high_blood_pressure"),
        (pressure(190, 100, THIRTY_ONE_DAYS_AGO), None),
        (pressure(190, 100) | {"today": None}, "very_high_blood_pressure"),
    ],
    ids=str,
)
def test_an_answer_rings_from_its_edge_on(answers: Answers, danger: str | None) -> None:
    assert rings(answers) == ([danger] if danger else [])


@pytest.mark.parametrize(
    ("answers", "asks"),
    [
        (pressure(190, 100, THIRTY_ONE_DAYS_AGO), True),
        (pressure(190, 100, THIRTY_DAYS_AGO), False),
        (pressure(190, 100), False),
        (pressure(179, 119, THIRTY_ONE_DAYS_AGO), False),
    ],
    ids=str,
)
def test_only_an_old_very_high_pressure_is_to_be_measured_again(answers: Answers, asks: bool) -> None:
    assert old_very_high_pressure(answers) is asks


@pytest.mark.parametrize("answer", ["no", "not_sure", "declined", None])
def test_only_a_yes_rings(answer: str | None) -> None:
    assert rings({"safety": {"harm_to_others": "yes"}}) == ["harm_to_others"]
    assert rings({"safety": {"harm_to_others": answer}}) == []


def test_a_danger_outside_of_what_was_saved_is_not_looked_for() -> None:
    answers = mood(2) | symptoms("tremor", "sweating")
    assert [danger.key for danger in dangers_in(DANGERS, answers, frozenset({"mood.phq9"}))] == ["phq9_item9"]


def test_a_screen_that_is_one_field_holds_the_dangers_of_all_its_questions() -> None:
    assert BY_KEY["cssrs_q4"].fields == {"safety.cssrs"}
    assert rings({"safety": {"cssrs": {"q4": "yes", "q5": "yes"}}}) == ["cssrs_q4", "cssrs_q5"]


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1)])
def test_another_unsafe_answer_rings_anew_and_the_same_does_not(before: int, after: int) -> None:
    fields = frozenset({"mood.phq9"})
    was = unsafe_answers(DANGERS, mood(before), fields)
    assert [danger.key for danger in newly_unsafe(DANGERS, mood(after), was, fields)] == ["phq9_item9"]
    assert newly_unsafe(DANGERS, mood(before), was, fields) == []
    assert newly_unsafe(DANGERS, mood(0), was, fields) == []


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1), (1, 0), (0, 1), (1, None)])
def test_an_answer_has_changed_in_either_direction_and_to_a_safe_one(before: int, after: int | None) -> None:
    fields = frozenset({"mood.phq9", "health.new_symptoms"})
    stays = symptoms("tremor", "sweating")
    found = changed(DANGERS, mood(after) | stays, mood(before) | stays, fields)
    assert [danger.key for danger in found] == ["phq9_item9"]
    assert changed(DANGERS, mood(after), mood(before), frozenset({"health.new_symptoms"})) == []


def test_no_answer_and_a_screen_cut_short_are_no_other_answer_than_none_of_it() -> None:
    for none in (mood(None), mood(3, items=8)):
        assert changed(DANGERS, none, mood(0), frozenset({"mood.phq9"})) == []


def test_of_a_list_any_other_choice_is_a_change() -> None:
    fields = frozenset({"health.new_symptoms"})
    one, other = symptoms("sweating", "tremor"), symptoms("sweating", "stiffness")
    for before, after in ((one, other), (other, one)):
        assert [danger.key for danger in changed(DANGERS, after, before, fields)] == ["new_symptoms"]
    assert changed(DANGERS, one, one, fields) == []


SCREENS = [field for field in FIELDS if field.screen]


@pytest.mark.parametrize("path", INTAKE.concerns)
def test_a_concern_brings_up_places_to_get_help(path: str) -> None:
    section, key = path.split(".")
    assert INTAKE.needs_resources({section: {key: "yes"}, "about": {"first_name": "Pat"}})
    assert not INTAKE.needs_resources({section: {key: "no"}})


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path)
def test_so_does_a_question_of_a_suicide_screen_that_was_declined(screen) -> None:
    for part in screen.parts:
        assert INTAKE.needs_resources({screen.section: {screen.key: {part.key: "declined"}}})
    assert not INTAKE.needs_resources({screen.section: {screen.key: {}}})
