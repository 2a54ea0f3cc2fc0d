"""The short screens: cut-offs by sex, partial answers, consent, and what is reported as missing."""

import pytest

from intake.scoring import score


def audit_c(points, sex="female", agreed="yes"):
    document = {"substances": {"audit_c": points}, "about": {"sex_at_birth": sex}}
    if agreed is not None:
        document["consent"] = {"substance_use_agreed": agreed}
    return score(document)["audit_c"]


def ptsd(event, answers, sex="female", **settings):
    document = {"anxiety": {"trauma_event": event, "pc_ptsd5": answers}, "about": {"sex_at_birth": sex}}
    return score(document, **settings)["pc_ptsd5"]


def yeses(count):
    return ["yes"] * count + ["no"] * (5 - count)


@pytest.mark.parametrize(
    ("sex", "total", "positive"),
    [
        ("male", 3, False),
        ("male", 4, True),
        ("female", 2, False),
        ("female", 3, True),
        ("intersex", 2, False),
        ("intersex", 3, None),
        ("intersex", 4, True),
        ("declined", 2, False),
        ("declined", 3, None),
        ("declined", 4, True),
        (None, 2, False),
        (None, 3, None),
        (None, 4, True),
    ],
)
def test_the_audit_c_cut_off_is_that_of_the_sex_at_birth(sex, total, positive):
    result = audit_c([min(4, total), 0, max(0, total - 4)], sex)
    assert (result["total"], result["positive"]) == (total, positive)
    undecided_for_want_of_an_answer = positive is None and sex != "intersex"
    assert result.get("missing") == (["about.sex_at_birth"] if undecided_for_want_of_an_answer else None)


@pytest.mark.parametrize(
    ("points", "sex", "positive"),
    [
        ([4, None, None], "male", True),
        ([3, None, None], "male", None),
        ([3, None, 0], "female", True),
        ([0, None, 0], "female", None),
        ([2, 1, None], None, None),
        ([4, 0, None], None, True),
    ],
)
def test_the_audit_c_is_decided_where_part_of_it_decides(points, sex, positive):
    result = audit_c(points, sex)
    assert (result["total"], result["positive"]) == (None, positive)
    missing = [f"substances.audit_c[{n}]" for n in range(3) if points[n] is None]
    sex_could_decide = sex is None and positive is None
    assert result["missing"] == missing + ["about.sex_at_birth"] * sex_could_decide


@pytest.mark.parametrize("agreed", ["no", "not_sure", None])
def test_without_their_own_consent_substance_answers_are_unknown(agreed):
    assert audit_c([4, 4, 4], agreed=agreed) == {
        "total": None,
        "positive": None,
        "missing": [f"substances.audit_c[{n}]" for n in range(3)],
    }
    document = {"substances": {"drug_use_past_year": 3}, "consent": {"substance_use_agreed": agreed}}
    assert score(document)["drug_item"]["times"] is None


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        (0, {"times": 0, "positive": False}),
        (1, {"times": 1, "positive": True}),
        (40, {"times": 40, "positive": True}),
        (2.0, {"times": 2.0, "positive": True}),
    ],
)
def test_one_time_or_more_is_a_positive_drug_item(times, expected):
    document = {"substances": {"drug_use_past_year": times}, "consent": {"substance_use_agreed": "yes"}}
    assert score(document)["drug_item"] == expected


@pytest.mark.parametrize("times", [True, "1", -1, float("nan"), float("inf"), None])
def test_a_drug_item_that_is_not_a_number_of_times_is_missing(times):
    document = {"substances": {"drug_use_past_year": times}, "consent": {"substance_use_agreed": "yes"}}
    assert score(document)["drug_item"] == {
        "times": None,
        "positive": None,
        "missing": ["substances.drug_use_past_year"],
    }


@pytest.mark.parametrize("answers", [None, yeses(5)])
def test_no_traumatic_event_is_zero_with_nothing_missing(answers):
    assert ptsd("no", answers) == {"total": 0, "positive": False}


@pytest.mark.parametrize("count", range(6))
def test_the_ptsd_total_counts_yeses_and_is_positive_from_four(count):
    for sex in ("male", "female", "intersex", None):
        assert ptsd("yes", yeses(count), sex) == {"total": count, "positive": count >= 4}


@pytest.mark.parametrize(
    ("sex", "count", "positive"),
    [
        ("female", 2, False),
        ("female", 3, True),
        ("male", 3, False),
        ("male", 4, True),
        ("intersex", 2, False),
        ("intersex", 3, None),
        ("declined", 3, None),
        (None, 3, None),
        (None, 4, True),
    ],
)
def test_a_clinic_may_set_three_for_women(sex, count, positive):
    assert ptsd("yes", yeses(count), sex, pc_ptsd5_cutoff_women=3)["positive"] is positive


@pytest.mark.parametrize("cut_off", [0, 2, 5, None])
def test_another_ptsd_cut_off_is_refused(cut_off):
    with pytest.raises(ValueError, match="pc_ptsd5_cutoff_women"):
        ptsd("yes", yeses(5), pc_ptsd5_cutoff_women=cut_off)


@pytest.mark.parametrize(
    ("answers", "positive", "missing"),
    [
        (["yes", "yes", "yes", "yes", "not_sure"], True, [4]),
        (["no", "no", "not_sure", "yes", "yes"], False, [2]),
        (["yes", "yes", "not_sure", "no", "yes"], None, [2]),
        (["yes", "yes"], None, [2, 3, 4]),
        (None, None, [0, 1, 2, 3, 4]),
    ],
)
def test_a_ptsd_answer_of_not_sure_is_unknown(answers, positive, missing):
    assert ptsd("yes", answers) == {
        "total": None,
        "positive": positive,
        "missing": [f"anxiety.pc_ptsd5[{n}]" for n in missing],
    }


@pytest.mark.parametrize("event", ["not_sure", None])
@pytest.mark.parametrize(("answers", "positive"), [(yeses(3), False), (yeses(4), None), (None, None)])
def test_an_unknown_traumatic_event_leaves_only_a_negative_standing(event, answers, positive):
    assert ptsd(event, answers) == {
        "total": None,
        "positive": positive,
        "missing": ["anxiety.trauma_event"],
    }
