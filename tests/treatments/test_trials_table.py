"""The table of medicines tried: the order of time, what was added under its base, and why a trial falls short."""

from datetime import date

from treatments.reading.trials_table import Episode, Row, trials_table

TODAY = date(2026, 11, 28)
WHOLE = {
    "drug": "sertraline",
    "dose_mg": 200,
    "weeks": 16,
    "taken_most_days": "yes",
    "improvement": "under_25",
    "this_episode": "yes",
    "added_to_another": "no",
    "started": "2025-10",
    "stopped": "2026-01",
    "stopped_because": "no_benefit",
}


def table(*entries: dict) -> list[Episode]:
    return trials_table({"antidepressants": {"trials": list(entries)}}, TODAY)


def only(**changes) -> Row:
    return table({**WHOLE, **changes})[0].rows[0]


def test_nothing_named_makes_no_table():
    assert trials_table({}, TODAY) == [] == table()


def test_this_episode_stands_first_then_what_nobody_placed_then_the_earlier_ones():
    told = table(
        {**WHOLE, "this_episode": "no"},
        {**WHOLE, "this_episode": "not_sure"},
        {**WHOLE, "drug": "duloxetine"},
    )
    assert [(each.title, [row.drug for row in each.rows]) for each in told] == [
        ("This episode", ["duloxetine"]),
        ("Not known in which episode", ["sertraline"]),
        ("Before this episode", ["sertraline"]),
    ]


def test_rows_stand_by_their_start_undated_last_and_an_addition_under_its_base():
    later = {**WHOLE, "drug": "venlafaxine", "started": "2026-02", "stopped": "2026-10"}
    added = {
        **WHOLE,
        "drug": "aripiprazole",
        "added_to_another": "yes",
        "added_to": "Zoloft",
        "started": "2026-05",
    }
    undated = {key: value for key, value in WHOLE.items() if key not in ("started", "stopped")}
    rows = table({**undated, "drug": "bupropion"}, later, added, WHOLE)[0].rows
    assert [row.drug for row in rows] == ["sertraline", "aripiprazole", "venlafaxine", "bupropion"]
    assert [row.added_to for row in rows] == ["", "sertraline", "", ""]
    assert [row.bar.dated for row in rows] == [True, False, True, False]  # the addition ends before it starts


def test_a_bar_lies_where_its_months_lie_and_goes_on_where_it_is_still_taken():
    still = {**WHOLE, "drug": "venlafaxine", "started": "2026-01", "still_taking": "yes"}
    del still["stopped"]
    told = table(WHOLE, still)[0]
    first, second = (row.bar for row in told.rows)
    assert first.x == 0 and first.end < second.end
    assert (first.goes_on, second.goes_on) == (False, True)
    assert round(second.end) == 96
    assert told.ticks[0][1] == "Oct 25"


def test_a_year_alone_or_a_range_of_weeks_is_not_sure():
    assert only().bar.sure and not only(started="2025").bar.sure
    assert not only(started="", weeks_choice="2_6_months").bar.sure or only(started="").bar.dated is True
    assert not only(started="", stopped="").bar.dated


def test_in_a_few_words_it_says_whether_it_counts_and_why_not():
    words = [
        (only(), "Yes"),
        (only(improvement="over_75"), "Yes, but it helped"),
        (only(improvement="not_sure"), "Yes; benefit not known"),
        (only(dose_mg=25), "No: dose too low"),
        (only(weeks=2, dose_mg=25), "No: dose too low, too short"),
        (only(taken_most_days="no"), "No: not on most days"),
        (only(this_episode="no"), "No: earlier episode"),
        (only(weeks=None), "Ask: weeks"),
        (only(drug="something blue"), "Ask: which medicine, dose"),
        (
            only(drug="aripiprazole", added_to_another="yes", added_to="Zoloft"),
            "No antidepressant trial of its own",
        ),
        (
            only(drug="mirtazapine", added_to_another="yes", added_to="Zoloft"),
            "Augmentation, no trial of its own",
        ),
    ]
    assert [row.counts for row, _words in words] == [words for _row, words in words]


def test_it_says_why_it_ended_and_what_it_did():
    assert only().why_stopped == "It did not help"
    assert only(stopped_because="side_effects", side_effects="tremor").why_stopped == "Side effects: tremor"
    assert only(still_taking="yes").why_stopped == "still taken"
    assert only(stopped_because=None).why_stopped == "not said"
