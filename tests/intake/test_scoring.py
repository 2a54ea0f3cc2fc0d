"""Scoring of symptoms: every band edge, the syndrome, what is missing, and a published sample."""

import csv
from pathlib import Path

import pytest

from intake.scoring import score

SAMPLE = Path(__file__).parents[1] / "data" / "nhanes_2017_2018_phq9_sample.csv"
PHQ9_PATHS = [f"mood.phq9[{n}]" for n in range(9)]


def phq9(*points):
    return score({"mood": {"phq9": list(points)}})["phq9"]


def adding_up_to(total, items):
    return [min(3, max(0, total - 3 * n)) for n in range(items)]


@pytest.mark.parametrize(
    ("totals", "band"),
    [
        (range(0, 5), "none"),
        (range(5, 10), "mild"),
        (range(10, 15), "moderate"),
        (range(15, 20), "moderately_severe"),
        (range(20, 28), "severe"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_phq9_total_falls_in_its_band(totals, band):
    for total in totals:
        result = phq9(*adding_up_to(total, 9))
        assert (result["total"], result["band"]) == (total, band)
        assert "missing" not in result


@pytest.mark.parametrize(
    ("totals", "band"),
    [
        (range(0, 5), "none"),
        (range(5, 10), "mild"),
        (range(10, 15), "moderate"),
        (range(15, 22), "severe"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_gad7_total_falls_in_its_band(totals, band):
    for total in totals:
        document = {"anxiety": {"gad7": adding_up_to(total, 7)}}
        assert score(document)["gad7"] == {"total": total, "band": band}


@pytest.mark.parametrize(
    ("points", "syndrome"),
    [
        ([2, 2, 2, 2, 2, 0, 0, 0, 0], "major"),
        ([2, 0, 2, 2, 2, 2, 0, 0, 0], "major"),
        ([0, 2, 2, 2, 2, 2, 0, 0, 0], "major"),
        ([2, 0, 2, 2, 2, 0, 0, 0, 1], "major"),
        ([1, 1, 3, 3, 3, 3, 3, 3, 3], "none"),
        ([2, 2, 2, 2, 1, 1, 1, 1, 0], "other"),
        ([2, 0, 0, 0, 0, 0, 0, 0, 1], "other"),
        ([0, 2, 0, 0, 0, 0, 0, 2, 0], "other"),
        ([3, 0, 1, 1, 1, 1, 1, 1, 0], "none"),
        ([1, 1, 1, 1, 1, 1, 1, 1, 1], "none"),
        ([0, 0, 2, 2, 0, 0, 0, 0, 0], "none"),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0], "none"),
    ],
)
def test_the_syndrome_needs_enough_symptoms_and_one_of_the_first_two(points, syndrome):
    assert phq9(*points)["syndrome"] == syndrome


@pytest.mark.parametrize(
    ("points", "band"),
    [
        ((0, 0, 0, None, 0, 0, 0, 0, 1), "none"),  # 1 to 4
        ((0, 0, 0, None, 0, 0, 0, 0, 2), None),  # 2 to 5
        ((3, 3, 3, None, 2, 0, 0, 0, 0), "moderate"),  # 11 to 14
        ((3, 3, 3, 3, 3, 3, 2, None, 0), "severe"),  # 20 to 23
        ((3, 3, 3, 3, 3, 3, 1, None, 0), None),  # 19 to 22
    ],
)
def test_a_band_stands_where_the_missing_items_cannot_change_it(points, band):
    assert (phq9(*points)["total"], phq9(*points)["band"]) == (None, band)


def test_a_gad7_band_stands_where_the_missing_item_cannot_change_it():
    assert score({"anxiety": {"gad7": [3, 3, 3, 3, 3, 0, None]}})["gad7"]["band"] == "severe"
    assert score({"anxiety": {"gad7": [3, 3, 3, 3, 2, 0, None]}})["gad7"]["band"] is None


def test_one_missing_phq9_item_leaves_total_and_syndrome_unknown():
    assert phq9(3, 3, 3, None, 3, 3, 3, 3, 3) == {
        "total": None,
        "band": "severe",
        "syndrome": None,
        "missing": ["mood.phq9[3]"],
    }


def test_item_9_is_never_imputed():
    assert phq9(0, 0, 0, 0, 0, 0, 0, 0, None)["total"] is None
    assert phq9(0, 0, 0, 0, 0, 0, 0, 0)["missing"] == ["mood.phq9[8]"]


@pytest.mark.parametrize("odd", [True, False, 4, -1, "2", 2.0, [], {}])
def test_an_answer_that_is_not_one_of_the_numbers_is_missing(odd):
    assert phq9(0, odd, 0, 0, 0, 0, 0, 0, 0)["missing"] == ["mood.phq9[1]"]


@pytest.mark.parametrize("document", [{}, {"mood": None}, {"mood": {}}, {"mood": {"phq9": "no"}}])
def test_an_absent_phq9_reports_every_item(document):
    assert score(document)["phq9"]["missing"] == PHQ9_PATHS


def test_an_empty_document_knows_nothing_and_says_what_is_missing():
    assert score({}) == {
        "phq9": {"total": None, "band": None, "syndrome": None, "missing": PHQ9_PATHS},
        "phq2": {"total": None, "positive": None, "missing": PHQ9_PATHS[:2]},
        "gad7": {"total": None, "band": None, "missing": [f"anxiety.gad7[{n}]" for n in range(7)]},
        "cssrs": {
            "level": "incomplete",
            "missing": ["safety.cssrs.q1", "safety.cssrs.q2", "safety.cssrs.q6"],
        },
        "audit_c": {
            "total": None,
            "positive": None,
            "missing": [*(f"substances.audit_c[{n}]" for n in range(3)), "about.sex_at_birth"],
        },
        "drug_item": {"times": None, "positive": None, "missing": ["substances.drug_use_past_year"]},
        "pc_ptsd5": {"total": None, "positive": None, "missing": ["anxiety.trauma_event"]},
    }


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([0, 0], {"total": 0, "positive": False}),
        ([1, 1], {"total": 2, "positive": False}),
        ([2, 1], {"total": 3, "positive": True}),
        ([3, 3], {"total": 6, "positive": True}),
        ([3, None], {"total": None, "positive": True, "missing": ["mood.phq9[1]"]}),
        ([0, None], {"total": None, "positive": None, "missing": ["mood.phq9[1]"]}),
    ],
)
def test_the_phq2_is_the_first_two_items_and_positive_from_three(points, expected):
    assert score({"mood": {"phq9": [*points, *[None] * 7]}})["phq2"] == expected


def test_scoring_leaves_the_document_as_it_was():
    document = {"mood": {"phq9": [1] * 9}, "safety": {"cssrs": {"q1": "no"}}}
    score(document)
    assert document == {"mood": {"phq9": [1] * 9}, "safety": {"cssrs": {"q1": "no"}}}


def sample():
    lines = [line for line in SAMPLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def answers_of(row):
    columns = [row[f"DPQ0{n}0"] for n in range(1, 10)]
    return [int(answer) if answer in {"0", "1", "2", "3"} else None for answer in columns]


def test_the_sample_holds_every_band_incomplete_rows_and_item_9_positives():
    rows = sample()
    assert {row["severity"] for row in rows} == {
        "none",
        "mild",
        "moderate",
        "moderately_severe",
        "severe",
        "incomplete",
    }
    assert {row["item9_pos"] for row in rows} == {"0", "1", ""}


def test_real_answers_score_as_they_were_published():
    for row in sample():
        result = phq9(*answers_of(row))
        if row["severity"] == "incomplete":
            assert result["total"] is result["syndrome"] is None
            assert result["missing"] == [
                path for path, answer in zip(PHQ9_PATHS, answers_of(row), strict=True) if answer is None
            ]
            continue
        syndrome = "major" if row["mds"] == "1" else "other" if row["ods"] == "1" else "none"
        assert result == {"total": int(row["total"]), "band": row["severity"], "syndrome": syndrome}
        assert (answers_of(row)[8] >= 1) == (row["item9_pos"] == "1")
