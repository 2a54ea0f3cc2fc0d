"""Cases of the documentation rules and other options, D01 to D12."""

from tests.treatments.rule_expectations.case import (
    ABSENT,
    LIST,
    MORE,
    NOTHING_TAKEN,
    SERTRALINE,
    STOPPED,
    TRIALS,
    UNRECOGNIZED,
    VENLAFAXINE,
    Case,
    any_of,
    drug_set,
    met,
    phq9,
    taking,
    trial,
    trials,
    unknown,
    unmet,
    yes_no,
)
from tests.treatments.rule_expectations.psychotherapy import PHQ, THERAPY, therapy
from tests.treatments.rule_expectations.safety import SEX
from tests.treatments.rule_expectations.spravato import MAOIS, two
from tests.treatments.rule_expectations.tms import BIPOLAR, BIPOLAR_YES, GOOD_ENOUGH


def third(drug: str = "mirtazapine", dose_mg: object = 15, weeks: object = 4, **answers) -> dict:
    """The two base trials and a third just adequate and failed, but for the answers given about it."""
    return trials(SERTRALINE, VENLAFAXINE, trial(drug, dose_mg, weeks, **answers))


# Left out for D01: names not remembered beside two adequate trials; an augmenting agent or a combination
# below its dose ("any trial of this episode"). For D02: the trials not answered at all.
OPTIMIZATION = [
    met("D01", "no trial at all", trials()),
    met("D01", "one adequate trial", trials(SERTRALINE)),
    met("D01", "one drug twice", trials(SERTRALINE, trial("Zoloft", 200, 12))),
    met("D01", "a third below the minimum dose", third(dose_mg=14)),
    met("D01", "a third under four weeks", third(weeks=3)),
    met("D01", "a third not taken most days", third(taken_most_days="no")),
    met("D01", "a third below the minimum dose that helped", third(dose_mg=7.5, **GOOD_ENOUGH)),
    met("D01", "a third too short and of unknown dose", third(dose_mg=None, weeks=3)),
    met("D01", "bipolar disorder is diagnosed and nothing tried", trials() | BIPOLAR_YES),
    unmet("D01", "two adequate trials", {}),
    unmet("D01", "a third at four weeks and the minimum dose", third()),
    unmet("D01", "a third at five weeks", third(weeks=5)),
    unmet(
        "D01", "a third below the minimum dose in an earlier episode", third(dose_mg=14, this_episode="no")
    ),
    unmet(
        "D01",
        "two adequate trials that helped",
        trials(SERTRALINE | GOOD_ENOUGH, VENLAFAXINE | {"improvement": "over_75"}),
    ),
    unknown("D01", "the dose of a third is not known", third(dose_mg=None), TRIALS),
    unknown("D01", "the weeks of a third are not known", third(weeks=None), TRIALS),
    unknown("D01", "adherence in a third is not sure", third(taken_most_days="not_sure"), TRIALS),
    unknown(
        "D01", "the episode of a low third is not sure", third(dose_mg=14, this_episode="not_sure"), TRIALS
    ),
    unknown("D01", "a third has no minimum dose", third("Exxua", 72.6, 8), TRIALS),
    unknown("D01", "a third is not recognized", third(UNRECOGNIZED, 20, 8), TRIALS),
    unknown("D01", "one adequate and one more not remembered", trials(SERTRALINE, more=1), MORE, TRIALS),
    unknown("D01", "the trials were not answered", {TRIALS: ABSENT}, TRIALS),
    met("D02", "no trial at all", trials()),
    met("D02", "one trial", trials(SERTRALINE)),
    met("D02", "two of one class", trials(SERTRALINE, trial("Prozac", 20, 8))),
    met(
        "D02",
        "citalopram and escitalopram are one class",
        trials(trial("citalopram", 40), trial("escitalopram", 20)),
    ),
    met("D02", "the second five weeks only", two(weeks=5)),
    met("D02", "the second helped by 25 to 49 percent", two(weeks=6, improvement="25_49")),
    met("D02", "the second below the minimum dose", two(weeks=6, dose_mg=59)),
    met("D02", "the second not taken most days", two(weeks=6, taken_most_days="no")),
    met("D02", "the second needs records of its weeks", two(weeks=None)),
    met("D02", "the second needs records of its dose", two(weeks=6, dose_mg=None)),
    met("D02", "the second is not recognized", trials(SERTRALINE, trial(UNRECOGNIZED, 20))),
    met("D02", "one failed and one more not remembered", trials(SERTRALINE, more=1)),
    met("D02", "bipolar disorder is not sure and nothing tried", trials() | {BIPOLAR: "not_sure"}),
    unmet("D02", "two classes, six weeks, little benefit", two(weeks=6)),
    unmet("D02", "two classes met and one more not remembered", trials(SERTRALINE, VENLAFAXINE, more=1)),
    unmet("D02", "bipolar disorder is diagnosed and nothing tried", trials() | BIPOLAR_YES),
    unmet("D02", "bipolar disorder is diagnosed and records are missing", two(weeks=None) | BIPOLAR_YES),
]

CONTRIBUTORS = [
    *any_of(
        "D03",
        {
            "health.thyroid_disease": "thyroid disease",
            "health.anaemia": "anaemia",
            "health.vitamin_deficiency": "a vitamin deficiency",
            "health.sleep_apnoea": "sleep apnea",
            "health.chronic_pain": "chronic pain",
            "health.autoimmune_disease": "autoimmune disease",
            "health.steroid_interferon_isotretinoin": "a steroid, interferon or isotretinoin",
        },
    ),
]

MONTHS = "history.episode_months"
ECT = "other_treatments.ect"
ECT_HAD = {ECT: {"had": "yes", "improvement": "under_25", "bilateral": "yes", "now": "no"}}
LITHIUM = trial("lithium", 900, 8, still_taking="yes")
# The base scores Maudsley 6: episode 2, severity 3, failures 1. TEN is 10 (episode 3, severity 5,
# failures 1, ECT 1), so that each part that is taken away or added shows.
PSYCHOTIC = {"history.hears_or_sees": "yes"}
TEN = {MONTHS: 25} | PSYCHOTIC | ECT_HAD
STAGING = [
    met("D04", "three adequate failures", third()),
    met("D04", "three adequate failures at Maudsley 6", third() | phq9(9)),
    met("D04", "three adequate failures while ECT was not answered", third() | {ECT: ABSENT}),
    met(
        "D04",
        "Maudsley 11 by augmentation after two failures",
        trials(SERTRALINE, VENLAFAXINE, LITHIUM) | TEN,
    ),
    met(
        "D04",
        "Maudsley 11 while the PHQ-9 is missing in psychosis",
        trials(SERTRALINE, VENLAFAXINE, LITHIUM) | TEN | {PHQ: ABSENT},
    ),
    unmet("D04", "Maudsley 10 after two failures", TEN),
    unmet(
        "D04",
        "Maudsley 10 at twenty-four months",
        trials(SERTRALINE, VENLAFAXINE, LITHIUM) | TEN | {MONTHS: 24},
    ),
    unmet(
        "D04",
        "Maudsley 10 without ECT",
        trials(SERTRALINE, VENLAFAXINE, LITHIUM) | TEN | {ECT: {"had": "no"}},
    ),
    unmet(
        "D04",
        "Maudsley 10 at PHQ-9 24 without psychosis",
        trials(SERTRALINE, VENLAFAXINE, LITHIUM) | TEN | phq9(24) | {"history.hears_or_sees": "no"},
    ),
    unmet("D04", "Maudsley 11 after one failure", trials(SERTRALINE, LITHIUM) | TEN),
    unmet("D04", "Maudsley 7, moderate", phq9(20)),
    unmet("D04", "one failure and ECT not answered", trials(SERTRALINE) | {ECT: ABSENT}),
    unmet("D04", "one failure and the length not answered", trials(SERTRALINE) | {MONTHS: ABSENT}),
    met("D04", "bipolar disorder is not sure", third() | {BIPOLAR: "not_sure"}),
    unmet("D04", "two failures and Maudsley 6", {}),
    unmet(
        "D04",
        "lithium of an earlier episode is no augmentation",
        trials(SERTRALINE, VENLAFAXINE, LITHIUM | {"this_episode": "no"}) | TEN,
    ),
    unmet("D04", "lithium only in the medicine list is no augmentation", taking("lithium") | TEN),
    unmet("D04", "the third trial helped by half", third(**GOOD_ENOUGH)),
    unmet("D04", "the third trial is one of the two again", third("Zoloft", 200, 12)),
    unmet("D04", "no failure, so staging does not apply", trials() | phq9(24) | {MONTHS: 60} | ECT_HAD),
    unmet("D04", "bipolar disorder is diagnosed after three failures", third() | BIPOLAR_YES),
    unmet("D04", "bipolar disorder is diagnosed at a high Maudsley", phq9(24) | ECT_HAD | BIPOLAR_YES),
    unknown("D04", "the length of the episode was not answered", {MONTHS: ABSENT}, MONTHS),
    unknown("D04", "the PHQ-9 is missing", {PHQ: ABSENT}, PHQ),
    unknown("D04", "ECT was not answered", {ECT: ABSENT}, ECT),
    unknown(
        "D04",
        "a second failure is possible and ECT was not answered",
        trials(SERTRALINE, trial("Prozac", None)) | {ECT: ABSENT},
        ECT,
    ),
    unknown(
        "D04",
        "lithium of an episode not sure",
        trials(SERTRALINE, VENLAFAXINE, LITHIUM | {"this_episode": "not_sure"}),
        TRIALS,
    ),
    unknown(
        "D04",
        "a sign of psychosis is not sure",
        {"history.voices_command": "not_sure"},
        "history.voices_command",
    ),
    unknown(
        "D04",
        "the second of two at Maudsley 11 is of unknown dose",
        trials(SERTRALINE, trial("Prozac", None), LITHIUM) | TEN,
        TRIALS,
    ),
    unmet(
        "D04",
        "Maudsley 10 beside a name not recognized of an earlier episode",
        trials(SERTRALINE, VENLAFAXINE, trial(UNRECOGNIZED, 20, 8, this_episode="no")) | TEN,
    ),
    unknown(
        "D04",
        "Maudsley 10 beside a short name not recognized, perhaps an augmentation",
        trials(SERTRALINE, VENLAFAXINE, trial(UNRECOGNIZED, 20, 2)) | TEN,
        TRIALS,
    ),
    unknown("D04", "ECT is not sure", {ECT: {"had": "not_sure"}}, ECT),
    unknown("D04", "the dose of a third trial is not known", third(dose_mg=None), TRIALS),
    unknown("D04", "a third trial is not recognized", third(UNRECOGNIZED, 20, 8), TRIALS),
    unknown(
        "D04", "one more was tried and not remembered", trials(SERTRALINE, VENLAFAXINE, more=1), MORE, TRIALS
    ),
    unknown("D04", "the trials were not answered", {TRIALS: ABSENT}, TRIALS),
]

WANTS, BIRTH = "reason.interested_in", "history.gave_birth_last_12_months"
LANGUAGE, VETERAN = "language", "about.veteran"
PERSON = [
    met("D05", "asks for intravenous ketamine", {WANTS: ["ketamine_iv"]}),
    met("D05", "asks for psilocybin among others", {WANTS: ["tms", "psilocybin"]}),
    met("D05", "asks for psilocybin and is not sure of others", {WANTS: ["not_sure", "psilocybin"]}),
    unmet("D05", "asks for TMS", {WANTS: ["tms"]}),
    unmet("D05", "is not sure", {WANTS: ["not_sure"]}),
    unmet("D05", "asks for TMS and is not sure of others", {WANTS: ["tms", "not_sure"]}),
    unmet("D05", "asks for nothing", {WANTS: []}),
    unmet(
        "D05",
        "Spravato is not intravenous ketamine",
        {WANTS: ["spravato", "ect", "medication", "psychotherapy"]},
    ),
    unknown("D05", "what the person asks for was not answered", {WANTS: ABSENT}, WANTS),
    *yes_no("D06", BIRTH, "a birth in the last twelve months"),
    unmet("D06", "birth was skipped for sex male", {SEX: "male", BIRTH: ABSENT}),
    unknown("D06", "birth is not answered where sex is declined", {SEX: "declined", BIRTH: ABSENT}, BIRTH),
    met("D07", "PHQ-9 9", phq9(9)),
    met("D07", "PHQ-9 0", phq9(0)),
    unmet("D07", "PHQ-9 10", phq9(10)),
    unknown("D07", "the PHQ-9 is missing", {PHQ: ABSENT}, PHQ),
    unknown("D07", "a PHQ-9 item is missing", {PHQ: [2, 2, 2, 2, None, 0, 0, 0, 0]}, PHQ),
    *yes_no("D09", VETERAN, "being a veteran"),
    met("D10", "the language is Spanish", {LANGUAGE: "es"}),
    met(
        "D10",
        "the language is Spanish and no interpreter is needed",
        {LANGUAGE: "es", "about.interpreter_needed": "no"},
    ),
    met(
        "D10",
        "the language is Spanish and an interpreter is not sure",
        {LANGUAGE: "es", "about.interpreter_needed": "not_sure"},
    ),
    unmet("D10", "the language is English", {LANGUAGE: "en"}),
    unmet(
        "D10",
        "the language is English and an interpreter is needed",
        {LANGUAGE: "en", "about.interpreter_needed": "yes"},
    ),
    unmet("D10", "the language is not given, so English", {LANGUAGE: ABSENT}),
]

AUTHORIZATION = [
    met("D08", "everything a payer asks for", {}),
    met("D08", "PHQ-9 15", phq9(15)),
    met("D08", "eight sessions of therapy", therapy(sessions=8)),
    met("D08", "one more trial is not recognized", trials(SERTRALINE, VENLAFAXINE, trial(UNRECOGNIZED, 20))),
    met("D08", "bipolar disorder is not sure", {BIPOLAR: "not_sure"}),
    unmet("D08", "PHQ-9 14", phq9(14)),
    unmet("D08", "no therapy", {THERAPY: []}),
    unmet("D08", "seven sessions of therapy", therapy(sessions=7)),
    unmet("D08", "two trials of one class", trials(SERTRALINE, trial("Prozac", 20, 8))),
    unmet("D08", "the second trial five weeks only", two(weeks=5)),
    unmet("D08", "bipolar disorder is diagnosed", BIPOLAR_YES),
    unmet("D08", "bipolar disorder is diagnosed and the PHQ-9 missing", BIPOLAR_YES | {PHQ: ABSENT}),
    unmet("D08", "PHQ-9 14 and the sessions not known", phq9(14) | therapy(sessions=None)),
    unknown("D08", "the PHQ-9 is missing", {PHQ: ABSENT}, PHQ),
    unknown(
        "D08", "an item is missing though the others add up to 21", {PHQ: [3, 3, 3, 3, 3, 3, 3, None, 0]}, PHQ
    ),
    unknown("D08", "the sessions of therapy are not known", therapy(sessions=None), THERAPY),
    unknown("D08", "therapy was not answered", {THERAPY: ABSENT}, THERAPY),
    unknown("D08", "the second trial needs records", two(weeks=None), TRIALS),
    unknown("D08", "one failed and one more not remembered", trials(SERTRALINE, more=1), MORE, TRIALS),
]

SEIZURE, EATING = "health.seizure_ever", "health.eating_disorder"
BUPROPION = [
    "bupropion",
    "Wellbutrin SR",
    "Wellbutrin XL",
    "Aplenzin",
    "Forfivo XL",
    "Zyban",
    "Contrave",
    "Auvelity",
]
# Left out for D11: bupropion planned, for which the intake has no field.
PRESCRIBER_ALERT = [
    *drug_set(
        "D11", BUPROPION, ["buspirone", "venlafaxine", "dextromethorphan", "amitriptyline"], {SEIZURE: "yes"}
    ),
    met("D11", "an eating disorder and Wellbutrin", taking("Wellbutrin XL") | {EATING: "yes"}),
    met(
        "D11",
        "an eating disorder and Auvelity while seizures are not sure",
        taking("Auvelity") | {EATING: "yes", SEIZURE: "not_sure"},
    ),
    unmet("D11", "bupropion without either condition", taking("bupropion")),
    unmet("D11", "a seizure without bupropion", {SEIZURE: "yes"}),
    unmet("D11", "an eating disorder without bupropion", {EATING: "yes"}),
    unmet("D11", "neither condition and an unrecognized medicine", taking(UNRECOGNIZED)),
    unmet("D11", "a seizure is not sure and no bupropion", {SEIZURE: "not_sure"}),
    unknown("D11", "bupropion and a seizure not sure", taking("bupropion") | {SEIZURE: "not_sure"}, SEIZURE),
    unknown(
        "D11", "bupropion and an eating disorder not answered", taking("bupropion") | {EATING: ABSENT}, EATING
    ),
]

LATELY = "medicines.maoi_last_14_days"
PARTNERS = [
    "sertraline",
    "bupropion",
    "mirtazapine",
    "Adderall",
    "methylphenidate",
    "tramadol",
    "Demerol",
    "methadone",
    "fentanyl",
    "buspirone",
    "sumatriptan",
    "Maxalt",
    "linezolid",
    "dextromethorphan",
    "Auvelity",
]
ALONE = NOTHING_TAKEN  # no trial is taken now, so the list is all there is
NARDIL_TRIAL = trial("phenelzine", 60, still_taking="yes")
INTERACTIONS = [
    *[met("D12", f"{maoi} beside venlafaxine still taken", taking(maoi)) for maoi in MAOIS],
    *[met("D12", f"phenelzine and {partner}", ALONE | taking("phenelzine", partner)) for partner in PARTNERS],
    *[
        met("D12", f"an MAOI stopped lately and {partner}", ALONE | taking(partner) | {LATELY: "yes"})
        for partner in PARTNERS
    ],
    met("D12", "an MAOI stopped lately and venlafaxine still taken", {LATELY: "yes"}),
    met("D12", "two MAOI antidepressants", ALONE | taking("phenelzine", "Parnate")),
    met(
        "D12",
        "a trial of phenelzine still taken beside venlafaxine",
        trials(SERTRALINE, VENLAFAXINE, NARDIL_TRIAL),
    ),
    met(
        "D12",
        "phenelzine and tramadol beside an unrecognized medicine",
        ALONE | taking("Nardil", "tramadol", UNRECOGNIZED),
    ),
    met(
        "D12",
        "phenelzine and tramadol while a recent stop is not sure",
        ALONE | taking("Nardil", "tramadol") | {LATELY: "not_sure"},
    ),
    unmet("D12", "no MAOI", {}),
    unmet("D12", "no MAOI among many partners", taking("tramadol", "buspirone", "sumatriptan")),
    unmet("D12", "phenelzine alone", ALONE | taking("phenelzine")),
    unmet("D12", "linezolid alone", ALONE | taking("linezolid")),
    unmet("D12", "phenelzine named twice", trials(*STOPPED, NARDIL_TRIAL) | taking("Nardil")),
    unmet("D12", "phenelzine and lithium", ALONE | taking("phenelzine", "lithium")),
    unmet("D12", "phenelzine and levothyroxine", ALONE | taking("phenelzine", "levothyroxine")),
    unmet("D12", "phenelzine and an antidepressant no longer taken", trials(*STOPPED) | taking("phenelzine")),
    unmet("D12", "an MAOI stopped lately and nothing taken now", ALONE | {LATELY: "yes"}),
    unmet("D12", "an MAOI stopped lately and lamotrigine", ALONE | taking("lamotrigine") | {LATELY: "yes"}),
    unmet("D12", "a recent stop is not sure and nothing taken now", ALONE | {LATELY: "not_sure"}),
    unknown("D12", "a recent stop is not sure beside venlafaxine", {LATELY: "not_sure"}, LATELY),
    unknown("D12", "a recent stop was not answered beside venlafaxine", {LATELY: ABSENT}, LATELY),
    unknown(
        "D12", "phenelzine and an unrecognized medicine", ALONE | taking("phenelzine", UNRECOGNIZED), LIST
    ),
    unknown(
        "D12",
        "an MAOI stopped lately and an unrecognized medicine",
        ALONE | taking(UNRECOGNIZED) | {LATELY: "yes"},
        LIST,
    ),
    unknown(
        "D12", "venlafaxine and an unrecognized medicine that may be an MAOI", taking(UNRECOGNIZED), LIST
    ),
    unknown("D12", "venlafaxine and the list not answered", {LIST: ABSENT}, LIST),
    unknown(
        "D12",
        "neither the list nor a recent stop is answered",
        ALONE | {LIST: ABSENT, LATELY: ABSENT},
        LATELY,
    ),
    unknown(
        "D12", "an MAOI stopped lately and the list not answered", ALONE | {LIST: ABSENT, LATELY: "yes"}, LIST
    ),
]

CASES: list[Case] = [
    *OPTIMIZATION,
    *CONTRIBUTORS,
    *STAGING,
    *PERSON,
    *AUTHORIZATION,
    *PRESCRIBER_ALERT,
    *INTERACTIONS,
]
