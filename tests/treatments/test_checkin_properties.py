"""What holds for any check-ins: order says nothing, a filled gap turns nothing round, one of a day counts."""

from copy import deepcopy
from itertools import groupby

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.treatments.checkins import documents
from treatments.progress import judge
from treatments.progress.record import moment

EXAMPLES = settings(max_examples=100, deadline=None)
OPPOSITE = {("yes", "no"), ("no", "yes"), ("better", "worse"), ("worse", "better")}


@given(documents(), st.randoms(use_true_random=False))
@EXAMPLES
def test_the_order_of_the_input_changes_nothing(document, random):
    shuffled = deepcopy(document)
    random.shuffle(shuffled["checkins"])
    assert judge(shuffled) == judge(document)


@given(documents(), st.data())
@EXAMPLES
def test_filling_in_a_missing_item_never_turns_a_label_round(document, data):
    """Of a check-in that is alone on its day: beside another it might begin to count, or cease to."""
    ordered = sorted(document["checkins"], key=lambda each: moment(each["at"]))
    days = [each["on"] for each in judge(document)["checkins"]]
    gaps = [
        (place, scale, item)
        for place, each in enumerate(ordered)
        for scale in ("phq9", "gad7")
        for item, answer in enumerate(each.get(scale) or [])
        if answer is None and days.count(days[place]) == 1
    ]
    assume(gaps)
    place, scale, item = data.draw(st.sampled_from(gaps))
    filled = deepcopy(ordered)
    filled[place][scale][item] = data.draw(st.sampled_from([0, 1, 2, 3]))
    before = judge({**document, "checkins": ordered})["checkins"][place]["labels"] or {}
    after = judge({**document, "checkins": filled})["checkins"][place]["labels"] or {}
    assert before.keys() == after.keys()
    assert [name for name in before if (before[name], after[name]) in OPPOSITE] == []


@given(documents())
@EXAMPLES
def test_of_the_check_ins_of_a_day_one_counts_where_any_has_a_phq9(document):
    found = judge(document)["checkins"]
    for _day, group in groupby(found, key=lambda each: each["on"]):
        of_day = list(group)
        assert sum(each["counts"] for each in of_day) == any(each["phq9"] is not None for each in of_day)
    assert all((each["labels"] is not None) == each["counts"] for each in found)


@given(documents())
@EXAMPLES
def test_good_news_always_has_a_total(document):
    for each in judge(document)["checkins"]:
        labels, phq9 = each["labels"] or {}, each["phq9"] or {}
        good = [labels.get(name) == "yes" for name in ("response", "remission", "partial")]
        if any(good) or labels.get("reliable_change") == "better":
            assert phq9["total"] is not None and phq9["missing"] == []


@given(documents())
@EXAMPLES
def test_nobody_is_reached_out_to_without_a_consent(document):
    found = judge({**document, "consent": None})
    assert found["due"] == {"state": "no_consent", "next": None, "missed_in_a_row": 0, "contact": "none"}
    assert not {"due", "no_answer"}.intersection(found["now"]["lists"]) and found["now"]["alarms"] == []
