"""Charts: numbers in, places out; and the treatment history as a picture."""

from itertools import pairwise

import pytest

from treatments import charts
from treatments.reading import trial_history
from treatments.rules.trials import Trials

SERIES = (("received", "Received"), ("routed", "Routed"))


def trial(**changes) -> dict:
    told = {
        "drug": "sertraline", "dose_mg": 150, "weeks": 8, "taken_most_days": "yes",
        "improvement": "under_25", "this_episode": "yes", "added_to_another": "no",
    }  # fmt: skip
    return {**told, **changes}


def pictured(*entries: dict) -> charts.History:
    return trial_history.history({"antidepressants": {"trials": list(entries)}})


def test_the_tallest_column_reaches_the_top_and_the_others_their_share():
    drawn = charts.columns(SERIES, [("Nov 2", (10, 5)), ("Nov 9", (0, 2))])
    first, second = drawn.groups
    assert first.columns[0].height == charts.COLUMN_HEIGHT
    assert first.columns[1].height == charts.COLUMN_HEIGHT / 2
    assert second.columns[0].height == 0
    assert all(c.y + c.height == drawn.baseline for group in drawn.groups for c in group.columns)


def test_columns_stay_within_the_paper_and_never_overlap():
    drawn = charts.columns(SERIES, [(str(week), (week, 8 - week)) for week in range(8)])
    edges = [(c.x, c.x + c.width) for group in drawn.groups for c in group.columns]
    assert edges[0][0] >= 0 and edges[-1][1] <= 100
    assert all(before[1] <= after[0] + 0.01 for before, after in pairwise(edges))


def test_no_numbers_at_all_draw_no_columns_and_divide_by_nothing():
    assert charts.columns(SERIES, []).groups == ()
    assert charts.columns(SERIES, [("Nov 2", (0, 0))]).groups[0].columns[0].height == 0
    assert charts.share(3, 0) == 0


def test_a_bar_is_as_long_as_the_trial_in_weeks():
    long, short = pictured(trial(weeks=8), trial(weeks=4)).bars
    assert long.width == charts.LONGEST_BAR
    assert short.width == charts.LONGEST_BAR / 2


def test_the_lines_at_four_and_six_weeks_stand_where_such_bars_would_end():
    drawn = pictured(trial(weeks=4), trial(weeks=6), trial(weeks=20))
    ticks = {weeks: x for x, weeks in drawn.ticks}
    assert (ticks[4], ticks[6]) == (drawn.bars[0].width, drawn.bars[1].width)


def test_a_trial_of_years_runs_off_the_scale_and_leaves_the_others_readable():
    years, weeks = pictured(trial(weeks=300), trial(weeks=12)).bars
    assert years.beyond and years.width == charts.LONGEST_BAR
    assert weeks.width > 15


def test_unknown_weeks_are_drawn_open_and_never_as_none_at_all():
    (bar,) = pictured(trial(weeks=None)).bars
    assert bar.course.weeks is None and bar.width == charts.UNKNOWN_BAR
    assert bar.course.adequacy == "unknown" and bar.shape == "?"


@pytest.mark.parametrize(
    "changes, kind, shape",
    [
        ({}, "adequate", "●"),
        ({"dose_mg": 25}, "short", "○"),
        ({"weeks": 3}, "short", "○"),
        ({"taken_most_days": "no"}, "short", "○"),
        ({"dose_mg": None}, "unknown", "?"),
        ({"drug": "the blue pill"}, "unknown", "?"),
        ({"drug": "lithium"}, "apart", "+"),
        ({"added_to_another": "yes", "added_to": "Prozac"}, "apart", "+"),
        ({"added_to_another": "yes"}, "unknown", "?"),
    ],
)
def test_adequacy_is_told_by_shape_and_words(changes, kind, shape):
    (bar,) = pictured(trial(**changes)).bars
    assert (bar.course.adequacy, bar.shape) == (kind, shape)
    assert str(bar.course.adequacy_words)


def test_the_dose_stands_against_its_minimum():
    told = [trial_history.dose(each) for each in Trials([trial(), trial(dose_mg=None)], None).listed]
    assert told == ["150 mg, minimum 50 mg", "dose not known, minimum 50 mg"]


def test_a_very_long_name_is_cut_in_the_picture_only():
    (bar,) = pictured(trial(drug="z" * 200)).bars
    assert len(bar.label) == charts.MOST_LETTERS and bar.label.endswith("…")
    assert bar.course.drug == "z" * 200


def test_no_medicine_no_picture():
    assert trial_history.history({}) is None
    assert trial_history.history({"antidepressants": {"trials": []}}) is None
