"""The alarms of check-ins: the table written out again, every row met and unmet, and what was known before."""

import pytest

from intake.fields.check_in import ITEMS
from intake.questionnaire.check_in_alarms import (
    CHECK_IN_ALARMS,
    TIERS,
    Known,
    Screen,
    alarms_in,
    no_answer_tier,
    screen_in,
)

ALL_NO = {"q1": "no", "q2": "no", "q6": "no"}
ASQ_NO = {"q1": "no", "q2": "no", "q3": "no", "q4": "no"}

# What a yes and what "I am not sure" raise, and what the person sees.
OF_ITEMS = {
    "chest_pain_or_stroke_signs_now": ("urgent", "urgent", "medical"),
    "seizure_or_blackout": ("urgent", "same_day", "medical"),
    "trouble_breathing_or_waking": ("urgent", "same_day", "medical"),
    "drove_same_day": ("same_day", "review", "please_do_not_drive"),
    "hearing_change": ("same_day", "review", ""),
    "asked_to_be_called": ("same_day", "review", "988_line"),
    "unreal_next_day": ("review", "", ""),
    "bladder": ("review", "", ""),
    "memory_worse": ("review", "", ""),
    "cravings": ("review", "", ""),
    "vomiting": ("review", "", ""),
    "headache_stops_day": ("review", "", ""),
    "pain_at_spot": ("review", "", ""),
    "slept_under_4h": ("review", "", ""),
    "more_alcohol_or_drugs": ("review", "", ""),
    "medicine_changed": ("review", "", ""),
}
OF_SCREENS = {
    **dict.fromkeys(("screen_q1", "screen_q2", "screen_q3"), "same_day"),
    **dict.fromkeys(("screen_q4", "screen_q5", "screen_q6"), "urgent"),
    **dict.fromkeys(("asq_q1", "asq_q2", "asq_q3", "asq_q4"), "same_day"),
    "asq_q5": "urgent",
}
OTHERS = {"phq9_item9": "suicide", "suicide_answer_missing": "help_box", "mania_signs": "call_us_today"}
SILENT = {"medicine_changed_what", "therapy_useful", "days_out", "anything_else"}


def phq9(item_9: int | None) -> list[int | None]:
    return [*[0] * 8, item_9]


def rung(known: Known | None = None, **answers: object) -> list[str]:
    return [f"{key} {tier}" for key, tier in alarms_in(answers, known or Known())]


def test_the_rows_are_these_and_each_is_marked_as_not_verified():
    assert [row.key for row in CHECK_IN_ALARMS] == [
        *list(OF_ITEMS)[:3],
        "phq9_item9",
        *OF_SCREENS,
        "suicide_answer_missing",
        "mania_signs",
        *list(OF_ITEMS)[3:],
    ]
    assert all(row.source and row.reviewed and not row.verified for row in CHECK_IN_ALARMS)
    assert TIERS == ("urgent", "same_day", "review")


def test_what_the_person_sees_goes_with_the_row():
    shown = {key: shows for key, (_yes, _unsure, shows) in OF_ITEMS.items()}
    assert {row.key: row.shows for row in CHECK_IN_ALARMS} == {
        **shown,
        **dict.fromkeys(OF_SCREENS, "suicide"),
        **OTHERS,
    }


@pytest.mark.parametrize(("key", "tiers"), OF_ITEMS.items())
def test_an_item_rings_by_its_answer(key, tiers):
    for answer, tier in zip(("yes", "not_sure", "no"), (*tiers[:2], ""), strict=True):
        assert rung(items={key: answer}) == ([f"{key} {tier}"] if tier else [])


def test_every_item_rings_or_is_known_to_be_silent():
    mania = {"high_energy", "little_sleep_not_tired"}
    assert {field.key for field in ITEMS} == {*OF_ITEMS, *mania, *SILENT}
    for key in SILENT:
        assert rung(items={key: "yes"}) == []


@pytest.mark.parametrize(
    ("energy", "sleep", "expected"),
    [
        ("yes", "no", ["mania_signs same_day"]),
        ("no", "yes", ["mania_signs same_day"]),
        ("not_sure", "yes", ["mania_signs same_day"]),
        ("yes", "yes", ["mania_signs same_day"]),
        ("not_sure", "no", ["mania_signs review"]),
        ("no", "not_sure", ["mania_signs review"]),
        ("no", "no", []),
    ],
)
def test_signs_of_mania_ring_once_in_the_stronger_tier(energy, sleep, expected):
    assert rung(items={"high_energy": energy, "little_sleep_not_tired": sleep}) == expected


@pytest.mark.parametrize("key", [f"q{n}" for n in range(1, 7)])
def test_a_yes_on_the_cssrs_rings_whatever_else_is_said(key):
    screen = {**ALL_NO, key: "yes"}
    found = rung(screen=screen)
    assert f"screen_{key} {OF_SCREENS[f'screen_{key}']}" in found
    # A yes to question 2 brings up three that are not answered.
    assert ("suicide_answer_missing same_day" in found) == (key == "q2")


@pytest.mark.parametrize("key", [f"q{n}" for n in range(1, 6)])
def test_a_yes_on_the_asq_rings(key):
    found = rung(asq={**ASQ_NO, key: "yes"})
    assert f"asq_{key} {OF_SCREENS[f'asq_{key}']}" in found
    assert ("suicide_answer_missing same_day" in found) == (key != "q5")


@pytest.mark.parametrize(
    ("now", "before", "screen", "expected"),
    [
        (1, 1, ALL_NO, "review"),
        (1, 3, ALL_NO, "review"),
        (1, 0, ALL_NO, "same_day"),
        (1, None, ALL_NO, "same_day"),
        (2, 2, ALL_NO, "same_day"),
        (1, 1, {**ALL_NO, "q1": "yes"}, "same_day"),
        (1, 1, {**ALL_NO, "q1": "declined"}, "same_day"),
        (1, 1, {**ALL_NO, "q3": "declined"}, "same_day"),
        (1, 1, {"q1": "no", "q2": "no"}, "same_day"),
        (1, 1, {}, "same_day"),
        (1, 1, None, "same_day"),
        (0, 1, ALL_NO, ""),
    ],
)
def test_an_item_9_of_1_is_for_review_only_where_nothing_speaks_against_it(now, before, screen, expected):
    found = rung(Known(before), phq9=phq9(now), **({} if screen is None else {"screen": screen}))
    assert [alarm for alarm in found if alarm.startswith("phq9_item9")] == (
        [f"phq9_item9 {expected}"] if expected else []
    )


def test_with_the_asq_the_same_holds_and_of_both_every_answer_must_be_no():
    known = Known(1)
    assert rung(known, phq9=phq9(1), asq=ASQ_NO) == ["phq9_item9 review"]
    assert rung(known, phq9=phq9(1), screen=ALL_NO, asq={"q4": "yes"}) == [
        "phq9_item9 same_day",
        "asq_q4 same_day",
    ]
    assert rung(known, phq9=phq9(1), screen=ALL_NO, asq={}) == ["phq9_item9 review"]


MISSING = "suicide_answer_missing same_day"
YES = Screen({"q1": "yes", "q2": "no", "q6": "no"}, None)
NO = Screen(ALL_NO, None)


@pytest.mark.parametrize(
    ("answers", "before", "expected"),
    [
        ({"phq9": phq9(None)}, None, True),
        ({"phq9": phq9(None), "screen": ALL_NO}, NO, True),
        ({"phq9": phq9(0)}, None, False),
        ({"phq9": phq9(0)}, NO, False),
        ({"phq9": phq9(0)}, YES, True),
        ({"phq9": phq9(0)}, Screen(None, {"q4": "yes"}), True),
        ({"phq9": phq9(0), "screen": ALL_NO}, YES, False),
        ({"phq9": phq9(0), "asq": ASQ_NO}, YES, False),
        ({"phq9": phq9(1)}, None, True),
        ({"phq9": phq9(1), "screen": ALL_NO}, None, False),
        ({}, YES, False),
        ({"items": {}}, YES, False),
        ({"screen": {}}, None, True),
        ({"screen": {**ALL_NO, "q6": "declined"}}, None, True),
        ({"screen": {**ALL_NO, "q4": "declined"}}, None, True),
        ({"screen": {**ALL_NO, "q2": "declined"}}, None, True),
        ({"screen": {**ALL_NO, "q2": "declined", "q3": "no", "q4": "no", "q5": "no"}}, None, True),
        ({"screen": {**ALL_NO, "q2": "yes", "q3": "no", "q4": "no", "q5": "no"}}, None, False),
        ({"screen": {**ALL_NO, "q2": "yes", "q3": "no", "q5": "no"}}, None, True),
        ({"asq": {}}, None, True),
        ({"asq": ASQ_NO}, None, False),
        ({"asq": {**ASQ_NO, "q4": "yes"}}, None, True),
        ({"asq": {**ASQ_NO, "q4": "yes", "q5": "no"}}, None, False),
        ({"asq": {**ASQ_NO, "q4": "yes", "q5": "declined"}}, None, True),
        ({"screen": ALL_NO, "asq": {}}, None, False),
        ({"screen": {}, "asq": ASQ_NO}, None, True),
    ],
)
def test_a_suicide_answer_that_is_missing_rings(answers, before, expected):
    assert (MISSING in rung(Known(None, before), **answers)) == expected


def test_what_is_known_goes_on_with_each_check_in():
    known = Known().and_then({"phq9": phq9(2), "screen": ALL_NO})
    assert known == Known(2, NO)
    assert known.and_then({"phq9": phq9(None)}) == known
    assert known.and_then({"items": {}}) == known
    assert known.and_then({"phq9": phq9(0), "screen": {}}) == Known(0, Screen({}, None))


def test_of_the_screeners_answers_the_recent_one_is_read_by_nothing():
    screen = screen_in({"screen": {**ALL_NO, "q6_recent": "yes"}})
    assert screen is not None and not screen.has_a_yes and screen.is_all_no


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Known(), "same_day"),
        (Known(0), "review"),
        (Known(0, NO), "review"),
        (Known(1, NO), "same_day"),
        (Known(0, YES), "same_day"),
        (Known(0, Screen({}, None)), "same_day"),
        (Known(0, Screen(None, {**ASQ_NO, "q1": "declined"})), "same_day"),
        (Known(None, NO), "same_day"),
    ],
)
def test_no_answer_is_as_urgent_as_what_was_last_known(known, expected):
    assert no_answer_tier(known) == expected
