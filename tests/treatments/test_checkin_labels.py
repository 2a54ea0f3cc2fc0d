"""Scores over time: which check-in counts, which baseline is in force, and every edge of every label."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.treatments.checkins import COURSE, SENT, START, at, document, gad7, on, phq9, with_gaps
from treatments.progress import judge
from treatments.progress.document import validate

LABELS = (
    "response",
    "remission",
    "partial",
    "worse",
    "rising",
    "reliable_change",
    "gad7_reliable_change",
    "relapse_watch",
    "relapse",
    "little_change",
)


def judged(*checkins: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = document(*checkins, **more)
    assert validate(found) == []
    return judge(found)


def intake(total: int | list[int | None] | None, **more: Any) -> dict[str, Any]:
    return {"on": SENT.isoformat(), "phq9": phq9(total) if isinstance(total, int) else total, **more}


def in_course(
    *checkins: dict[str, Any], start: int = 18, ended: int | None = None, **more: Any
) -> dict[str, Any]:
    """Judged in a course whose first day's score was ``start``; check-ins follow it."""
    course = {**COURSE, "ended_on": None if ended is None else str(START + timedelta(days=ended))}
    return judged(on(0, start), *checkins, course=course, **more)


def label(result: dict[str, Any], name: str, place: int = -1) -> Any:
    return result["checkins"][place]["labels"][name]


def test_the_labels_are_these_in_this_order():
    assert tuple(judged(on(0, 12))["checkins"][0]["labels"]) == LABELS


# --- One score beside the start ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start", "total", "expected"),
    [
        ("response", 10, 5, "yes"),
        ("response", 10, 6, "no"),
        ("response", 11, 5, "yes"),
        ("response", 11, 6, "no"),
        ("response", 18, 9, "yes"),
        ("response", 9, 0, "not_applicable"),
        ("remission", 18, 4, "yes"),
        ("remission", 18, 5, "no"),
        ("remission", 4, 4, "yes"),
        ("partial", 20, 15, "yes"),
        ("partial", 20, 16, "no"),
        ("partial", 20, 11, "yes"),
        ("partial", 20, 10, "no"),
        ("partial", 18, 13, "yes"),
        ("partial", 18, 14, "no"),
        ("partial", 9, 6, "not_applicable"),
        ("worse", 12, 17, "yes"),
        ("worse", 12, 16, "no"),
        ("worse", 0, 5, "yes"),
        ("worse", 22, 27, "yes"),
        ("worse", 23, 27, "no"),
        ("rising", 12, 17, "yes"),
        ("rising", 12, 16, "no"),
        ("reliable_change", 18, 12, "better"),
        ("reliable_change", 18, 13, "none"),
        ("reliable_change", 12, 17, "none"),
        ("reliable_change", 12, 18, "worse"),
        ("relapse_watch", 5, 20, "no"),
    ],
)
def test_an_edge_of_a_label(name, start, total, expected):
    item_9 = max(0, total - 24)
    result = judged(on(0, phq9(total, item_9)), baseline=intake(start))
    assert label(result, name) == expected


@pytest.mark.parametrize(
    ("start", "total", "expected"), [(10, 6, "better"), (10, 7, "none"), (10, 14, "worse"), (10, 13, "none")]
)
def test_the_edges_of_a_reliable_change_of_the_gad7(start, total, expected):
    result = judged(on(0, 12, gad7=gad7(total)), baseline=intake(18, gad7=gad7(start)))
    assert label(result, "gad7_reliable_change") == expected


def test_a_gad7_that_was_not_asked_has_no_score_and_no_label():
    result = judged(on(0, 12), baseline=intake(18, gad7=gad7(10)))
    assert result["checkins"][0]["gad7"] is None
    assert label(result, "gad7_reliable_change") is None


def test_a_gad7_without_one_to_compare_with_is_unknown_and_asks_for_nothing():
    result = judged(on(0, 12, gad7=gad7(4)))
    assert label(result, "gad7_reliable_change") == "unknown"
    assert result["checkins"][0]["gad7"] == {
        "total": 4,
        "band": "none",
        "change": None,
        "percent_better": None,
        "missing": [],
    }
    assert result["ask"] == []


@pytest.mark.parametrize(
    ("start", "total", "percent"),
    [
        (18, 17, 5),
        (18, 18, 0),
        (18, 19, -5),
        (20, 10, 50),
        (3, 1, 66),
        (3, 5, -66),
        (1, 27, -2600),
        (0, 3, None),
    ],
)
def test_percent_better_is_cut_toward_zero(start, total, percent):
    result = judged(on(0, phq9(total, max(0, total - 24))), baseline=intake(start))
    assert result["checkins"][0]["phq9"]["percent_better"] == percent
    assert result["checkins"][0]["phq9"]["change"] == total - start


# --- What is missing ---------------------------------------------------------------------------------


def test_nothing_good_is_read_from_an_incomplete_scale_also_where_it_is_ruled_out():
    result = judged(on(0, with_gaps(phq9(18), 8)), baseline=intake(18))
    assert [label(result, name) for name in ("response", "remission", "partial")] == ["unknown"] * 3
    assert label(result, "reliable_change") == "unknown"
    assert result["checkins"][0]["phq9"]["total"] is None and result["checkins"][0]["phq9"]["band"] is None


@pytest.mark.parametrize(
    ("answered", "worse", "reliable"),
    [(17, "yes", "unknown"), (16, "unknown", "unknown"), (18, "yes", "worse")],
)
def test_bad_news_is_read_where_the_answered_items_reach_the_line(answered, worse, reliable):
    result = judged(on(0, with_gaps(phq9(answered), 7, 8)), baseline=intake(12))
    assert [label(result, "worse"), label(result, "rising")] == [worse, worse]
    assert label(result, "reliable_change") == reliable


@pytest.mark.parametrize(("answered", "expected"), [(9, "worse"), (8, "unknown"), (0, "unknown")])
def test_the_same_of_a_gad7(answered, expected):
    result = judged(on(0, 12, gad7=with_gaps(gad7(answered), 6)), baseline=intake(18, gad7=gad7(5)))
    assert label(result, "gad7_reliable_change") == expected
    assert result["ask"] == ([] if expected == "worse" else ["checkins[0].gad7[6]"])


def test_a_start_under_ten_is_not_applicable_also_where_the_score_is_incomplete():
    result = judged(on(0, with_gaps(phq9(4), 8)), baseline=intake(9))
    assert [label(result, name) for name in ("response", "partial")] == ["not_applicable"] * 2


@pytest.mark.parametrize("start", [None, with_gaps(phq9(18), 4)])
def test_without_a_start_what_compares_with_it_is_unknown(start):
    result = judged(on(0, 4), baseline=intake(start))
    unknown = [name for name in LABELS if label(result, name) == "unknown"]
    assert unknown == ["response", "partial", "worse", "rising", "reliable_change"]
    assert label(result, "remission") == "yes" and label(result, "relapse_watch") == "no"
    assert result["baseline"] == {"kind": "intake", "on": "2026-11-20", "phq9": None, "gad7": None}


# --- Which counts, and when it was ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "counting"),
    [
        ([12, 13], [False, True]),
        ([12, None], [True, False]),
        ([12, with_gaps(phq9(12), 0)], [True, False]),
        ([with_gaps(phq9(12), 0), 12], [False, True]),
        ([with_gaps(phq9(12), 0), [None] * 9], [False, True]),
        ([None, [None] * 9], [False, True]),
        ([None, None], [False, False]),
        ([12, with_gaps(phq9(12), 0), 13, with_gaps(phq9(12), 0)], [False, False, True, False]),
    ],
)
def test_of_one_day_the_latest_without_a_gap_counts_else_the_latest(scores, counting):
    found = [on(START, score) | {"at": at(START, 9 + hour)} for hour, score in enumerate(scores)]
    result = judged(*found)
    assert [each["counts"] for each in result["checkins"]] == counting
    assert [each["labels"] is not None for each in result["checkins"]] == counting
    assert [each["phq9"] is None for each in result["checkins"]] == [score is None for score in scores]


def test_one_that_does_not_count_has_its_total_and_its_change():
    first, second = on(START, 12), on(START, 13) | {"at": at(START, 20)}
    assert judged(second, first)["checkins"][0]["phq9"]["change"] == -6


def test_those_of_one_moment_keep_the_order_of_the_input():
    result = judged(on(0, 12), on(0, 13))
    assert [each["phq9"]["total"] for each in result["checkins"]] == [12, 13]
    assert [each["counts"] for each in result["checkins"]] == [False, True]


def test_a_day_is_that_of_the_clinics_clock():
    late = {"at": "2026-12-15T03:30:00Z", "phq9": phq9(12)}
    result = judged(late, on(date(2026, 12, 15), 13))
    assert [each["on"] for each in result["checkins"]] == ["2026-12-14", "2026-12-15"]


# --- The baseline --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "kind", "day", "total"),
    [
        ([on(0, 20)], "course", "2026-12-07", 20),
        ([on(-5, 20)], "course", "2026-12-02", 20),
        ([on(-5, 20), on(-1, [None] * 9)], "course", "2026-12-02", 20),
        ([], "course", "2026-11-20", 18),
        ([on(SENT, 21)], "course", "2026-11-20", 21),
        ([on(1, 20)], "course", "2026-11-20", 18),
    ],
)
def test_a_course_starts_from_the_latest_complete_score_before_it(scores, kind, day, total):
    result = judged(*scores, course=COURSE)
    assert result["baseline"] == {"kind": kind, "on": day, "phq9": total, "gad7": None}


@pytest.mark.parametrize(("before", "kind"), [(28, "course"), (29, "none")])
def test_it_is_at_most_28_days_old(before, kind):
    sent = START - timedelta(days=before)
    result = judged(on(7, 4), baseline={"on": str(sent), "phq9": phq9(18)}, course=COURSE)
    assert result["baseline"]["kind"] == kind
    assert label(result, "response") == ("yes" if kind == "course" else "unknown")
    assert result["ask"] == ([] if kind == "course" else ["course.baseline"])


def test_the_gad7_of_a_course_is_that_of_the_same_record():
    result = judged(on(-2, 20), on(-4, 19, gad7=gad7(7)), baseline=intake(18, gad7=gad7(9)), course=COURSE)
    assert (result["baseline"]["phq9"], result["baseline"]["gad7"]) == (20, None)
    result = judged(on(-2, 20, gad7=gad7(7)), baseline=intake(18, gad7=gad7(9)), course=COURSE)
    assert result["baseline"]["gad7"] == 7


def test_one_on_the_day_of_the_start_compares_with_the_intake_and_the_next_day_with_the_course():
    result = judged(on(0, 20), on(1, 20), course=COURSE)
    assert [each["phq9"]["change"] for each in result["checkins"]] == [2, 0]


def test_on_the_day_of_the_start_the_intake_is_still_in_force():
    result = judged(on(0, 20), course=COURSE, as_of=at(START, 12))
    assert result["baseline"]["kind"] == "intake"
    result = judged(on(0, 20), course=COURSE, as_of=at(START + timedelta(days=1), 12))
    assert result["baseline"]["kind"] == "course"


def test_after_the_end_the_course_stays_what_is_compared_with():
    assert in_course(on(40, 9), ended=30)["checkins"][-1]["phq9"]["change"] == -9


def test_without_intake_and_course_there_is_no_baseline():
    result = judged(on(0, 12), on(1, 17), baseline=None)
    assert result["baseline"] == {"kind": "none", "on": None, "phq9": None, "gad7": None}
    assert [label(result, "rising", place) for place in (0, 1)] == ["unknown", "yes"]
    assert result["ask"] == ["baseline"]


# --- Rising, and relapse -------------------------------------------------------------------------------


def test_rising_compares_with_the_best_since_the_baseline():
    result = judged(on(0, 8), on(7, 12), on(14, 13))
    assert [label(result, "rising", place) for place in range(3)] == ["no", "no", "yes"]


def test_the_best_is_never_incomplete_and_never_one_that_does_not_count():
    other = on(0, 3) | {"at": at(START, 8)}
    result = judged(other, on(0, 12), on(7, with_gaps(phq9(3), 8)), on(14, 13))
    assert label(result, "rising") == "no"


def test_a_course_begins_anew():
    """What was best or better before the start says nothing after it."""
    result = judged(on(-7, 4), on(0, 16), on(7, 18), course=COURSE)
    assert [label(result, "rising", place) for place in range(3)] == ["no", "yes", "no"]
    assert [label(result, "relapse_watch", place) for place in range(3)] == ["no", "yes", "no"]


def test_what_was_not_later_than_the_intake_is_not_since():
    result = judged(on(SENT, 4), on(SENT - timedelta(days=3), 4), on(0, 12))
    assert label(result, "rising") == "no" and label(result, "relapse_watch") == "no"


def test_the_scores_of_one_side_are_compared_where_there_is_no_baseline():
    old = {"on": str(START - timedelta(days=60)), "phq9": phq9(18)}
    result = judged(on(-40, 3), on(7, 12), on(14, 17), course=COURSE, baseline=old)
    assert [label(result, "rising", place) for place in (1, 2)] == ["unknown", "yes"]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([9], 14, "yes"),  # a response
        ([10], 15, "no"),  # none
        ([4], 9, "no"),  # under 10
        ([5], 10, "yes"),
        ([9], 13, "no"),  # not rising
        ([with_gaps(phq9(3), 8)], 20, "no"),  # not rising
        ([with_gaps(phq9(3), 8), 12], 17, "unknown"),  # whether it was better is unknown
        ([with_gaps(phq9(3), 8), 9], 17, "yes"),
        ([9], with_gaps(phq9(14), 8), "yes"),
        ([9], with_gaps(phq9(13), 8), "unknown"),
        ([], with_gaps(phq9(13), 8), "no"),
    ],
)
def test_relapse_is_watched_for_after_a_response_from_ten_and_when_rising(before, now, expected):
    result = judged(*(on(7 * place, score) for place, score in enumerate(before)), on(30, now))
    assert label(result, "relapse_watch") == expected
    assert label(result, "relapse") == ("unknown" if expected == "unknown" else "no")


def test_a_remission_is_enough_where_a_response_is_not_applicable():
    result = judged(on(0, 4), on(7, 12), baseline=intake(9))
    assert label(result, "relapse_watch") == "yes"


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ([(7, 14), (13, 14)], "no"),
        ([(7, 14), (14, 14)], "yes"),
        ([(7, 14), (10, 13), (14, 14)], "no"),  # 13 is not 5 above 9: the run is broken
        ([(7, 14), (10, [None] * 9), (14, 14)], "yes"),
        ([(7, with_gaps(phq9(15), 8)), (14, 14)], "no"),  # without a total none begins
        ([(7, 14), (14, with_gaps(phq9(14), 8))], "yes"),
        ([(7, 14), (14, with_gaps(phq9(13), 8))], "unknown"),
        ([(7, 14), (14, 13)], "no"),
    ],
)
def test_a_relapse_is_an_unbroken_run_of_seven_days(later, expected):
    result = judged(on(0, 9), *(on(day, score) for day, score in later))
    assert label(result, "relapse") == expected


# --- Little change -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "total", "expected"),
    [
        (27, 20, "not_applicable"),
        (28, 17, "yes"),
        (28, 16, "no"),
        (40, 20, "yes"),
        (41, 20, "not_applicable"),
        (30, with_gaps(phq9(20), 8), "unknown"),
    ],
)
def test_little_change_is_said_from_day_28_through_the_end(day, total, expected):
    assert label(in_course(on(day, total), start=20, ended=40), "little_change") == expected


def test_little_change_is_said_of_a_course_alone_and_from_ten():
    assert label(judged(on(40, 18)), "little_change") == "not_applicable"
    assert label(in_course(on(40, 9), start=9), "little_change") == "not_applicable"
    assert label(in_course(on(40, 9), start=10), "little_change") == "yes"
    old = {"on": "2026-01-01", "phq9": phq9(18)}
    assert label(judged(on(30, 18), course=COURSE, baseline=old), "little_change") == "unknown"


# --- Now, lists, outcomes, what to ask -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("queue", "age", "stale"),
    [
        ("waiting", 28, "fresh"),
        ("waiting", 29, "stale"),
        ("tms", 29, "stale"),
        ("spravato", 29, "stale"),
        ("psychotherapy", 42, "fresh"),
        ("psychotherapy", 43, "stale"),
    ],
)
def test_a_score_is_stale_past_the_days_of_its_queue(queue, age, stale):
    now = judged(on(0, 12), queue=queue, as_of=at(START + timedelta(days=age), 12))["now"]
    assert (now["phq9"], now["on"], now["age_days"], now["stale"]) == (12, "2026-12-07", age, stale)


def test_the_last_score_is_complete_and_counts_the_intake_included():
    gap = on(3, [None] * 9)
    assert judged(gap)["now"]["phq9"] == 18
    assert judged(on(SENT, 11), gap)["now"]["phq9"] == 11
    assert judged(on(SENT - timedelta(days=1), 11))["now"]["phq9"] == 18
    none = judged(gap, baseline=None)["now"]
    assert (none["phq9"], none["on"], none["age_days"], none["stale"]) == (None, None, None, "no_score")


@pytest.mark.parametrize(
    ("scores", "listed"),
    [
        ([17], True),
        ([17, 12], False),
        ([17, [None] * 9], True),
        ([17, [None] * 9, None], True),
        ([12, [None] * 9], False),
        ([with_gaps(phq9(17), 8)], True),
        ([7, 12], True),  # rising
        ([], False),
    ],
)
def test_a_gap_takes_nobody_off_the_list_of_who_is_worse(scores, listed):
    result = judged(*(on(7 * place, score) for place, score in enumerate(scores)), baseline=intake(12))
    assert result["now"]["lists"] == (["worse"] if listed else [])


def test_little_change_is_listed_by_the_last_one_with_a_total():
    assert in_course(on(30, 18), on(37, [None] * 9))["now"]["lists"] == ["little_change"]
    assert in_course(on(30, 18), on(37, 9))["now"]["lists"] == []


@pytest.mark.parametrize(("name", "first", "last"), [("m3", 61, 121), ("m6", 123, 243), ("m12", 305, 425)])
def test_an_outcome_is_the_latest_complete_score_of_its_window(name, first, last):
    as_of = at(START + timedelta(days=500), 12)
    for day, measured in ((first - 1, False), (first, True), (last, True), (last + 1, False)):
        found = in_course(on(day, 9), as_of=as_of)["outcomes"][name]
        assert found["state"] == ("measured" if measured else "missing"), day
    found = in_course(on(first, 4), on(first + 1, 9), on(first + 2, [None] * 9), as_of=as_of)["outcomes"][
        name
    ]
    assert found == {
        "state": "measured",
        "on": str(START + timedelta(days=first + 1)),
        "total": 9,
        "response": "yes",
        "remission": "no",
    }


@pytest.mark.parametrize(("day", "state"), [(121, "not_yet"), (122, "missing")])
def test_an_outcome_is_missing_once_its_last_day_has_passed(day, state):
    found = in_course(as_of=at(START + timedelta(days=day), 12))["outcomes"]
    assert found["m3"] == {
        "state": state,
        "on": None,
        "total": None,
        "response": "unknown",
        "remission": "unknown",
    }
    assert list(found) == ["m3", "m6", "m12"]
    assert judged(on(0, 12))["outcomes"] is None


@pytest.mark.parametrize(
    ("checkins", "start", "asked"),
    [
        ([12], 18, []),
        ([12, with_gaps(phq9(3), 0, 8)], 18, ["checkins[1].phq9[0]", "checkins[1].phq9[8]"]),
        ([with_gaps(phq9(3), 0), 12], 18, []),
        ([12], with_gaps(phq9(18), 6), ["baseline.phq9[6]"]),
        ([with_gaps(phq9(3), 2)], with_gaps(phq9(18), 6), ["baseline.phq9[6]", "checkins[0].phq9[2]"]),
        ([12], None, ["baseline"]),
        ([None], None, []),
        ([], None, []),
    ],
)
def test_it_asks_for_what_would_decide_a_label_of_the_last_one_that_counts(checkins, start, asked):
    result = judged(*(on(7 * place, score) for place, score in enumerate(checkins)), baseline=intake(start))
    assert result["ask"] == asked


def test_a_gad7_is_asked_for_last():
    result = judged(
        on(0, with_gaps(phq9(3), 2), gad7=with_gaps(gad7(3), 1)), baseline=intake(None, gad7=gad7(3))
    )
    assert result["ask"] == ["baseline", "checkins[0].phq9[2]", "checkins[0].gad7[1]"]


# --- What is due ---------------------------------------------------------------------------------------

WEEKLY = [{"from": str(START), "every_days": 7}]


def test_two_missed_call_for_a_call_and_stand_on_the_lists():
    result = judged(schedule=WEEKLY, as_of=at(START + timedelta(days=14), 12))
    assert result["due"] == {"state": "due", "next": "2026-12-21", "missed_in_a_row": 2, "contact": "call"}
    assert result["now"]["lists"] == ["no_answer", "due"]
    assert result["now"]["alarms"] == [{"key": "no_answer", "tier": "review"}]


def test_what_was_last_known_makes_no_answer_more_urgent():
    afraid = on(-10, phq9(9, item_9=1), screen={"q1": "no", "q2": "no", "q6": "no"})
    result = judged(afraid, schedule=WEEKLY, as_of=at(START + timedelta(days=14), 12))
    assert result["now"]["alarms"] == [{"key": "no_answer", "tier": "same_day"}]


def test_any_check_in_answers_also_one_without_a_phq9_and_on_the_clinics_day():
    late = {
        "at": "2026-12-12T04:30:00Z",
        "items": {},
    }  # at the clinic still December 11, the window's last day
    as_of = at(START + timedelta(days=5), 12)
    assert judged(late, schedule=WEEKLY, as_of=as_of)["due"]["missed_in_a_row"] == 0
    assert (
        judged(late | {"at": "2026-12-12T05:30:00Z"}, schedule=WEEKLY, as_of=as_of)["due"]["state"]
        == "not_yet"
    )


@pytest.mark.parametrize(("stopped", "state"), [(13, "stopped"), (14, "stopped"), (15, "due")])
def test_nothing_is_due_from_the_day_on_which_it_was_stopped(stopped, state):
    consent = {"agreed_on": str(SENT), "stopped_on": str(START + timedelta(days=stopped))}
    result = judged(schedule=WEEKLY, consent=consent, as_of=at(START + timedelta(days=14), 12))
    assert result["due"]["state"] == state
    if state == "stopped":
        assert result["due"] == {"state": "stopped", "next": None, "missed_in_a_row": 0, "contact": "none"}
        assert result["now"]["lists"] == [] and result["now"]["alarms"] == []


# --- Alarms over time ----------------------------------------------------------------------------------


def test_alarms_come_from_each_check_in_and_know_those_before_it():
    yes, no = {"q1": "yes", "q2": "no", "q6": "no"}, {"q1": "no", "q2": "no", "q6": "no"}
    first = {"at": at(START, 8), "screen": yes}
    second = {"at": at(START, 9), "phq9": phq9(10, 1), "screen": no}
    third = {"at": at(START, 10), "phq9": phq9(10, 1), "screen": no}
    result = judged(third, first, second, baseline=None)
    assert [
        [f"{each['key']} {each['tier']}" for each in found["alarms"]] for found in result["checkins"]
    ] == [
        ["screen_q1 same_day"],
        ["phq9_item9 same_day"],
        ["phq9_item9 review"],
    ]
    assert [each["counts"] for each in result["checkins"]] == [False, False, True]


def test_the_intake_is_what_was_known_before_the_first():
    after_a_yes = intake(18, screen={"q1": "yes", "q2": "no", "q6": "no", "q6_recent": "no"})
    assert judged(on(0, 9), baseline=after_a_yes)["checkins"][0]["alarms"] == [
        {"key": "suicide_answer_missing", "tier": "same_day"}
    ]
    assert judged(on(0, 9), baseline=intake(18))["checkins"][0]["alarms"] == []
    no = {"q1": "no", "q2": "no", "q6": "no"}
    known = judged(on(0, phq9(9, 1), screen=no), baseline=intake(phq9(9, 1)))
    assert known["checkins"][0]["alarms"] == [{"key": "phq9_item9", "tier": "review"}]
