"""Every number a rule compares with, as a row with its unit, source and date reviewed."""

from dataclasses import dataclass

from intake.questionnaire import dangers


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number. `sources` are keys of treatments.rules.sources; unverified means a source is still owed."""

    value: int
    unit: str
    means: str
    sources: tuple[str, ...]
    reviewed: str
    verified: bool = True


TMS_FROM = Threshold(
    15, "years", "youngest age a TMS device is cleared for, as an add-on", ("T2",), "2026-11-20"
)
ADULT_FROM = Threshold(18, "years", "adult labels of TMS and esketamine begin", ("T1", "E3"), "2026-11-20")
YOUNG_ADULT_TO = Threshold(
    24, "years", "last age under the antidepressants' boxed warning", ("E3",), "2026-11-20"
)

PHQ9_ITEM_9_FROM = Threshold(
    dangers.ITEM_9_FROM, "points", "any thought of death or self-harm on PHQ-9 item 9", ("P6",), "2026-11-20"
)
PHQ9_MILD_FROM = Threshold(5, "points", "PHQ-9 total, mild", ("P1",), "2026-11-20")
PHQ9_MODERATE_FROM = Threshold(10, "points", "PHQ-9 total, moderate", ("P1",), "2026-11-20")
PHQ9_PAYER_FROM = Threshold(
    15, "points", "PHQ-9 total that payers ask for", ("T9", "P7", "P8"), "2026-11-20", verified=False
)
PHQ9_SEVERE_FROM = Threshold(20, "points", "PHQ-9 total, severe", ("P1",), "2026-11-20")
PHQ9_SLEEP_FROM = Threshold(
    2, "points", "PHQ-9 item 3, trouble with sleep on more than half the days", ("P1",), "2026-11-20"
)
GAD7_FROM = Threshold(10, "points", "GAD-7 total, moderate", ("P3",), "2026-11-20")
AUDIT_C_HEAVY_FROM = Threshold(8, "points", "AUDIT-C total, heavy drinking", ("T4", "T11"), "2026-11-20")
AUDIT_C_DAILY = Threshold(
    4, "points", "AUDIT-C first item, four or more times a week", ("P9a",), "2026-11-20"
)
DRUG_USE_FROM = Threshold(1, "times", "drug item, times in the past year", ("P10a",), "2026-11-20")

BP_URGENT_SYSTOLIC = Threshold(
    dangers.CRISIS_SYSTOLIC, "mmHg", "possible emergency, systolic", ("memory",), "2026-11-20", verified=False
)
BP_URGENT_DIASTOLIC = Threshold(
    dangers.CRISIS_DIASTOLIC,
    "mmHg",
    "possible emergency, diastolic",
    ("memory",),
    "2026-11-20",
    verified=False,
)
BP_RECENT_DAYS = Threshold(
    dangers.RECENT_READING_DAYS,
    "days",
    "longest ago that a reading tells anything about today",
    ("proposed",),
    "2026-11-29",
    verified=False,
)
BP_HIGH_SYSTOLIC = Threshold(
    140, "mmHg", "above this, weigh the rise under esketamine", ("E2",), "2026-11-20"
)
BP_HIGH_DIASTOLIC = Threshold(
    90, "mmHg", "above this, weigh the rise under esketamine", ("E2",), "2026-11-20"
)
SEROTONIN_SIGNS = Threshold(
    dangers.NEW_SYMPTOMS_FROM,
    "symptoms",
    "new symptoms that together suggest serotonin toxicity",
    ("R1", "R2"),
    "2026-11-20",
)

HALF_BETTER_FROM = Threshold(
    50, "percent", "better by half: no failure in the broad definition", ("M8",), "2026-11-20"
)
CITALOPRAM_LOWER_FROM = Threshold(60, "years", "citalopram has a lower maximum", ("M10",), "2026-11-29")
CITALOPRAM_LOWER_MAX = Threshold(20, "mg", "citalopram's maximum at that age", ("M10",), "2026-11-29")
LENIENT_WEEKS = Threshold(4, "weeks", "shortest adequate trial, lenient", ("M8", "M11"), "2026-11-20")
STRICT_WEEKS = Threshold(6, "weeks", "shortest adequate trial, strict", ("M9", "T10", "P10"), "2026-11-20")
SIX_MONTHS = Threshold(
    26, "weeks", "six months, in one founding document's definition", ("S4",), "2026-11-20"
)
TRD_TRIALS = Threshold(2, "trials", "failed adequate trials that make resistance", ("E3", "M8"), "2026-11-20")
INTOLERANCES = Threshold(
    2, "drugs", "intolerances that stand in for an adequate trial", ("T7", "T10"), "2026-11-20"
)
MANY_FAILURES = Threshold(3, "trials", "failures that call for a second opinion", ("G2",), "2026-11-20")
VNS_FAILURES = Threshold(4, "trials", "failures from which VNS is named", ("T18",), "2026-11-29")
MSM_MODERATE_FROM = Threshold(7, "points", "Maudsley staging, moderate", ("M1",), "2026-11-20")
MSM_SEVERE_FROM = Threshold(11, "points", "Maudsley staging, severe", ("M1",), "2026-11-20")
MSM_ACUTE_TO = Threshold(12, "months", "Maudsley staging, longest acute episode", ("M1",), "2026-11-20")
MSM_SUBACUTE_TO = Threshold(
    24, "months", "Maudsley staging, longest sub-acute episode", ("M1",), "2026-11-20"
)
MSM_FAILURES_1_TO = Threshold(
    2, "trials", "Maudsley staging, most failures of 1 point", ("M1",), "2026-11-20"
)
MSM_FAILURES_2_TO = Threshold(
    4, "trials", "Maudsley staging, most failures of 2 points", ("M1",), "2026-11-20"
)
MSM_FAILURES_3_TO = Threshold(
    6, "trials", "Maudsley staging, most failures of 3 points", ("M1",), "2026-11-20"
)
MSM_FAILURES_4_TO = Threshold(
    10, "trials", "Maudsley staging, most failures of 4 points", ("M1",), "2026-11-20"
)
MGH_S_AUGMENTATIONS = Threshold(2, "drugs", "MGH-S, augmentations that make one point", ("M3",), "2026-11-20")
MGH_S_ECT = Threshold(3, "points", "MGH-S, points of ECT", ("M3",), "2026-11-20")

THERAPY_SESSIONS = Threshold(
    8, "sessions", "an adequate course of a named therapy", ("proposed",), "2026-11-20", verified=False
)
PERSISTENT_MONTHS = Threshold(24, "months", "a persistent episode", ("G4", "G5"), "2026-11-20")
