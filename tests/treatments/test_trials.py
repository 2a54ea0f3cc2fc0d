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
        "combination": False,
        "added_to": None,
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
    "answers",
    [
        {"taken_most_days": "no"},
        {"this_episode": "no"},
        {"added_to_another": "yes", "added_to": "citalopram"},
    ],
)
def test_what_makes_a_trial_inadequate_whatever_else_is_missing(answers):
    assert judged(**answers, dose_mg=None, weeks=None)["adequate_lenient"] is False


def tied(drug: str, **answers) -> tuple:
    """What becomes of a trial beside one of sertraline: combination, base, and whether it is adequate."""
    row = assess(with_trials(trial(), trial(drug, dose_mg=300, **answers)))["trials"][1]
    return row["combination"], row["added_to"], row["adequate_lenient"], row["why"].split("; ")[-2]


@pytest.mark.parametrize(
    ("to", "combination", "base", "adequate", "words"),
    [
        ("Zoloft 100", True, "sertraline", False, "added to sertraline: a combination, not a separate trial"),
        ("citalopram", True, "citalopram", False, "added to citalopram: a combination, not a separate trial"),
        (
            "lithium",
            False,
            "lithium",
            True,
            "said to be added to lithium, not an antidepressant: counted by itself",
        ),
        (
            "Spravato",
            False,
            "esketamine",
            True,
            "said to be added to esketamine, which never counts as a trial: counted by itself",
        ),
        (
            "Wellbutrin",
            False,
            "bupropion",
            True,
            "said to be added to bupropion, the same medicine: counted by itself",
        ),
        (
            "the blue one",
            None,
            None,
            None,
            "added to another medicine, not known which: ask (typed “the blue one”)",
        ),
        (ABSENT, None, None, None, "added to another medicine, not known which: ask"),
    ],
)
def test_what_a_medicine_was_added_to_decides_whether_it_is_a_combination(
    to, combination, base, adequate, words
):
    found = tied("bupropion", added_to_another="yes", added_to=to)
    assert found == (combination, base, adequate, words)


def test_a_base_that_may_not_have_been_for_depression_is_asked_about():
    combination, base, adequate, words = tied("venlafaxine", added_to_another="yes", added_to="Zyban")
    assert (combination, base, adequate) == (None, "bupropion", None)
    assert words == "added to Zyban, not known whether taken for depression: ask"


def test_a_drug_not_recognized_that_was_added_may_be_a_combination():
    combination, base, adequate, words = tied("the blue pill", added_to_another="yes", added_to="Zoloft")
    assert (combination, base, adequate) == (None, "sertraline", None)
    assert words == "added to sertraline, but itself not recognized: ask"


@pytest.mark.parametrize("said", ["yes", "no", "not_sure", ABSENT])
def test_an_augmenting_agent_is_no_combination_whatever_it_was_added_to(said):
    combination, base, _, words = tied("lithium", added_to_another=said, added_to="Zoloft")
    assert (combination, base) == (False, "sertraline")
    assert words == ("added to sertraline" if said == "yes" else "this episode")


@pytest.mark.parametrize(("said", "combination"), [("no", False), ("not_sure", None), (ABSENT, None)])
def test_a_base_counts_only_after_a_yes(said, combination):
    assert tied("bupropion", added_to_another=said, added_to="Zoloft")[:2] == (combination, "sertraline")


def test_two_that_are_said_to_be_added_to_each_other_are_both_unknown():
    pair = [
        trial(added_to_another="yes", added_to="bupropion"),
        trial("bupropion", dose_mg=300, added_to_another="yes", added_to="Zoloft"),
    ]
    third = trial("venlafaxine", dose_mg=225, added_to_another="yes", added_to="Zoloft")
    rows = assess(with_trials(*pair, third))["trials"]
    assert [row["combination"] for row in rows] == [None, None, True]
    assert ["each is said to be added to the other" in row["why"] for row in rows] == [True, True, False]


def test_each_base_that_is_no_entry_is_one_more_possible_trial():
    entries = [
        trial("lithium", added_to_another="yes", added_to="Prozac"),
        trial("Abilify", added_to_another="yes", added_to="fluoxetine"),
        trial("buspirone", added_to_another=ABSENT, added_to="Celexa"),
        trial("sertraline", added_to_another="no", added_to="Remeron"),
        trial("venlafaxine", added_to_another="yes", added_to="sertraline"),
        trial("T3", added_to_another="yes", added_to="Contrave"),
    ]
    assert Trials(entries, 0).bases == {"fluoxetine", "citalopram", "bupropion"}
    assert (Trials(entries, 0).unlisted, Trials(entries, 2).unlisted) == (3, 5)
    assert Trials(entries, 0).ask == ("antidepressants.trials",)
    assert Trials([trial()], 1).ask == ("antidepressants.more_not_remembered",)


@pytest.mark.parametrize(
    ("improvement", "reason", "broad", "payer"),
    [
        ("50_75", "benefit_faded", None, None),
        ("over_75", "benefit_faded", None, None),
        ("25_49", "benefit_faded", True, False),
        ("under_25", "benefit_faded", True, True),
        ("50_75", "no_benefit", False, False),
        ("not_sure", "benefit_faded", None, None),
    ],
)
def test_whether_a_benefit_that_faded_was_a_failure_is_not_known(improvement, reason, broad, payer):
    row = judged(improvement=improvement, stopped_because=reason)
    assert (row["failed_broad"], row["failed_payer"]) == (broad, payer)
    faded = reason == "benefit_faded" and improvement in ("50_75", "over_75")
    assert ("helped, then stopped helping: the clinician decides" in row["why"]) is faded


@pytest.mark.parametrize(
    ("drug", "dose", "adequate", "words"),
    [
        ("Prozac Weekly", 90, None, "90 mg once a week is not a daily dose"),
        ("Aplenzin", 348, True, "Aplenzin 348 mg = bupropion 300 mg; bupropion 300 mg >= 300 (MGH-ATRQ)"),
        ("Aplenzin", 174, False, "bupropion 150 mg: below 300 mg"),
        ("selegiline", 12, None, "patch or tablet, ask which"),
        ("Zyban", 300, None, "not known whether taken for depression"),
        ("Zyban", 299, False, "below 300 mg"),
        ("bupropion", 675, True, "above the usual maximum of 450 mg, check the dose"),
        ("bupropion", 676, None, "676 mg is far above the usual 450 mg: is that right?"),
        ("Exxua", 200, None, "200 mg is far above the usual 72.6 mg: is that right?"),
    ],
)
def test_doses_that_need_a_reading_of_their_own(drug, dose, adequate, words):
    row = judged(drug, dose_mg=dose)
    assert row["adequate_strict"] is adequate
    assert words in row["why"]


@pytest.mark.parametrize(
    ("weeks", "choice", "lenient", "words"),
    [
        (0, "under_4", False, "under 4 weeks (chosen): below 4"),
        (4, "4_5", True, "4 weeks or more (chosen) >= 4, but below 6"),
        (26, "26_51", True, "26 weeks or more (chosen) >= 6"),
    ],
)
def test_weeks_that_were_chosen_as_a_range_are_said_to_be(weeks, choice, lenient, words):
    row = judged(weeks=weeks, weeks_choice=choice)
    assert row["adequate_lenient"] is lenient
    assert words in row["why"]


def test_what_was_typed_in_the_dose_box_tells_the_form():
    assert judged("fluoxetine", dose_mg=90, dose_typed="90 mg once a week")["adequate_lenient"] is None
    assert judged("fluoxetine", dose_mg=90, dose_typed="90 mg a day")["adequate_lenient"] is True


@pytest.mark.parametrize(("born", "lower"), [("1966-11-21", False), ("1966-11-20", True)])
def test_citaloprams_lower_maximum_is_named_from_sixty_on(born, lower):
    document = with_trials(trial("citalopram", dose_mg=40), **{"about.date_of_birth": born})
    row = assess(document)["trials"][0]
    assert ("maximum 20 mg from age 60" in row["why"]) is lower
    assert row["adequate_lenient"] is True


def test_a_drug_without_a_minimum_is_left_to_the_clinician():
    row = judged("Exxua", dose_mg=72.6)
    assert row["adequate_lenient"] is None
    assert "the clinician decides" in row["why"]


@pytest.mark.parametrize("name", ["Zurzuvae", "Zulresso", "Spravato"])
def test_drugs_that_never_count_are_antidepressants_all_the_same(name):
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
    assert intolerance(Trials([trial(**stopped, still_taking="yes")], 0).listed[0]).value is True
    no_reason = {"weeks": 2, "stopped_because": ABSENT}
    assert intolerance(Trials([trial(**no_reason)], 0).listed[0]).value is None
    still = {"weeks": 2, "still_taking": "yes", "stopped_because": ABSENT}
    assert intolerance(Trials([trial(**still)], 0).listed[0]).value is False
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
