"""Trials: adequacy, failure and the arithmetic in words, with unknown kept apart from no."""

import pytest

from tests.documents import ABSENT, trial, with_trials
from treatments.rules.engine import assess
from treatments.rules.trials import Trials, intolerance


def judged(drug: str = "sertraline", **answers) -> dict:
    return assess(with_trials(trial(drug, **answers)))["trials"][0]


def test_a_trial_that_was_adequate_and_failed():
    row = judged()
    assert row == {
        "typed": "sertraline",
        "drug": "sertraline",
        "class": "SSRI",
        "kind": "antidepressant",
        "adequate_lenient": True,
        "adequate_strict": True,
        "failed_broad": True,
        "failed_payer": True,
        "why": "sertraline 150 mg >= 50 (MGH-ATRQ); 10 weeks >= 6; taken most days; this episode; "
        "less than 25 % better",
    }


@pytest.mark.parametrize(
    ("weeks", "lenient", "strict"), [(3, False, False), (4, True, False), (5, True, False), (6, True, True)]
)
def test_weeks_at_the_edges(weeks, lenient, strict):
    row = judged(weeks=weeks)
    assert (row["adequate_lenient"], row["adequate_strict"]) == (lenient, strict)


@pytest.mark.parametrize(("dose", "adequate"), [(149, False), (150, True)])
def test_the_minimum_dose_at_its_edge(dose, adequate):
    assert judged("venlafaxine", dose_mg=dose)["adequate_lenient"] is adequate


def test_a_dose_that_another_source_accepts_is_for_the_clinician_to_weigh():
    why = judged("venlafaxine", dose_mg=75)["why"]
    assert why.startswith(
        "venlafaxine 75 mg: below 150 mg (MGH-ATRQ), so not adequate; meets 75 (CANMAT), for the clinician to weigh"
    )


@pytest.mark.parametrize(
    ("improvement", "broad", "payer"),
    [
        ("under_25", True, True),
        ("25_49", True, False),
        ("50_75", False, False),
        ("over_75", False, False),
        ("not_sure", None, None),
    ],
)
def test_benefit_bands(improvement, broad, payer):
    row = judged(improvement=improvement)
    assert (row["failed_broad"], row["failed_payer"]) == (broad, payer)


@pytest.mark.parametrize(
    "answers",
    [
        {"dose_mg": None},
        {"dose_mg": ABSENT},
        {"weeks": None},
        {"taken_most_days": "not_sure"},
        {"this_episode": ABSENT},
        {"added_to_another": "not_sure"},
    ],
)
def test_a_missing_answer_leaves_adequacy_unknown(answers):
    assert judged(**answers)["adequate_lenient"] is None


@pytest.mark.parametrize(
    "answers", [{"taken_most_days": "no"}, {"this_episode": "no"}, {"added_to_another": "yes"}]
)
def test_what_makes_a_trial_inadequate_whatever_else_is_missing(answers):
    assert judged(**answers, dose_mg=None, weeks=None)["adequate_lenient"] is False


def test_a_drug_without_a_minimum_is_left_to_the_clinician():
    row = judged("Exxua", dose_mg=72.6)
    assert row["adequate_lenient"] is None
    assert "the clinician decides" in row["why"]


@pytest.mark.parametrize("name", ["Zurzuvae", "Zulresso"])
def test_drugs_for_postpartum_depression_never_count(name):
    row = judged(name)
    assert (row["kind"], row["adequate_lenient"]) == ("antidepressant", False)


def test_a_form_with_its_own_minimum_is_held_to_it():
    assert judged("Paxil CR", dose_mg=20)["adequate_lenient"] is False
    assert judged("Paxil", dose_mg=20)["adequate_lenient"] is True


def test_kinds_of_drug():
    kinds = [judged(name)["kind"] for name in ("lithium", "ibuprofen", "the blue pill")]
    assert kinds == ["augmentation", "other", "unrecognised"]
    assert judged("lithium")["adequate_lenient"] is False
    assert judged("the blue pill")["adequate_lenient"] is None
    assert judged("the blue pill", weeks=2)["adequate_lenient"] is False


def test_stopping_early_for_side_effects_is_an_intolerance():
    stopped = {"weeks": 2, "stopped_because": "side_effects"}
    assert intolerance(Trials([trial(**stopped)], 0).listed[0]).value is True
    assert intolerance(Trials([trial(**stopped, still_taking="yes")], 0).listed[0]).value is False
    assert "counted apart" in judged(**stopped)["why"]


def test_two_intolerances_stand_in_for_a_trial_under_tms():
    early = [trial(d, weeks=2, stopped_because="side_effects") for d in ("sertraline", "citalopram")]
    assert "T16" in tms_rules(with_trials(early[0]))
    assert "T16" not in tms_rules(with_trials(*early))


def test_a_trial_cut_short_suggests_a_medication_consult():
    trials = [trial("sertraline"), trial("venlafaxine", dose_mg=225), trial("citalopram", weeks=2)]
    assert "D01" in [note["rule"] for note in assess(with_trials(*trials))["notes"]]
    assert "D01" not in [note["rule"] for note in assess(with_trials(*trials[:2]))["notes"]]


def tms_rules(document: dict) -> list[str]:
    return [finding["rule"] for finding in assess(document)["treatments"]["tms"]["findings"]]
