"""The codes that staff choose from and that rows store: which ask for a note, and what follows from each."""

import pytest

from treatments.workflow import CLOSE_REASONS, RETURN_REASONS, VERDICTS, Hold
from treatments.workflow.events import EVENTS
from treatments.workflow.findings import differences_between
from treatments.workflow.outside_services import OUTSIDE_SERVICES
from treatments.workflow.priorities import Priority
from treatments.workflow.reasons import OUTCOMES
from treatments.workflow.risk import CHECK_DAYS, HoldChoice, choices_at

SAYS_TOO_LITTLE = [
    (CLOSE_REASONS, {"cared_for_elsewhere", "not_reached", "duplicate", "other"}),
    (RETURN_REASONS, {"more_information", "another_treatment", "unsafe_now", "other"}),
    (OUTCOMES, {"not_suitable", "other"}),
    (VERDICTS, {"incomplete"}),
    (OUTSIDE_SERVICES, {"ect_center", "crisis_service", "perinatal_psychiatry", "mood_disorder_clinic"}),
]


@pytest.mark.parametrize(("codes", "with_a_note"), SAYS_TOO_LITTLE)
def test_a_note_is_asked_for_where_the_code_alone_says_too_little(codes, with_a_note):
    assert {code for code, row in codes.items() if row.note_required} == with_a_note


def test_what_follows_from_a_reason_or_an_outcome():
    assert {code for code, row in CLOSE_REASONS.items() if row.taken_over} == {
        *("care_started", "cared_for_elsewhere")
    }
    assert {code for code, row in CLOSE_REASONS.items() if row.after_attempts} == {"not_reached"}


def test_what_only_read_and_what_the_patient_did_are_marked_in_the_timeline():
    assert {key for key, kind in EVENTS.items() if kind.is_reading} == {"opened", "exported", "paper_opened"}
    assert {key for key, kind in EVENTS.items() if kind.by_patient} == {
        *("answered", "added", "message", "patient_withdrew", "consent_revoked")
    }
    assert {key for key, kind in EVENTS.items() if kind.keeps_assessment} == {"release_hold"}


def test_priorities_are_stored_as_these_numbers_and_the_more_urgent_is_the_higher():
    assert [(priority.name, priority.value) for priority in Priority] == [
        ("ROUTINE", 0),
        ("SOON", 1),
        ("URGENT", 2),
    ]


@pytest.mark.parametrize(
    ("hold", "choices"),
    [
        (Hold.NONE, [HoldChoice.NONE]),
        (Hold.SAME_DAY, [HoldChoice.KEEP, HoldChoice.RELEASE]),
        (Hold.URGENT, [HoldChoice.KEEP, HoldChoice.SAME_DAY, HoldChoice.RELEASE]),
    ],
)
def test_a_hold_is_kept_or_released_and_only_an_urgent_one_made_milder(hold, choices):
    assert list(choices_at(hold)) == choices


def test_the_next_check_is_within_a_week_at_moderate_risk_and_two_days_at_high():
    assert CHECK_DAYS == {"moderate": 7, "high": 2}


@pytest.mark.parametrize(("before", "after"), [("caution", "supports"), ("supports", "caution")])
def test_a_finding_that_changed_is_named_in_either_direction(before, after):
    was = {"tms": {"state": before, "undecided": "none"}}
    now = {"tms": {"state": after, "undecided": "none"}}
    open_now = {"tms": {"state": before, "undecided": after}}
    assert differences_between(was, now) == [f"tms: {before} -> {after}"]
    assert differences_between(was, open_now) == [f"tms, undecided: none -> {after}"]
    assert differences_between(open_now, was) == [f"tms, undecided: {after} -> none"]
    assert differences_between(was, was) == []
    assert differences_between({}, was)[0] == f"tms: not assessed -> {before}"
    assert differences_between(was, {})[0] == f"tms: {before} -> not assessed"
