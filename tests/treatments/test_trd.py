"""Treatment resistance: each definition side by side, and records that are needed are never a no."""

import pytest

from tests.documents import ABSENT, trial, with_trials
from treatments.rules.engine import assess
from treatments.rules.trd import broad, waits_for_clinician
from treatments.rules.trials import Trials

SSRI = trial("sertraline")
OTHER_SSRI = trial("citalopram", dose_mg=40)
SNRI = trial("venlafaxine", dose_mg=225)


def found(*trials: dict, **more) -> dict:
    return assess(with_trials(*trials, **more))["trd"]


def test_two_classes_that_failed_meet_all_but_the_six_month_definition():
    assert found(SSRI, SNRI) == {
        "adequate_failures": 2,
        "broad": "yes",
        "payer": "yes",
        "definitions": {
            "label": "yes",
            "esketamine_trials": "yes",
            "eu_pearl": "yes",
            "delphi": "yes",
            "athf": "yes",
            "seed_004": "no",
        },
    }


def test_citalopram_and_escitalopram_are_two_drugs_of_one_class():
    trd = found(OTHER_SSRI, trial("escitalopram", dose_mg=20))
    assert (trd["broad"], trd["payer"]) == ("yes", "no")


def test_only_payers_and_the_founding_document_ask_for_two_classes():
    trd = found(SSRI | {"weeks": 26}, OTHER_SSRI | {"weeks": 26})
    assert trd["payer"] == "no"
    assert {name for name, value in trd["definitions"].items() if value == "no"} == {"seed_004"}
    assert set(trd["definitions"].values()) == {"yes", "no"}


def test_the_same_drug_twice_is_one():
    assert found(trial("Zoloft"), SSRI)["adequate_failures"] == 1
    assert found(trial("Zoloft"), SSRI)["broad"] == "no"


def test_a_combination_is_not_a_separate_trial():
    assert found(SSRI, SNRI | {"added_to_another": "yes", "added_to": "Zoloft"})["broad"] == "no"
    assert found(SSRI, SNRI | {"added_to_another": "yes"})["broad"] == "needs_records"


def test_an_augmenting_drug_is_not_a_trial():
    assert found(SSRI, trial("lithium", dose_mg=900))["broad"] == "no"


@pytest.mark.parametrize("key", ["dose_mg", "weeks", "improvement", "taken_most_days", "this_episode"])
def test_a_trial_that_lacks_an_answer_needs_records(key):
    lacking = {name: answer for name, answer in SNRI.items() if name != key}
    assert found(SSRI, lacking)["broad"] == "needs_records"


def test_names_not_remembered_or_not_recognized_need_records():
    assert found(SSRI, more=1)["broad"] == "needs_records"
    assert found(SSRI, trial("the blue pill"))["payer"] == "needs_records"
    assert found(SSRI, more=ABSENT)["broad"] == "needs_records"
    assert found(SSRI)["broad"] == "no"


def test_trials_never_asked_about_need_records():
    document = with_trials()
    del document["antidepressants"]
    assert assess(document)["trd"]["broad"] == "needs_records"
    assert found()["broad"] == "no"


def test_some_benefit_is_broad_but_not_payer():
    trd = found(SSRI, SNRI | {"improvement": "25_49"})
    assert (trd["broad"], trd["payer"], trd["definitions"]["eu_pearl"]) == ("yes", "no", "no")


def test_four_weeks_is_lenient_but_not_strict():
    trd = found(SSRI, SNRI | {"weeks": 4})
    assert (trd["broad"], trd["payer"]) == ("yes", "no")
    assert trd["definitions"]["esketamine_trials"] == "no"


def test_six_months_in_two_classes_meets_the_founding_documents_definition():
    assert found(SSRI | {"weeks": 26}, SNRI | {"weeks": 26})["definitions"]["seed_004"] == "yes"
    assert found(SSRI | {"weeks": 26}, SNRI | {"weeks": 25.9})["definitions"]["seed_004"] == "no"
    one_class = OTHER_SSRI | {"weeks": 26}
    assert found(SSRI | {"weeks": 26}, one_class)["definitions"]["seed_004"] == "no"
    for key in ("dose_mg", "this_episode", "taken_most_days", "improvement"):
        lacking = SSRI | {"weeks": 26, key: None}
        assert found(lacking, SNRI | {"weeks": 26})["definitions"]["seed_004"] == "needs_records"


def test_doses_often_missed_count_only_where_regularity_is_not_rated():
    trd = found(SSRI, SNRI | {"taken_most_days": "no"})
    assert (trd["broad"], trd["definitions"]["athf"]) == ("no", "yes")
    earlier = found(SSRI | {"this_episode": "no"}, SNRI | {"this_episode": "not_sure"})
    assert (earlier["broad"], earlier["definitions"]["athf"]) == ("no", "yes")


@pytest.mark.parametrize(
    ("answers", "athf"),
    [
        ({"weeks": 3}, "no"),
        ({"dose_mg": 149}, "no"),
        ({"improvement": "50_75"}, "no"),
        ({"added_to_another": "yes", "added_to": "sertraline"}, "no"),
        ({"added_to_another": "yes"}, "needs_records"),
        ({"weeks": 4, "improvement": "25_49"}, "yes"),
    ],
)
def test_what_athf_asks_for_in_any_episode(answers, athf):
    assert found(SSRI, SNRI | answers | {"this_episode": "no"})["definitions"]["athf"] == athf


def open_for(definition, *trials: dict, more: float = 0) -> bool:
    return waits_for_clinician(Trials(trials, more), definition)


def test_where_only_a_judgment_is_open_the_clinician_decides():
    exxua = trial("Exxua", dose_mg=72.6)
    faded = SNRI | {"improvement": "50_75", "stopped_because": "benefit_faded"}
    for second in (exxua, faded, trial("Prozac Weekly", dose_mg=90)):
        assert open_for(broad, SSRI, second)
    for second in (exxua | {"weeks": None}, faded | {"dose_mg": None}, exxua | {"dose_mg": None}):
        assert not open_for(broad, SSRI, second)
    assert not open_for(broad, SSRI, exxua | {"dose_mg": 720})
    assert not open_for(broad, SSRI, exxua, more=1)
    assert not open_for(broad, SSRI, SNRI)
    assert not open_for(broad, SSRI)


def test_nothing_applies_in_bipolar_disorder_but_the_count_stays():
    trd = assess(with_trials(SSRI, SNRI, **{"history.bipolar_diagnosis": "yes"}))["trd"]
    assert trd["adequate_failures"] == 2
    assert {trd["broad"], trd["payer"], *trd["definitions"].values()} == {"not_applicable"}
