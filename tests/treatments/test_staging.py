"""Staging: Thase-Rush, Maudsley and MGH-S, and where they do not apply."""

import pytest

from tests.documents import ABSENT, trial, with_trials
from treatments.rules.engine import assess

SSRI = trial("sertraline")
SNRI = trial("venlafaxine", dose_mg=225)
TCA = trial("nortriptyline", dose_mg=100)
MAOI = trial("phenelzine", dose_mg=60)
TETRACYCLIC = trial("maprotiline", dose_mg=150)
BILATERAL = {"other_treatments.ect": {"had": "yes", "bilateral": "yes"}}


def staged(*trials: dict, **changes) -> dict:
    return assess(with_trials(*trials, **changes))["staging"]


@pytest.mark.parametrize(
    ("trials", "changes", "stage"),
    [
        ([], {}, "0"),
        ([SSRI], {}, "I"),
        ([SSRI, trial("citalopram", dose_mg=40)], {}, "I"),
        ([SSRI, SNRI], {}, "II"),
        ([SSRI, TETRACYCLIC], {}, "II"),
        ([SSRI, MAOI], {}, "II"),
        ([TCA], {}, "I"),
        ([SSRI, TCA], {}, "III"),
        ([TCA, MAOI], {}, "IV"),
        ([SSRI, TCA, MAOI], {}, "IV"),
        ([SSRI, TCA, MAOI], BILATERAL, "V"),
        ([SSRI, TCA], BILATERAL, "III"),
    ],
)
def test_thase_rush(trials, changes, stage):
    assert staged(*trials, **changes)["thase_rush"] == stage


def test_without_a_failure_only_thase_rush_applies():
    assert staged() == {"thase_rush": "0", "maudsley": None, "mgh_s": None}


def test_nothing_applies_in_bipolar_disorder():
    staging = staged(SSRI, SNRI, **{"history.bipolar_diagnosis": "yes"})
    assert staging == {"thase_rush": None, "maudsley": None, "mgh_s": None}


@pytest.mark.parametrize(("months", "points"), [(12, 1), (13, 2), (24, 2), (25, 3)])
def test_maudsley_counts_the_length_of_the_episode(months, points):
    total = staged(SSRI, **{"history.episode_months": months})["maudsley"]["total"]
    assert total == points + 3 + 1


@pytest.mark.parametrize(
    ("phq9", "points"),
    [
        ([1, 1, 1, 1, 0, 0, 0, 0, 0], 1),
        ([1, 1, 1, 1, 1, 0, 0, 0, 0], 2),
        ([2, 2, 2, 2, 2, 0, 0, 0, 0], 3),
        ([3, 3, 3, 3, 3, 3, 1, 0, 0], 3),
        ([3, 3, 3, 3, 3, 3, 2, 0, 0], 4),
    ],
)
def test_maudsley_maps_severity_from_the_phq9(phq9, points):
    assert staged(SSRI, **{"mood.phq9": phq9})["maudsley"]["total"] == 2 + points + 1


ELEVEN = [
    *(SSRI, SNRI, TCA, MAOI, TETRACYCLIC),
    *(trial(drug, dose_mg=40) for drug in ("citalopram", "fluoxetine", "paroxetine")),
    *(trial(drug, dose_mg=dose) for drug, dose in (("escitalopram", 20), ("mirtazapine", 45))),
    trial("duloxetine", dose_mg=90),
]


@pytest.mark.parametrize(
    ("failures", "points"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (10, 4), (11, 5)]
)
def test_maudsley_counts_failures_in_bands(failures, points):
    assert staged(*ELEVEN[:failures])["maudsley"]["total"] == 2 + 3 + points


def test_maudsley_is_mild_up_to_six_points_and_moderate_from_seven():
    assert staged(*ELEVEN[:2])["maudsley"] == {"total": 6, "band": "mild"}
    assert staged(*ELEVEN[:3])["maudsley"] == {"total": 7, "band": "moderate"}


def test_psychosis_is_the_severest():
    assert staged(SSRI, **{"history.hears_or_sees": "yes"})["maudsley"]["total"] == 2 + 5 + 1


def test_augmentation_and_ect_add_to_maudsley_and_mgh_s():
    lithium = trial("lithium", dose_mg=900)
    assert staged(SSRI, lithium)["maudsley"]["total"] == 2 + 3 + 1 + 1
    assert staged(SSRI, lithium)["mgh_s"] == 1.5
    assert staged(SSRI, lithium | {"this_episode": "no"})["mgh_s"] == 1
    assert staged(SSRI, **BILATERAL)["mgh_s"] == 4
    assert staged(SSRI, **BILATERAL)["maudsley"]["total"] == 2 + 3 + 1 + 1


def test_a_tablet_of_two_is_no_augmentation():
    assert staged(trial("Symbyax", dose_mg=25))["mgh_s"] == 1


def test_ketamine_is_an_augmentation_and_esketamine_none():
    assert staged(SSRI, trial("ketamine"))["mgh_s"] == 1.5
    assert staged(SSRI, trial("Spravato", dose_mg=84))["mgh_s"] == 1


def test_augmenting_drugs_are_counted_once_each_whatever_they_were_added_to():
    lithium = trial("lithium", added_to_another="yes", added_to="Zoloft")
    assert staged(SSRI, lithium, trial("Lithobid"), trial("Abilify"))["mgh_s"] == 2
    assert staged(SSRI, lithium, trial("Abilify"))["maudsley"]["total"] == 2 + 3 + 1 + 1


def test_an_augmentation_of_an_unknown_episode_leaves_maudsley_and_mgh_s_unknown():
    staging = staged(SSRI, trial("lithium", this_episode="not_sure"))
    assert staging == {"thase_rush": "I", "maudsley": None, "mgh_s": None}
    assert staged(SSRI, trial("the blue pill", this_episode="not_sure"))["mgh_s"] == 1


def test_a_failure_that_is_not_sure_is_not_counted():
    faded = SNRI | {"improvement": "50_75", "stopped_because": "benefit_faded"}
    assert staged(SSRI, faded)["thase_rush"] == "I"
    assert staged(SSRI, SNRI | {"added_to_another": "yes"})["mgh_s"] == 1


def test_mgh_s_counts_strict_trials_only():
    assert staged(SSRI, SNRI | {"weeks": 4})["mgh_s"] == 1


def test_ect_unknown_leaves_maudsley_and_mgh_s_unknown():
    staging = staged(SSRI, **{"other_treatments.ect": ABSENT})
    assert staging == {"thase_rush": "I", "maudsley": None, "mgh_s": None}


@pytest.mark.parametrize("path", ["history.episode_months", "mood.phq9", "history.hears_or_sees"])
def test_maudsley_lacks_a_part_that_is_unknown(path):
    assert staged(SSRI, **{path: ABSENT})["maudsley"] is None


@pytest.mark.parametrize(("months", "band"), [(8, "mild"), (30, "moderate")])
def test_maudsley_bands(months, band):
    assert staged(SSRI, SNRI, **{"history.episode_months": months})["maudsley"]["band"] == band


TEN = {
    "history.episode_months": 25,
    "history.hears_or_sees": "yes",
    "other_treatments.ect": {"had": "yes", "bilateral": "yes", "now": "no"},
}


def note(rule: str, *trials, **changes) -> str:
    return " ".join(
        note["because"] for note in assess(with_trials(*trials, **changes))["notes"] if note["rule"] == rule
    )


def test_three_failures_or_a_severe_stage_call_for_a_second_opinion():
    assert note("D04", SSRI, SNRI) == ""
    assert "Adequate and failed: nortriptyline, sertraline, venlafaxine." in note("D04", SSRI, SNRI, TCA)
    assert note("D04", SSRI, SNRI, **TEN) == ""
    lithium = trial("lithium", dose_mg=900)
    severe = note("D04", SSRI, SNRI, lithium, **TEN)
    assert "sertraline, venlafaxine. Maudsley 11 (severe)." in severe
    assert "Maudsley" not in note("D04", SSRI, SNRI, TCA)


def test_vns_is_named_from_four_failures_on():
    assert "VNS" not in note("D04", SSRI, SNRI, TCA)
    assert "VNS" in note("D04", SSRI, SNRI, TCA, MAOI)
    assert "high resistance" not in note("D04", SSRI, SNRI, TCA, MAOI).lower()


def test_a_medication_consult_beside_it_names_the_trials_that_fall_short_and_no_others():
    short = trial("mirtazapine", dose_mg=7.5, weeks=3, taken_most_days="no")
    assert note("D01", SSRI, SNRI, TCA) == ""
    words = note("D01", SSRI, SNRI, TCA, short)
    assert words.endswith(
        "Falls short: mirtazapine (7.5 mg is below 15 mg; 3 weeks, fewer than 4; not taken most days)."
    )
    assert "sertraline" not in words
    assert "mirtazapine" not in note("D04", SSRI, SNRI, TCA, short)


def test_where_too_few_were_adequate_the_medication_consult_says_which():
    assert "Adequate trials: sertraline." in note("D01", SSRI)
    assert "Falls short" not in note("D01", SSRI)
    assert "Adequate trials: none. Falls short: citalopram (10 mg is below 20 mg)." in note(
        "D01", trial("citalopram", dose_mg=10)
    )


def test_a_stage_that_open_trials_could_raise_is_asked_about():
    assessment = assess(with_trials(SSRI, SNRI, TCA | {"dose_mg": None}))
    assert {"rule": "D04", "fields": ["antidepressants.trials[2].dose_mg"]} in assessment["ask"]
