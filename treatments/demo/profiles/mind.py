"""Pictures of risk and of the mind: thoughts of suicide, psychosis, bipolar disorder, trauma."""

from treatments.demo import trials
from treatments.demo.profiles.answers import (
    ANXIOUS,
    CSSRS,
    GAD7,
    MEDICINES,
    PASSIVE,
    PHQ9,
    SEVERE,
    THOUGHTS,
    TRIALS,
    WISHES,
    medicine,
    screen,
)

MIND: dict[str, dict] = {
    "thoughts_low": {PHQ9: PASSIVE, CSSRS: screen("yynnnn-")},
    "thoughts_moderate": {PHQ9: THOUGHTS, CSSRS: screen("yyynnn-"), WISHES: ["spravato"]},
    "thoughts_with_plan": {
        PHQ9: [3, 3, 3, 3, 3, 3, 3, 2, 3],
        CSSRS: screen("yyyyyn-"),
        "safety.where_now": "At home, my partner is with me.",
        "safety.number_today": "+1 212 555 0199",
    },
    "recent_attempt": {
        PHQ9: THOUGHTS,
        CSSRS: screen("yyynnyy"),
        "history.psychiatric_admissions": 1,
        TRIALS: trials.TWO_ADEQUATE,
    },
    "old_attempt": {PHQ9: [2, 2, 2, 3, 2, 2, 2, 1, 0], CSSRS: screen("nn---yn"), TRIALS: trials.TWO_ADEQUATE},
    "screen_declined": {PHQ9: SEVERE, CSSRS: screen("ddddd" + "d-")},
    "item_9_only": {PHQ9: PASSIVE, CSSRS: screen("nn---n-"), TRIALS: trials.ONE_ADEQUATE},
    "harm_to_others": {"safety.harm_to_others": "yes", GAD7: ANXIOUS, "history.sleep_under_4h": "yes"},
    "psychosis": {
        "history.feels_plotted_against": "yes",
        "history.hears_or_sees": "yes",
        "history.psychosis_ever": "yes",
        PHQ9: SEVERE,
    },
    "bipolar": {
        TRIALS: trials.BIPOLAR,
        MEDICINES: [medicine("quetiapine", "300 mg", "At night")],
        "history.bipolar_diagnosis": "yes",
        "history.high_period": "yes",
        "history.high_trouble": "yes",
        "history.psychiatric_admissions": 1,
    },
    "bipolar_signs": {
        "history.high_period": "yes",
        "history.antidepressant_high": "not_sure",
        "history.family_bipolar": "yes",
    },
    "ptsd": {
        "anxiety.trauma_event": "yes",
        "anxiety.pc_ptsd5": ["yes", "yes", "yes", "yes", "no"],
        "health.ptsd_diagnosis": "not_sure",
        GAD7: ANXIOUS,
        TRIALS: trials.ONE_ADEQUATE,
        WISHES: ["psychotherapy"],
    },
}
