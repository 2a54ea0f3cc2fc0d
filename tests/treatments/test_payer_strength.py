"""How strongly a need stands: said, told or shown; and what a record that differs makes unknown."""

import pytest

from tests.documents import complete_document, trial, with_trials
from tests.payers import entry, judged, shows
from tests.treatments.payer_predicates import ABILIFY, SERTRALINE, TAKEN, TWO, VENLAFAXINE, medicines
from treatments.payers.strength import above, keys_of

FIRST, SECOND = "antidepressants.trials[0]", "antidepressants.trials[1]"
TRIALS = "antidepressants.trials"
ONE = {"failures": {"weeks": 6}}
UNIPOLAR = {"unipolar": {}}
BIPOLAR = "history.bipolar_diagnosis"


def strength(check, *evidence, document=None, **more):
    need = judged(check, document, evidence=list(evidence), **more)
    return need["result"], need["strength"]


def test_without_evidence_it_is_said():
    assert strength(UNIPOLAR) == ("met_said", "said")


@pytest.mark.parametrize("about", [BIPOLAR, "history"])
def test_a_row_at_the_path_or_above_it_shows_it(about):
    assert strength(UNIPOLAR, shows(about)) == ("met_shown", "shown")
    assert strength(UNIPOLAR, shows(about, strength="told")) == ("met_said", "told")


def test_a_row_elsewhere_shows_nothing():
    assert strength(UNIPOLAR, shows("history.episodes"), shows("mood")) == ("met_said", "said")


def test_a_weaker_row_takes_nothing_away():
    told = shows(BIPOLAR, strength="told")
    assert strength(UNIPOLAR, shows(BIPOLAR), told) == ("met_shown", "shown")
    assert strength(UNIPOLAR, told, shows(BIPOLAR)) == ("met_shown", "shown")


def test_a_record_that_differs_leaves_the_answer_unknown_until_one_agrees():
    differs = shows(BIPOLAR, agrees="no")
    need = judged(UNIPOLAR, evidence=[shows(BIPOLAR), differs])
    assert (need["result"], need["ask"], need["evidence"]) == ("open", [BIPOLAR], [0, 1])
    assert "the record differs" in need["sentence"]
    assert strength(UNIPOLAR, differs, shows(BIPOLAR, strength="told")) == ("met_said", "told")
    assert strength(UNIPOLAR, shows(BIPOLAR), differs, shows("history", strength="told")) == (
        "met_said",
        "told",
    )


def test_the_row_that_differs_is_named_though_it_stands_above():
    need = judged(UNIPOLAR, evidence=[shows("history", agrees="no")])
    assert (need["result"], need["ask"]) == ("open", ["history"])


def test_a_later_row_below_one_that_differs_settles_its_own_answer():
    rows = [shows("history", agrees="no"), shows(BIPOLAR)]
    assert strength(UNIPOLAR, *rows) == ("met_shown", "shown")
    assert strength({"answered": {"paths": ["history.episode_months"]}}, *rows)[0] == "open"


def test_two_shown_failures_of_three_suffice():
    document = with_trials(SERTRALINE, VENLAFAXINE, trial("bupropion", dose_mg=300))
    assert strength(TWO, shows(FIRST), document=document) == ("met_said", "said")
    assert strength(TWO, shows(FIRST), shows(SECOND, strength="told"), document=document) == (
        "met_said",
        "told",
    )
    assert strength(TWO, shows(FIRST), shows(SECOND), document=document) == ("met_shown", "shown")


def test_every_part_of_a_trial_that_counts_must_be_shown():
    document = with_trials(SERTRALINE)
    parts = [shows(f"{FIRST}.{key}") for key in ("drug", "dose_mg", "weeks", "improvement", "this_episode")]
    assert strength(ONE, *parts, document=document) == ("met_said", "said")
    last = shows(f"{FIRST}.added_to_another")
    need = judged(ONE, document, evidence=[*parts, last])
    assert (need["result"], need["evidence"]) == ("met_shown", [0, 1, 2, 3, 4, 5])


def test_an_entry_that_differs_has_no_drug_any_more_and_may_be_any():
    document = with_trials(SERTRALINE, VENLAFAXINE)
    need = judged(TWO, document, evidence=[shows(SECOND, agrees="no")])
    assert (need["result"], need["ask"]) == ("open", [SECOND])
    assert "venlafaxine XR: the record differs." in need["sentence"]
    alone = judged(ONE, document, evidence=[shows(SECOND, agrees="no")])
    assert alone["answers"] == [FIRST]


def test_one_answer_of_an_entry_that_differs_leaves_the_others():
    document = with_trials(SERTRALINE)
    need = judged(ONE, document, evidence=[shows(f"{FIRST}.weeks", agrees="no")])
    assert (need["result"], need["ask"]) == ("open", [f"{FIRST}.weeks"])
    assert (
        judged(ONE, with_trials(trial(dose_mg=5)), evidence=[shows(f"{FIRST}.weeks", agrees="no")])["result"]
        == "not_met"
    )


def test_a_list_that_differs_is_as_never_given():
    document = with_trials(SERTRALINE, VENLAFAXINE)
    need = judged(TWO, document, evidence=[shows(TRIALS, agrees="no")])
    assert need["result"] == "open"
    assert TRIALS in need["ask"]
    assert (
        judged(TWO, document, evidence=[shows(TRIALS, agrees="no"), shows(TRIALS)])["result"] == "met_shown"
    )


def test_that_a_list_is_given_is_shown_of_the_list_and_not_of_an_entry():
    check = {"answered": {"paths": [TRIALS]}}
    document = with_trials(SERTRALINE)
    assert strength(check, shows(FIRST), document=document) == ("met_said", "said")
    assert strength(check, shows(TRIALS), document=document) == ("met_shown", "shown")


def test_a_phq9_whose_record_differs_is_no_score():
    check = {"score_recorded": {"scales": ["phq9"]}}
    for about in ("mood", "mood.phq9", "mood.phq9[3]"):
        need = judged(check, evidence=[shows(about, agrees="no")])
        assert (need["result"], need["ask"]) == ("open", [about])
    assert strength(check) == ("met_shown", "shown")
    assert strength(check, shows("mood.phq9[3]", agrees="no"), shows("mood.phq9")) == ("met_shown", "shown")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"total": 30}, ("met_said", "told")),
        ({"total": 30, "strength": "told"}, ("met_said", "told")),
        ({"total": 30, "strength": "shown"}, ("met_shown", "shown")),
    ],
)
def test_a_typed_score_is_told_unless_it_was_seen(row, expected):
    check = {"score_at_least": {"madrs": 20}}
    assert strength(check, scores=[{"scale": "madrs", "on": "2026-11-27", **row}]) == expected


def test_a_score_with_its_items_is_shown_whatever_is_written():
    row = {"scale": "phq9", "items": [3] * 9, "on": "2026-11-27", "strength": "told"}
    assert strength({"score_at_least": {"phq9": 27}}, scores=[row]) == ("met_shown", "shown")


def test_entries_are_shown_and_rules_never_more_than_said():
    assert (
        strength({"diagnosis": {"codes": ["F33.2"]}}, entries=[entry("diagnosis", "F33.2")])[0] == "met_shown"
    )
    everything = [
        shows(section)
        for section in complete_document()
        if section not in ("format", "submitted_on", "language")
    ]
    rules = {"rules_not_met": {"rules": ["T01"]}}
    assert strength(rules, *everything) == ("met_said", "said")
    assert strength(rules, shows("health.cochlear_implant", agrees="no")) == ("open", None)


def test_any_of_is_as_strong_as_what_is_true_in_it():
    check = {"any_of": [UNIPOLAR, {"entry": {"key": "supervision", "values": ["yes"]}}]}
    assert strength(check, entries=[entry("supervision", "yes")]) == ("met_shown", "shown")
    assert strength({"all_of": check["any_of"]}, entries=[entry("supervision", "yes")]) == (
        "met_said",
        "said",
    )


def test_a_medicine_stopped_is_not_taken_because_only_its_name_is_shown():
    """Else a part of what is known would show what the whole denies."""
    document = with_trials(TAKEN, **{"medicines.list": [{"drug": "Lexapro", "stopped": "yes"}]})
    check = {"current_antidepressant": {}}
    assert strength(check, shows("medicines.list[0].drug"), document=document) == ("met_said", "said")
    assert strength(check, shows(FIRST), document=document) == ("met_shown", "shown")


def test_that_none_of_its_trials_failed_is_shown_of_the_whole_list():
    document = with_trials(TAKEN, ABILIFY, **medicines())
    check = {"current_antidepressant": {"not_failed": True}}
    assert strength(check, shows(FIRST), document=document) == ("met_said", "said")
    assert strength(check, shows(TRIALS), document=document) == ("met_shown", "shown")


def test_a_path_is_read_as_its_keys_and_stands_below_its_groups():
    assert keys_of("antidepressants.trials[12].dose_mg") == ("antidepressants", "trials", 12, "dose_mg")
    assert list(above("a.b[1].c")) == ["a.b[1].c", "a.b[1]", "a.b", "a"]


def test_a_part_never_shows_what_the_whole_denies():
    """A man is not pregnant unless he said yes: his sex alone, shown, does not show it."""
    document = complete_document(**{"about.sex_at_birth": "male", "health.pregnant": "yes"})
    check = {"any_of": [{"not_pregnant": {}}, {"age": {"min": 18}}]}
    assert strength(check, shows("about.sex_at_birth"), document=document) == ("met_said", "said")


def test_a_part_never_shows_of_a_trial_what_the_whole_leaves_open():
    """Two medicines said to be added to each other: the record of one alone does not say which came first."""
    circle = [
        trial("sertraline", added_to_another="yes", added_to="bupropion"),
        trial("bupropion", dose_mg=300, added_to_another="yes", added_to="sertraline"),
        trial("mirtazapine", dose_mg=30, added_to_another="yes", added_to="Lexapro"),
    ]
    check = {"augmentations": {"n": 1, "kinds": ["second_antidepressant"]}}
    document = with_trials(*circle)
    assert strength(check, shows(FIRST), document=document) == ("met_said", "said")
    assert strength(check, shows("antidepressants.trials[2]"), document=document) == ("met_shown", "shown")


def test_the_consent_is_a_record_by_itself_and_only_opens_what_is_shown():
    check = {"no_active_sud": {}}
    about = "substances.substance_use_disorder_now"
    assert strength(check, shows(about)) == ("met_shown", "shown")
    assert strength(check) == ("met_said", "said")
    assert strength(check, shows(about), shows("consent", agrees="no")) == ("open", None)
