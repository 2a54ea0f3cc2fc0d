"""Medicines tried, as the lists that the clinical profiles name: doses and weeks as people report them."""

from typing import Any

FORGOTTEN: dict[str, Any] = {
    "dose_mg": None,
    "weeks": None,
    "taken_most_days": "not_sure",
    "improvement": "not_sure",
    "this_episode": "not_sure",
    "added_to_another": "not_sure",
    "stopped_because": "not_sure",
}
INTOLERABLE = {"taken_most_days": "yes", "improvement": "under_25", "stopped_because": "side_effects"}


def tried(drug: str, dose_mg: float | None, weeks: float | None, **answers: Any) -> dict[str, Any]:
    """A medicine of this depression, taken alone on most days without benefit and stopped for that."""
    return {
        "drug": drug,
        "dose_mg": dose_mg,
        "weeks": weeks,
        "taken_most_days": "yes",
        "improvement": "under_25",
        "this_episode": "yes",
        "still_taking": "no",
        "added_to_another": "no",
        "stopped_because": "no_benefit",
        **answers,
    }


def taking(drug: str, dose_mg: float | None, weeks: float | None, **answers: Any) -> dict[str, Any]:
    """A medicine of this depression that the person still takes, so far without benefit or warning signs."""
    entry = tried(drug, dose_mg, weeks, **{"still_taking": "yes", "warning_signs": [], **answers})
    del entry["stopped_because"]
    return entry


NONE: list[dict] = []
ONE_ADEQUATE = [taking("Lexapro", 20, 16, improvement="25_49")]
TWO_ADEQUATE = [
    tried("fluoxetine", 40, 10),
    taking("Cymbalta", 90, 13, weeks_typed="3 months", dose_typed="60-90", improvement="25_49"),
]
ONE_ADEQUATE_IN_SPANISH = [
    tried("venlafaxina", 37.5, 4, dose_typed="unos 37,5 mg al día", weeks_typed="un mes"),
    taking(
        "escitalopram",
        20,
        17,
        dose_typed="10 mg dos veces al día",
        weeks_typed="4 meses",
        improvement="25_49",
    ),
]
LOW_DOSES = [
    tried("sertraline", 25, 8),
    tried("venlafaxine XR", 75, 6, improvement="25_49"),
    taking("Remeron", 7.5, 5),
]
SHORT = [
    tried("Paxil", 20, 2, **INTOLERABLE, side_effects="Nausea, could not sleep"),
    tried("Viibryd", 40, 3, **INTOLERABLE, side_effects="Diarrhea"),
]
MISSPELT = [
    tried("Zolof", 150, 10),
    tried("welbutrin xl", 300, 8),
    taking("Lexipro", 20, 9, improvement="25_49"),
]
UNRECOGNIZED = [
    tried("a little blue and white capsule", None, 12, improvement="not_sure"),
    tried("Serenifex", 60, 8),
    taking("Prozac", 40, 14),
]
NOT_REMEMBERED = [
    tried("Celexa", **FORGOTTEN),
    taking(
        "Wellbutrin XL",
        300,
        None,
        taken_most_days="not_sure",
        warning_signs=["restless_or_agitated", "energy_without_mood"],
    ),
]
FIVE_WITH_AUGMENTATION = [
    tried("Zoloft", 200, 14),
    tried("Effexor XR", 225, 12),
    tried("Abilify", 5, 6, added_to_another="yes", added_to="Effexor", side_effects="Restless legs"),
    tried("nortriptyline", 100, 9, improvement="25_49"),
    taking("Trintellix", 20, 20),
    taking("lithium", 900, 8, added_to_another="yes", added_to="Trintellix"),
]
COMBINATION = [
    taking("sertraline", 150, 20),
    taking("bupropion XL", 300, 10, added_to_another="yes", added_to="Zoloft", improvement="25_49"),
]
FADED = [
    tried("Lexapro", 20, 60, improvement="50_75", stopped_because="benefit_faded"),
    taking("Effexor XR", 225, 12),
]
WEEKLY = [
    tried("Prozac Weekly", 90, 13, weeks_typed="3 months"),
    taking("Aplenzin", 348, 9),
]
HELPED_ONCE = [
    tried(
        "Prozac",
        40,
        26,
        weeks_choice="26_51",
        this_episode="no",
        improvement="over_75",
        stopped_because="felt_better",
    ),
    taking("Prozac", 60, 8, weeks_choice="8_25"),
]
BIPOLAR = [tried("sertraline", 100, 8), taking("Lamictal", 200, 30, improvement="25_49")]
OLDER = [tried("citalopram", 20, 16), tried("Pamelor", 75, 8), taking("mirtazapine", 30, 12)]
BUPROPION = [tried("sertraline", 100, 10), taking("Wellbutrin XL", 300, 8)]
MAOI_NOW = [tried("Effexor XR", 225, 10), tried("Pristiq", 100, 8), taking("Nardil", 60, 6)]
TEENAGE = [tried("fluoxetine", 40, 12), taking("escitalopram", 10, 8, improvement="25_49")]
EARLIER_EPISODE = [
    tried("Luvox", 200, 12, this_episode="no", improvement="50_75", stopped_because="pregnancy"),
    tried("Zoloft", 100, 6, improvement="25_49"),
]
