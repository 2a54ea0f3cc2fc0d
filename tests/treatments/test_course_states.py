"""The moves of a course of treatment, in full, and the reasons for which one is stopped."""

from itertools import product

import pytest

from treatments.workflow.course_states import (
    BEGINS_AS,
    COURSE_STATES,
    OPEN_COURSE_STATES,
    SECOND_COURSE_AFTER,
    STOP_REASONS,
    CourseState,
)

# Written out again.
MAY_BECOME = {
    "in_course": {"paused", "finished", "stopped", "continuing"},
    "paused": {"in_course", "stopped"},
    "continuing": {"finished", "stopped", "paused"},
    "finished": set(),
    "stopped": set(),
}
REASONS = """no_benefit side_effects patient_choice time_or_travel cost_or_insurance medical_reason safety pregnancy
    moved_elsewhere not_reached died other"""


@pytest.mark.parametrize(("state", "other"), list(product(CourseState, CourseState)))
def test_a_course_moves_by_the_table_and_no_other_way(state, other):
    assert (other in COURSE_STATES[state].may_become) == (other in MAY_BECOME[state])


def test_every_state_has_words_of_its_own_and_can_be_reached():
    assert set(COURSE_STATES) == set(CourseState)
    assert len({str(row.label) for row in COURSE_STATES.values()}) == len(CourseState)
    reached = {BEGINS_AS}.union(*(row.may_become for row in COURSE_STATES.values()))
    assert reached == set(CourseState)


def test_one_that_is_over_is_never_opened_again_and_a_second_one_follows_a_finished_one_alone():
    assert OPEN_COURSE_STATES == ("in_course", "paused", "continuing")
    assert {"finished"} == SECOND_COURSE_AFTER


def test_a_pause_and_a_stop_ask_why():
    assert {state: row.asks for state, row in COURSE_STATES.items() if row.asks} == {
        "paused": ("reason", "until"),
        "stopped": ("reason",),
    }


def test_the_reasons_for_stopping_are_these():
    assert " ".join(STOP_REASONS) == " ".join(REASONS.split())
    assert [code for code, reason in STOP_REASONS.items() if reason.says_more] == ["side_effects", "other"]
    assert [code for code, reason in STOP_REASONS.items() if reason.silences] == ["died"]
    assert len({str(reason.label) for reason in STOP_REASONS.values()}) == len(STOP_REASONS)
