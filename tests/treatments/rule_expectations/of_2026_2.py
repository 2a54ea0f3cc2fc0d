"""Cases of what ruleset 2026.2 brought: readings with a day, medicines marked as stopped, courses now, things to ask."""

from typing import Any

from tests.treatments.rule_expectations.case import (
    ABSENT,
    LIST,
    NOTHING_TAKEN,
    TRIALS,
    UNRECOGNIZED,
    Case,
    bp,
    met,
    taking,
    trial,
    trials,
    unknown,
    unmet,
    yes_no,
)

DATE, SYSTOLIC, DIASTOLIC = "health.bp_date", "health.bp_systolic", "health.bp_diastolic"
READING = (SYSTOLIC, DIASTOLIC, DATE)
OLD, RECENT = {DATE: "2026-10-20"}, {DATE: "2026-10-21"}  # 31 and 30 days before the intake was sent
CHEST = "health.chest_pain_or_stroke_signs_now"
HYPERTENSION = "health.high_blood_pressure"

BLOOD_PRESSURE = [
    met("S22", "systolic 180 and old", bp(180, 78) | OLD),
    met("S22", "diastolic 120 and old", bp(122, 120) | OLD),
    met("S22", "systolic alone and old", bp(200, ABSENT) | OLD),
    met("S22", "diastolic alone and old", bp(ABSENT, 130) | OLD),
    unmet("S22", "179 over 119 and old", bp(179, 119) | OLD),
    unmet("S22", "exactly 30 days before", bp(200, 130) | RECENT),
    unmet("S22", "without a day", bp(200, 130) | {DATE: ABSENT}),
    unmet("S22", "an old day without a reading", bp(ABSENT, ABSENT) | OLD),
    unmet("S22", "diastolic not known and systolic below", bp(150, ABSENT) | OLD),
    met("S14", "185 over 121 exactly 30 days before", bp(185, 121) | RECENT),
    met("S14", "185 over 121 without a day", bp(185, 121) | {DATE: ABSENT}),
    met("S14", "an old reading and chest pain now", bp(185, 121) | OLD | {CHEST: "yes"}),
    unknown("S14", "185 over 121 and old", bp(185, 121) | OLD, *READING),
    unknown("S14", "a normal reading that is old", bp(120, 80) | OLD, *READING),
    met("E06", "150 over 95 exactly 30 days before", bp(150, 95) | RECENT),
    unknown("E06", "150 over 95 and old", bp(150, 95) | OLD, *READING),
    unknown("E06", "a normal reading that is old", bp(120, 80) | OLD, *READING),
    met("E07", "high blood pressure with an old reading", bp(120, 80) | OLD | {HYPERTENSION: "yes"}),
    unmet(
        "E07", "high blood pressure with a reading of 30 days", bp(120, 80) | RECENT | {HYPERTENSION: "yes"}
    ),
    unmet("E07", "an old reading without high blood pressure", bp(120, 80) | OLD),
    met("E07", "high blood pressure and the systolic alone", bp(122, ABSENT) | {HYPERTENSION: "yes"}),
    met("E07", "high blood pressure and the diastolic alone", bp(ABSENT, 78) | {HYPERTENSION: "yes"}),
]

VNS, KETAMINE, ECT, TMS = (f"other_treatments.{group}" for group in ("vns", "ketamine", "ect", "tms"))
COURSES = [
    *[met(rule, "VNS is running now", {VNS: {"had": "yes", "now": "yes"}}) for rule in ("T01", "T02")],
    *[met(rule, "VNS now, whether before not answered", {VNS: {"now": "yes"}}) for rule in ("T01", "T02")],
    *[unmet(rule, "VNS now beside never had", {VNS: {"had": "no", "now": "yes"}}) for rule in ("T01", "T02")],
    met("T11", "a serious event although TMS was never had", {TMS: {"had": "no", "serious_event": "yes"}}),
    met(
        "T11",
        "a serious event while having had TMS is not sure",
        {TMS: {"had": "not_sure", "serious_event": "yes"}},
    ),
    unmet("T11", "no serious event and having had TMS not answered", {TMS: {"serious_event": "no"}}),
    met("T18", "Spravato or ketamine now", {KETAMINE: {"had": "yes", "kind": "spravato", "now": "yes"}}),
    met("T18", "ECT now", {ECT: {"had": "yes", "now": "yes"}}),
    met("T18", "ECT now, whether before not answered", {ECT: {"now": "yes"}}),
    unmet(
        "T18",
        "both before and neither now",
        {KETAMINE: {"had": "yes", "now": "no"}, ECT: {"had": "yes", "now": "no"}},
    ),
    unmet("T18", "neither ever", {KETAMINE: {"had": "no"}, ECT: {"had": "no"}}),
    unmet("T18", "ketamine now beside never had", {KETAMINE: {"had": "no", "now": "yes"}}),
    unknown("T18", "ketamine before, and now not answered", {KETAMINE: {"had": "yes"}}, KETAMINE + ".now"),
    unknown("T18", "ECT not answered", {ECT: ABSENT}, ECT + ".had", ECT + ".now"),
    *yes_no("E21", "history.psychosis_ever", "psychosis ever"),
    met("E22", "twice a week is not possible", {"practical.can_attend_twice_weekly": "no"}),
    unmet("E22", "twice a week is possible", {"practical.can_attend_twice_weekly": "yes"}),
    *[
        unknown(
            "E22",
            f"twice a week is {name}",
            {"practical.can_attend_twice_weekly": given},
            "practical.can_attend_twice_weekly",
        )
        for name, given in (("not sure", "not_sure"), ("not answered", ABSENT))
    ],
]


def stopped(*names: str) -> list[dict[str, Any]]:
    return [{"drug": name, "stopped": "yes"} for name in names]


def listed(*entries: dict[str, Any]) -> dict[str, Any]:
    """These medicines and no trial that is still taken."""
    return NOTHING_TAKEN | {LIST: list(entries)}


def now(*names: str) -> list[dict[str, Any]]:
    return [{"drug": name} for name in names]


LATELY = {"medicines.maoi_last_14_days": "yes"}
STOPPED_MEDICINES = [
    *[
        met("T07", f"{name} stopped lately", listed(*stopped(name)))
        for name in ("clonazepam", "Keppra", "gabapentin", "baclofen", "Ambien")
    ],
    unmet("T07", "bupropion stopped lately", listed(*stopped("bupropion"))),
    unmet("T07", "clonazepam taken now", listed(*now("clonazepam"))),
    unknown("T07", "an unrecognized name stopped lately", listed(*stopped(UNRECOGNIZED)), LIST),
    met("T07", "bupropion whose stop is not sure", listed({"drug": "bupropion", "stopped": "not_sure"})),
    *[
        unmet(rule, f"{name} stopped lately", listed(*stopped(name)))
        for rule, name in (("E08", "Nardil"), ("E09", "Adderall"), ("E10", "clonazepam"))
    ],
    unmet(
        "D11",
        "bupropion stopped lately and a seizure",
        listed(*stopped("bupropion")) | {"health.seizure_ever": "yes"},
    ),
    met("D12", "an MAOI now and sertraline stopped lately", listed(*now("Nardil"), *stopped("sertraline"))),
    unmet("D12", "an MAOI now and the same stopped lately", listed(*now("Nardil"), *stopped("phenelzine"))),
    unmet("D12", "an MAOI now and tramadol stopped lately", listed(*now("Nardil"), *stopped("tramadol"))),
    unmet("D12", "an MAOI now and Spravato stopped lately", listed(*now("Nardil"), *stopped("Spravato"))),
    unmet("D12", "an MAOI now beside Spravato", listed(*now("Nardil", "Spravato"))),
    unknown(
        "D12",
        "an MAOI now and an unrecognized name stopped lately",
        listed(*now("Nardil"), *stopped(UNRECOGNIZED)),
        LIST,
    ),
    unmet(
        "D12",
        "sertraline now and an MAOI stopped, not within 14 days",
        listed(*now("sertraline"), *stopped("Nardil")) | {"medicines.maoi_last_14_days": "no"},
    ),
    met(
        "D12",
        "sertraline now and an MAOI stopped within 14 days",
        listed(*now("sertraline"), *stopped("Nardil")) | LATELY,
    ),
    met(
        "D12",
        "an MAOI now and another stopped within 14 days",
        listed(*now("Nardil"), *stopped("Parnate")) | LATELY,
    ),
    met("D12", "an MAOI now and an unnamed one within 14 days", listed(*now("Nardil")) | LATELY),
    unmet(
        "D12",
        "an MAOI now and the same within 14 days",
        listed(*now("Nardil"), *stopped("phenelzine")) | LATELY,
    ),
    unknown(
        "D12",
        "an MAOI now, and the same and a name not recognized within 14 days",
        listed(*now("Nardil"), *stopped("phenelzine", UNRECOGNIZED)) | LATELY,
        LIST,
    ),
    *[
        unmet("D12", f"levodopa beside {name}", listed(*now("Sinemet", name)))
        for name in ("rasagiline", "Xadago", "selegiline tablets")
    ],
    unknown("D12", "levodopa beside selegiline without a route", listed(*now("Sinemet", "selegiline")), LIST),
    met("D12", "selegiline without a route beside sertraline", listed(*now("selegiline", "sertraline"))),
    met("D12", "levodopa beside the selegiline patch", listed(*now("Sinemet", "Emsam"))),
    met("D12", "levodopa beside phenelzine", listed(*now("Sinemet", "Nardil"))),
    unmet(
        "D12",
        "levodopa and only rasagiline stopped within 14 days",
        listed(*now("Sinemet"), *stopped("rasagiline")) | LATELY,
    ),
    unknown(
        "D12",
        "levodopa and only selegiline without a route stopped within 14 days",
        listed(*now("Sinemet"), *stopped("selegiline")) | LATELY,
        LIST,
    ),
    met(
        "D12",
        "levodopa and phenelzine stopped within 14 days",
        listed(*now("Sinemet"), *stopped("Nardil")) | LATELY,
    ),
    unknown("D12", "an MAOI and another in one box", listed(*now("Nardil and Zoloft")), LIST),
    unmet("D12", "two others in one box", listed(*now("Zoloft and Prozac"))),
    unmet("D12", "an MAOI and what may stand beside it in one box", listed(*now("Nardil and lithium"))),
    unmet("D12", "the same MAOI twice in one box", listed(*now("Nardil and phenelzine"))),
    unmet("D12", "one name that is not recognized and nothing else", listed(*now(UNRECOGNIZED))),
    unknown(
        "D12",
        "levodopa beside selegiline without a route, tried for depression and still taken",
        trials(trial("selegiline", still_taking="yes")) | taking("Sinemet"),
        "antidepressants.trials[0].drug",
    ),
    unmet("D12", "selegiline as a tablet and as a patch", listed(*now("Emsam", "Eldepryl"))),
    *[
        met("D12", f"phenelzine beside {name}", listed(*now("Nardil", name)))
        for name in (
            "Sudafed",
            "Zyrtec D",
            "St John's wort",
            "5-HTP",
            "atomoxetine",
            "Flexeril",
            "cocaine",
            "Tegretol",
        )
    ],
    unmet("D12", "phenelzine beside an allergy tablet", listed(*now("Nardil", "Zyrtec"))),
]

EATING, SEIZURE = "health.eating_disorder", "health.seizure_ever"
PAST, PRESENT = "substances.past_substance_use_disorder", "substances.substance_use_disorder_now"
SIGN = "antidepressants.trials[0].warning_signs"


def still(**answers: Any) -> dict[str, Any]:
    return trials(trial("sertraline", 100, 8, still_taking="yes", **answers))


TO_ASK = [
    *[
        met("D11", f"bupropion and {path} is yes", taking("bupropion") | {path: "yes"})
        for path in ("substances.withdrawal_symptoms", "substances.stopped_heavy_use_last_7_days")
    ],
    unknown(
        "D11",
        "bupropion and a yes that stands without consent",
        taking("bupropion") | {"consent.substance_use_agreed": "no", "substances.withdrawal_symptoms": "yes"},
        "substances.withdrawal_symptoms",
    ),
    met(
        "D11",
        "bupropion, a seizure and a stroke",
        taking("bupropion") | {SEIZURE: "yes", "health.stroke": "yes"},
    ),
    unmet("D11", "bupropion and a stroke", taking("bupropion") | {"health.stroke": "yes"}),
    met("D13", "buprenorphine and no to both", taking("buprenorphine")),
    unmet("D13", "buprenorphine and a past problem", taking("buprenorphine") | {PAST: "yes"}),
    unmet("D13", "buprenorphine and a present problem", taking("buprenorphine") | {PRESENT: "yes"}),
    unmet("D13", "buprenorphine and a past problem not sure", taking("buprenorphine") | {PAST: "not_sure"}),
    unmet(
        "D13",
        "buprenorphine without consent to the substance pages",
        taking("buprenorphine") | {"consent.substance_use_agreed": "no"},
    ),
    unmet("D13", "naltrexone inside Contrave", taking("Contrave")),
    *[
        unmet("D13", f"{name}, a product for depression", taking(name))
        for name in ("Triptafen", "Parstelin", "Symbyax")
    ],
    met("D13", "naltrexone by itself", taking("naltrexone")),
    *[
        met("D13", f"{name} and no to bipolar disorder and psychosis", taking(name))
        for name in ("valproate", "haloperidol", "Latuda")
    ],
    *[
        unmet("D13", f"{name}, an augmenting agent", taking(name))
        for name in ("lithium", "lamotrigine", "Abilify")
    ],
    *[
        unmet("D13", f"haloperidol and {path} is {answer}", taking("haloperidol") | {path: answer})
        for path in ("history.bipolar_diagnosis", "history.psychosis_ever")
        for answer in ("yes", "not_sure", ABSENT)
    ],
    met("D13", "levothyroxine and no thyroid disease", taking("levothyroxine")),
    unmet(
        "D13",
        "levothyroxine and thyroid disease",
        taking("levothyroxine") | {"health.thyroid_disease": "yes"},
    ),
    met("D13", "prednisone and no steroid", taking("prednisone")),
    unmet(
        "D13",
        "prednisone and a steroid",
        taking("prednisone") | {"health.steroid_interferon_isotretinoin": "yes"},
    ),
    unmet("D13", "hydrocortisone", taking("hydrocortisone")),
    met("D13", "Keppra and no seizure", taking("Keppra")),
    unmet("D13", "Keppra and a seizure", taking("Keppra") | {SEIZURE: "yes"}),
    unmet("D13", "levothyroxine stopped lately", listed(*stopped("levothyroxine"))),
    unmet("D13", "an unrecognized medicine", taking(UNRECOGNIZED)),
    unmet("D13", "the medicines not answered", {LIST: ABSENT}),
    *[
        met("D14", f"cannabis {often}", {"substances.cannabis": often})
        for often in ("less_than_weekly", "weekly", "daily")
    ],
    unmet("D14", "cannabis never", {"substances.cannabis": "never"}),
    unknown("D14", "cannabis not sure", {"substances.cannabis": "not_sure"}, "substances.cannabis"),
    unknown("D14", "cannabis not answered", {"substances.cannabis": ABSENT}, "substances.cannabis"),
    unknown(
        "D14",
        "cannabis without consent",
        {"substances.cannabis": "daily", "consent.substance_use_agreed": "no"},
        "substances.cannabis",
    ),
    met("D15", "bipolar disorder in the family alone", {"history.family_bipolar": "yes"}),
    met(
        "D15",
        "in the family, and the diagnosis not sure",
        {"history.family_bipolar": "yes", "history.bipolar_diagnosis": "not_sure"},
    ),
    unmet("D15", "nobody in the family", {"history.family_bipolar": "no"}),
    unmet(
        "D15",
        "in the family, and a diagnosis",
        {"history.family_bipolar": "yes", "history.bipolar_diagnosis": "yes"},
    ),
    *[
        case
        for path in ("history.high_period", "history.high_trouble", "history.antidepressant_high")
        for case in (
            unmet("D15", f"in the family, and {path} is yes", {"history.family_bipolar": "yes", path: "yes"}),
            unknown(
                "D15",
                f"in the family, and {path} is not sure",
                {"history.family_bipolar": "yes", path: "not_sure"},
                path,
            ),
            unknown(
                "D15",
                f"in the family, and {path} not answered",
                {"history.family_bipolar": "yes", path: ABSENT},
                path,
            ),
        )
    ],
    unknown("D15", "the family not answered", {"history.family_bipolar": ABSENT}, "history.family_bipolar"),
    *[
        met("D16", f"still taken, {sign}", still(warning_signs=[sign]))
        for sign in ("worse", "restless_or_agitated", "energy_without_mood", "more_tired", "stopped_working")
    ],
    met(
        "D16", "worse, under 25 years", still(warning_signs=["worse"]) | {"about.date_of_birth": "2003-01-01"}
    ),
    unmet("D16", "still taken, without any sign", still(warning_signs=[])),
    unmet(
        "D16",
        "a sign on a medicine that is no longer taken",
        trials(trial("sertraline", 100, 8, warning_signs=["worse"])),
    ),
    unmet(
        "D16",
        "a sign on an augmenting agent",
        trials(trial("lithium", 600, 8, still_taking="yes", warning_signs=["worse"])),
    ),
    unmet(
        "D16",
        "a sign on Spravato",
        trials(trial("Spravato", 84, 8, still_taking="yes", warning_signs=["worse"])),
    ),
    unmet("D16", "no trial", trials()),
    unknown("D16", "still taken and not asked for signs", still(), SIGN),
    unknown(
        "D16",
        "a sign on a name not recognized",
        trials(trial(UNRECOGNIZED, still_taking="yes", warning_signs=["worse"])),
        "antidepressants.trials[0].drug",
    ),
    unmet(
        "D16",
        "a name not recognized without any sign",
        trials(trial(UNRECOGNIZED, still_taking="yes", warning_signs=[])),
    ),
    unknown(
        "D16",
        "a sign, and whether it is still taken not answered",
        trials(trial("sertraline", still_taking=ABSENT, warning_signs=["worse"])),
        "antidepressants.trials[0].still_taking",
    ),
    unknown("D16", "the trials not answered", {TRIALS: ABSENT}, TRIALS),
]

CASES: list[Case] = [*BLOOD_PRESSURE, *COURSES, *STOPPED_MEDICINES, *TO_ASK]
