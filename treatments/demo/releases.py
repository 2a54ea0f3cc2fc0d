"""What became of released holds: one at a high level, one that a later answer left alone, one that lapsed by it."""

from treatments.demo.profiles.answers import medicine
from treatments.demo.step import (
    Step,
    answered,
    asked_and_answered,
    read_and_claimed,
    released,
    released_at_high,
)

CALLED_SAFE = "Called and spoke with the person. Safe today, not alone, safety plan made together, knows 988."
PASSIVE = "Tired of living at times, no thoughts of acting."
NO_THOUGHTS = "Denies any thoughts of suicide."

RELEASES: dict[str, tuple[Step, ...]] = {
    "released_in_review": (
        *read_and_claimed("+1 09:15"),
        *released_at_high("+1 11:30", PASSIVE),
    ),
    # A blood pressure is not what the released rule had read: no hold rises.
    "release_kept": (
        *answered("20 min", CALLED_SAFE),
        *read_and_claimed("+1 09:10"),
        *released("+1 10:20", "Safety plan kept, calls twice a week.", PASSIVE),
        *asked_and_answered(
            "+1 13:05",
            "Please tell us your last blood pressure.",
            ("health.bp_systolic", "health.bp_diastolic"),
            "+2 08:35",
            {"health.bp_systolic": 128, "health.bp_diastolic": 82},
        ),
    ),
    # The medicines are what the released rule had read: its hold stands again.
    "release_lapsed": (
        *read_and_claimed("+1 09:40"),
        *released("+1 11:10", "Prescriber will change the medicine this week.", NO_THOUGHTS),
        *asked_and_answered(
            "+1 14:15",
            "Please write down again what you take each day, with the dose.",
            ("medicines.list",),
            "+2 10:05",
            {"medicines.list": [medicine("Wellbutrin XL", "450 mg"), medicine("lorazepam", "1 mg")]},
        ),
    ),
}
