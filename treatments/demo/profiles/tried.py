"""Pictures that differ in what was tried: adequate, too low, too short, misspelt, forgotten."""

from treatments.demo import trials
from treatments.demo.profiles.answers import (
    ABSENT,
    ANXIOUS,
    GAD7,
    GOALS,
    MEDICINES,
    MODERATE,
    PHQ9,
    SEVERE,
    TRIALS,
    WISHES,
    medicine,
)

MEDICINES_TRIED: dict[str, dict] = {
    "straightforward_trd": {},
    "trd_two_classes": {TRIALS: trials.TWO_ADEQUATE, PHQ9: SEVERE, GAD7: ANXIOUS, WISHES: ["tms"]},
    "trd_with_augmentation": {
        TRIALS: trials.FIVE_WITH_AUGMENTATION,
        PHQ9: SEVERE,
        "history.episode_months": 40,
        "history.episodes": "3_or_more",
        "history.psychiatric_admissions": 2,
        WISHES: ["tms", "spravato", "ect"],
        GOALS: "Nothing has worked so far. I want to know what is left to try.",
    },
    "one_adequate": {TRIALS: trials.ONE_ADEQUATE, PHQ9: MODERATE, WISHES: ["medication", "psychotherapy"]},
    "low_doses": {TRIALS: trials.LOW_DOSES, WISHES: ["spravato"], "other_treatments.therapy": []},
    "short_trials": {TRIALS: trials.SHORT, GAD7: ANXIOUS, "health.anxiety_disorder": "yes"},
    "misspelt_drugs": {TRIALS: trials.MISSPELT, MEDICINES: [medicine("synthriod", "50 mcg")]},
    "unrecognized_drugs": {
        TRIALS: trials.UNRECOGNIZED,
        MEDICINES: [medicine("a water pill"), medicine("Calmarest", how_often="At night")],
    },
    "does_not_remember": {
        TRIALS: trials.NOT_REMEMBERED,
        "antidepressants.more_not_remembered": 3,
        "history.first_episode_age": ABSENT,
        "other_treatments.therapy": [{"type": "not_sure", "sessions": None, "this_episode": "not_sure"}],
    },
    "combination": {TRIALS: trials.COMBINATION, WISHES: ["tms", "psychotherapy"]},
    "benefit_faded": {TRIALS: trials.FADED, WISHES: ["tms", "spravato"]},
    "weekly_form": {TRIALS: trials.WEEKLY, GAD7: ANXIOUS, WISHES: ["spravato"]},
    "none_tried": {
        TRIALS: trials.NONE,
        PHQ9: MODERATE,
        "other_treatments.therapy": [],
        "history.episodes": "1",
        "history.episode_months": 3,
        "reason.prefers_therapy_only": "yes",
        WISHES: ["psychotherapy"],
        GOALS: "I would like to talk to someone before I try medicines.",
    },
    "helped_by_tms_before": {
        TRIALS: trials.HELPED_ONCE,
        "other_treatments.tms": {"had": "yes", "improvement": "50_75", "serious_event": "no", "now": "no"},
        WISHES: ["tms"],
        GOALS: "TMS helped me four years ago. I would like to do it again.",
    },
    "ketamine_and_ect_before": {
        TRIALS: trials.TWO_ADEQUATE,
        PHQ9: SEVERE,
        "other_treatments.ketamine": {
            "had": "yes",
            "kind": "iv",
            "improvement": "50_75",
            "tolerated": "yes",
            "severe_dissociation": "no",
        },
        "other_treatments.ect": {"had": "yes", "improvement": "25_49", "bilateral": "not_sure", "now": "no"},
        WISHES: ["spravato", "ketamine_iv"],
    },
}
