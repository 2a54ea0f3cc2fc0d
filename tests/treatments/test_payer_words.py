"""What D02 and D08 say of the commonest payer pattern: by the person's own account, and whose rules to check."""

import pytest

from tests.documents import ABSENT, trial, with_trials
from treatments.rules.engine import assess

SSRI = trial("sertraline")
SNRI = trial("venlafaxine", dose_mg=225)


def note(rule: str, *trials: dict, **changes) -> str:
    notes = assess(with_trials(*trials, **changes))["notes"]
    return " ".join(note["because"] for note in notes if note["rule"] == rule)


def test_a_pattern_that_is_met_is_so_by_the_persons_own_account_only():
    words = note("D08", SSRI, SNRI)
    assert "By the person's own account the commonest payer pattern is met" in words
    assert "Nothing is documented yet" in words
    assert "Fits the pattern: sertraline (SSRI), venlafaxine (SNRI)." in words
    assert "complete" not in words.lower()
    assert note("D02", SSRI, SNRI) == ""


@pytest.mark.parametrize(("rule", "trials"), [("D02", [SSRI]), ("D08", [SSRI, SNRI])])
def test_the_insurer_is_named_as_typed(rule, trials):
    typed = note(rule, *trials, **{"practical.insurer": "  Big \n Health "})
    assert "Check the rules of Big Health." in typed
    unnamed = note(rule, *trials, **{"practical.insurer": ABSENT})
    assert "Check the rules of the payer; no insurer was named." in unnamed


@pytest.mark.parametrize(
    ("second", "missing"),
    [
        (SNRI | {"dose_mg": 75}, "75 mg is below 150 mg"),
        (SNRI | {"weeks": 5}, "5 weeks, fewer than 6"),
        (SNRI | {"taken_most_days": "no"}, "not taken most days"),
        (SNRI | {"this_episode": "no"}, "an earlier episode"),
        (SNRI | {"improvement": "25_49"}, "25–49 % better"),
        (SNRI | {"improvement": "50_75"}, "50–75 % better"),
        (
            SNRI | {"added_to_another": "yes", "added_to": "Zoloft"},
            "added to sertraline: a combination, not a separate trial",
        ),
        (SNRI | {"weeks": 5, "dose_mg": None}, "5 weeks, fewer than 6"),
        (SNRI | {"weeks": 5, "improvement": "25_49"}, "5 weeks, fewer than 6; 25–49 % better"),
    ],
)
def test_a_pattern_that_is_not_met_says_what_is_missing(second, missing):
    words = note("D02", SSRI, second)
    assert "By the person's own account the commonest payer pattern is not met." in words
    assert "Fits the pattern: sertraline (SSRI)." in words
    assert f"Missing: venlafaxine ({missing})." in words


@pytest.mark.parametrize(
    ("second", "missing"),
    [
        (SNRI | {"dose_mg": None}, "venlafaxine (dose not known)"),
        (SNRI | {"weeks": None}, "venlafaxine (weeks not known)"),
        (SNRI | {"taken_most_days": "not_sure"}, "venlafaxine (not known whether taken most days)"),
        (SNRI | {"this_episode": "not_sure"}, "venlafaxine (episode not known)"),
        (SNRI | {"improvement": "not_sure"}, "venlafaxine (benefit not known)"),
        (trial("the blue pill"), "“the blue pill” (name not recognized; dose not judged)"),
        (trial("Zyban", dose_mg=300), "bupropion (not known whether it counts)"),
        (trial("lithium", added_to_another="yes", added_to="Celexa"), "citalopram (named as a base only)"),
    ],
)
def test_a_pattern_that_may_yet_be_met_says_what_is_not_known(second, missing):
    words = note("D02", SSRI, second)
    assert "the commonest payer pattern is not known to be met." in words
    assert f"Missing: {missing}." in words
    assert "the clinician's to decide" not in words


@pytest.mark.parametrize(
    "second",
    [trial("Exxua", dose_mg=72.6), SNRI | {"improvement": "50_75", "stopped_because": "benefit_faded"}],
)
def test_what_only_a_judgment_can_settle_needs_no_records(second):
    words = note("D02", SSRI, second)
    assert "is not known to be met. What is open is the clinician's to decide." in words


def test_names_that_are_not_remembered_are_named_as_missing():
    assert "Missing: 2 more, names not known." in note("D02", SSRI, more=2)
    assert "Missing: others, not known how many, names not known." in note("D02", SSRI, more=ABSENT)


def test_without_any_trial_failures_in_two_classes_are_missing():
    words = note("D02")
    assert "No trial fits the pattern. Missing: failures in two classes." in words
    assert "Missing: failures in two classes" in note("D02", SSRI, trial("citalopram", dose_mg=40))


def therapy_words(*entries: tuple) -> str:
    keys = ("type", "sessions", "this_episode")
    document = with_trials(
        SSRI, **{"other_treatments.therapy": [dict(zip(keys, entry, strict=True)) for entry in entries]}
    )
    findings = assess(document)["treatments"]["psychotherapy"]["findings"]
    return " ".join(finding["because"] for finding in findings if finding["rule"] == "P02")


def test_a_course_that_is_missing_says_how_many_sessions_were_counted():
    words = therapy_words(
        ("cbt", 3, "yes"), ("cbt", 4, "yes"), ("psychodynamic", 2, "yes"), ("counselling", 20, "yes")
    )
    assert words.endswith("Sessions of a named therapy in this episode: CBT 7, psychodynamic 2.")
    assert therapy_words(("ipt", 9, "no")).endswith("in this episode: none.")
