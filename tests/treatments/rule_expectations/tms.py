"""Cases of the TMS rules T01 to T16, with the minimum dose of every antidepressant in the drug table."""

from tests.treatments.rule_expectations.case import (
    ABSENT,
    MORE,
    NO_SUBSTANCE_CONSENT,
    SERTRALINE,
    TRIALS,
    UNRECOGNIZED,
    Case,
    any_of,
    drug_set,
    gad7,
    met,
    phq9,
    taking,
    trial,
    trials,
    unknown,
    unmet,
    yes_no,
)
from tests.treatments.rule_expectations.safety import EIGHTEEN, SEVENTEEN

VNS, TMS = "other_treatments.vns", "other_treatments.tms"
IMPLANTED_VNS = {VNS: {"had": "yes", "now": "yes"}}

# Left out: VNS had and not now, where the text does not say whether leads remain; brain_or_nerve_stimulator
# under T02 ("other device driven by physiologic signals"), which the dictionary names for T01 only.
DEVICES = [
    *any_of(
        "T01",
        {
            "health.metal_in_head_or_neck": "metal in the head or neck",
            "health.cochlear_implant": "a cochlear implant",
            "health.brain_or_nerve_stimulator": "a brain or nerve stimulator",
            "health.metallic_face_tattoo": "a metallic facial tattoo",
        },
    ),
    met("T01", "a vagus nerve stimulator", IMPLANTED_VNS),
    unknown("T01", "a vagus nerve stimulator is not sure", {VNS: {"had": "not_sure"}}, VNS),
    unknown("T01", "a vagus nerve stimulator was not answered", {VNS: ABSENT}, VNS),
    *yes_no("T02", "health.pacemaker_or_defibrillator", "a pacemaker or defibrillator"),
    met("T02", "a vagus nerve stimulator", IMPLANTED_VNS),
    met(
        "T02",
        "a pacemaker while the stimulator is not sure",
        {VNS: {"had": "not_sure"}, "health.pacemaker_or_defibrillator": "yes"},
    ),
    unknown("T02", "a vagus nerve stimulator is not sure", {VNS: {"had": "not_sure"}}, VNS),
    unknown("T02", "a vagus nerve stimulator was not answered", {VNS: ABSENT}, VNS),
    *yes_no("T03", "health.pump_or_other_implant", "a pump or other implant"),
]

NERVES = [
    *yes_no("T04", "health.seizure_ever", "a seizure ever"),
    met(
        "T04",
        "a seizure within 12 months while on a medicine against them",
        {
            "health.seizure_ever": "yes",
            "health.seizure_when": "last_12_months",
            "health.seizure_medicine": "yes",
        },
    ),
    met("T07", "bupropion and a stroke", taking("bupropion") | {"health.stroke": "yes"}),
    *any_of(
        "T05",
        {
            "health.head_injury_unconscious": "a head injury with loss of consciousness",
            "health.stroke": "a stroke",
            "health.brain_tumour_or_surgery": "a brain tumor or surgery",
            "health.raised_pressure_in_skull": "raised pressure in the skull",
        },
    ),
    *any_of("T06", {"health.fainting": "fainting", "health.family_epilepsy": "epilepsy in the family"}),
    *drug_set(
        "T07",
        [
            "bupropion",
            "Wellbutrin XL",
            "Zyban",
            "Contrave",
            "Auvelity",
            "clozapine",
            "Clozaril",
            "amitriptyline",
            "Pamelor",
            "imipramine",
            "Silenor",
            "Anafranil",
            "amitriptyline-perphenazine",
            "maprotiline",
            "Ludiomil",
            "amoxapine",
            "tramadol",
            "Ultram",
            "Adderall",
            "methylphenidate",
            "Vyvanse",
            "modafinil",
            "theophylline",
            "chlorpromazine",
        ],
        ["sertraline", "buspirone", "trazodone", "atomoxetine", "lithium", "levothyroxine"],
    ),
    *yes_no("T09", "health.hearing_loss_or_ringing", "hearing loss or ringing"),
]

SLEEP, AUDIT, BINGE = "history.sleep_under_4h", "substances.audit_c", "substances.recent_binge"
# Left out for T08: an AUDIT-C with an item missing whose sum decides either way.
SLEEP_AND_DRINK = [
    *any_of("T08", {SLEEP: "sleep under four hours", BINGE: "a recent binge"}),
    met("T08", "AUDIT-C 8", {AUDIT: [4, 2, 2]}),
    met("T08", "AUDIT-C 12", {AUDIT: [4, 4, 4]}),
    met("T08", "short sleep without the substance pages", NO_SUBSTANCE_CONSENT | {SLEEP: "yes"}),
    unmet("T08", "AUDIT-C 7", {AUDIT: [4, 2, 1]}),
    unknown("T08", "AUDIT-C was not answered", {AUDIT: ABSENT}, AUDIT),
    unknown("T08", "an AUDIT-C item that would decide is missing", {AUDIT: [4, None, 2]}, AUDIT),
    unknown(
        "T08",
        "the substance pages were not agreed to",
        NO_SUBSTANCE_CONSENT,
        "consent.substance_use_agreed",
        AUDIT,
        BINGE,
    ),
    unknown(
        "T08",
        "answers stand without consent to the substance pages",
        {"consent.substance_use_agreed": "no"},
        "consent.substance_use_agreed",
        AUDIT,
        BINGE,
    ),
]


def earlier_tms(**answers) -> dict:
    return {TMS: {"had": "yes", "improvement": "under_25", "serious_event": "no", "now": "no"} | answers}


NO_IMPROVEMENT = {"had": "yes", "serious_event": "no", "now": "no"}
NO_EVENT = {"had": "yes", "improvement": "under_25", "now": "no"}
EARLIER_TMS = [
    met("T10", "earlier TMS helped by 50 to 75 percent", earlier_tms(improvement="50_75")),
    met("T10", "earlier TMS helped by over 75 percent", earlier_tms(improvement="over_75")),
    unmet("T10", "earlier TMS helped by 25 to 49 percent", earlier_tms(improvement="25_49")),
    unmet("T10", "earlier TMS helped by under 25 percent", earlier_tms()),
    unmet("T10", "no earlier TMS", {TMS: {"had": "no"}}),
    unknown(
        "T10", "how much it helped is not sure", earlier_tms(improvement="not_sure"), TMS + ".improvement"
    ),
    unknown("T10", "how much it helped was not answered", {TMS: NO_IMPROVEMENT}, TMS + ".improvement"),
    unknown("T10", "earlier TMS is not sure", {TMS: {"had": "not_sure"}}, TMS + ".had", TMS + ".improvement"),
    unknown("T10", "earlier TMS was not answered", {TMS: ABSENT}, TMS + ".had", TMS + ".improvement"),
    met("T11", "a serious event under earlier TMS", earlier_tms(serious_event="yes")),
    met(
        "T11", "a serious event although TMS helped", earlier_tms(serious_event="yes", improvement="over_75")
    ),
    unmet("T11", "earlier TMS without a serious event", earlier_tms()),
    unmet("T11", "no earlier TMS", {TMS: {"had": "no"}}),
    unknown(
        "T11", "a serious event is not sure", earlier_tms(serious_event="not_sure"), TMS + ".serious_event"
    ),
    unknown("T11", "a serious event was not answered", {TMS: NO_EVENT}, TMS + ".serious_event"),
    unknown("T11", "earlier TMS was not answered", {TMS: ABSENT}, TMS + ".had", TMS + ".serious_event"),
]

# The minimum doses of the MGH-ATRQ, by generic or brand. Left out: esketamine (per session, and an
# augmentation too) and oral selegiline.
MINIMUM_MG = {
    "fluoxetine": 20,
    "Zoloft": 50,
    "Paxil": 20,
    "paroxetine": 20,
    "Paxil CR": 25,
    "Celexa": 20,
    "escitalopram": 10,
    "fluvoxamine": 50,
    "Effexor XR": 150,
    "desvenlafaxine": 50,
    "Cymbalta": 60,
    "Fetzima": 40,
    "milnacipran": 100,
    "Wellbutrin XL": 300,
    "Remeron": 15,
    "vortioxetine": 10,
    "Brintellix": 10,
    "Viibryd": 40,
    "trazodone": 300,
    "nefazodone": 300,
    "amitriptyline": 150,
    "Pamelor": 75,
    "imipramine": 150,
    "Norpramin": 150,
    "clomipramine": 150,
    "doxepin": 150,
    "protriptyline": 30,
    "Surmontil": 150,
    "amoxapine": 150,
    "maprotiline": 150,
    "Nardil": 45,
    "tranylcypromine": 30,
    "Marplan": 30,
    "Emsam": 6,
}
GOOD_ENOUGH = {"improvement": "50_75", "stopped_because": "felt_better"}
DOSES = [
    case
    for drug, minimum in MINIMUM_MG.items()
    for case in (
        met("T12", f"{drug} {minimum} mg is at the minimum", trials(trial(drug, minimum))),
        unmet("T12", f"{drug} {minimum - 1} mg is below the minimum", trials(trial(drug, minimum - 1))),
    )
]
BIPOLAR = "history.bipolar_diagnosis"
BIPOLAR_YES = {BIPOLAR: "yes"}
PHQ_ITEM_MISSING = {"mood.phq9": [3, 3, 3, 3, 3, 3, 3, None, 0]}


def one(**answers) -> dict:
    """One trial only: sertraline at the minimum dose for four weeks, but for the answers given."""
    return trials(trial("sertraline", **{"dose_mg": 50, "weeks": 4} | answers))


SHORT_BASE = trial("Prozac", 20, 3)
COMBINED = trials(SHORT_BASE, trial("sertraline", 50, 4, added_to_another="yes", added_to="Prozac"))
INDICATION = [
    met("T12", "one trial just adequate", one()),
    met("T12", "one trial that helped by 25 to 49 percent", one(improvement="25_49")),
    met("T12", "PHQ-9 10", phq9(10)),
    met("T12", "eighteen today", EIGHTEEN),
    met("T12", "bipolar disorder is not sure", {BIPOLAR: "not_sure"}),
    met("T12", "bipolar disorder was not answered", {BIPOLAR: ABSENT}),
    met(
        "T12",
        "one adequate failure beside an unrecognized trial",
        trials(SERTRALINE, trial(UNRECOGNIZED, 20)),
    ),
    met("T12", "one adequate failure beside one not remembered", trials(SERTRALINE, more=1)),
    met("T12", "one adequate failure beside one of unknown dose", trials(SERTRALINE, trial("Prozac", None))),
    unmet("T12", "PHQ-9 9", phq9(9)),
    unmet("T12", "eighteen tomorrow", SEVENTEEN),
    unmet("T12", "no trial at all", trials()),
    unmet("T12", "three weeks only", one(weeks=3)),
    unmet("T12", "not taken most days", one(taken_most_days="no")),
    unmet("T12", "a trial of an earlier episode", one(this_episode="no")),
    unmet("T12", "a trial that helped by half", one(**GOOD_ENOUGH)),
    unmet("T12", "a trial that helped by over 75 percent", one(improvement="over_75")),
    unmet("T12", "a combination is not a separate trial", COMBINED),
    unmet("T12", "lithium is no antidepressant", trials(trial("lithium", 900))),
    unmet("T12", "aripiprazole is no antidepressant", trials(trial("Abilify", 10))),
    unmet("T12", "zuranolone never counts", trials(trial("Zurzuvae", 50))),
    unmet("T12", "brexanolone never counts", trials(trial("brexanolone", 60))),
    unmet("T12", "too short and of unknown dose", one(dose_mg=None, weeks=3)),
    unmet("T12", "PHQ-9 9 while the trials were not answered", phq9(9) | {TRIALS: ABSENT}),
    unmet("T12", "no adequate failure while the PHQ-9 is missing", trials() | {"mood.phq9": ABSENT}),
    unmet("T12", "bipolar disorder is diagnosed", BIPOLAR_YES),
    unmet("T12", "bipolar disorder is diagnosed and the trials unknown", BIPOLAR_YES | {TRIALS: ABSENT}),
    unknown("T12", "the dose is not known", one(dose_mg=None), TRIALS),
    unknown("T12", "the dose was not answered", one(dose_mg=ABSENT), TRIALS),
    unknown("T12", "the weeks are not known", one(weeks=None), TRIALS),
    unknown("T12", "adherence is not sure", one(taken_most_days="not_sure"), TRIALS),
    unknown("T12", "the episode is not sure", one(this_episode="not_sure"), TRIALS),
    unknown("T12", "the improvement is not sure", one(improvement="not_sure"), TRIALS),
    unknown("T12", "the improvement was not answered", one(improvement=ABSENT), TRIALS),
    unknown("T12", "whether it was added to another is not sure", one(added_to_another="not_sure"), TRIALS),
    unknown("T12", "the only trial is not recognized", trials(trial(UNRECOGNIZED, 20)), TRIALS),
    unknown("T12", "two more were tried and not remembered", trials(more=2), MORE, TRIALS),
    unknown("T12", "gepirone has no minimum dose", trials(trial("Exxua", 72.6)), TRIALS),
    unknown("T12", "Auvelity has no minimum dose", trials(trial("Auvelity", 210)), TRIALS),
    unknown("T12", "the trials were not answered", {TRIALS: ABSENT}, TRIALS),
    unknown("T12", "the PHQ-9 is missing", {"mood.phq9": ABSENT}, "mood.phq9"),
    unknown("T12", "a PHQ-9 item is missing though the others exceed ten", PHQ_ITEM_MISSING, "mood.phq9"),
    *DOSES,
    met("T13", "GAD-7 10", gad7(10)),
    met("T13", "GAD-7 21", gad7(21)),
    met("T13", "bipolar disorder is not sure", {BIPOLAR: "not_sure"}),
    unmet("T13", "GAD-7 9", gad7(9)),
    unmet("T13", "GAD-7 9 while the PHQ-9 is missing", gad7(9) | {"mood.phq9": ABSENT}),
    unmet("T13", "T12 is not met", phq9(9)),
    unmet("T13", "T12 is not met and the GAD-7 missing", phq9(9) | {"anxiety.gad7": ABSENT}),
    unmet("T13", "seventeen", SEVENTEEN),
    unmet("T13", "bipolar disorder is diagnosed", BIPOLAR_YES),
    unknown("T13", "the GAD-7 is missing", {"anxiety.gad7": ABSENT}, "anxiety.gad7"),
    unknown(
        "T13",
        "a GAD-7 item that would decide is missing",
        {"anxiety.gad7": [3, 3, None, 3, 0, 0, 0]},
        "anxiety.gad7",
    ),
    unknown("T13", "T12 is unknown", {"mood.phq9": ABSENT}, "mood.phq9"),
    unknown("T13", "the trials were not answered", {TRIALS: ABSENT}, TRIALS),
]

SIDE_EFFECTS = {"weeks": 3, "stopped_because": "side_effects"}
INTOLERANT = trial("sertraline", 100, **SIDE_EFFECTS)
COSTLY = trial("sertraline", 100, 3, stopped_because="cost")
ATTEND = "practical.can_attend_5_days"
# Left out for T16: intolerance in an earlier episode, and twice of the same drug.
FIT = [
    *any_of(
        "T14",
        {
            "health.ocd": "obsessive-compulsive disorder",
            "reason.wants_to_stop_smoking": "a wish to stop smoking",
        },
    ),
    met("T15", "cannot attend five days a week", {ATTEND: "no"}),
    unmet("T15", "can attend five days a week", {ATTEND: "yes"}),
    unknown("T15", "attendance is not sure", {ATTEND: "not_sure"}, ATTEND),
    unknown("T15", "attendance was not answered", {ATTEND: ABSENT}, ATTEND),
    met("T16", "no trial at all", trials()),
    met("T16", "the only trial is below the minimum dose", one(dose_mg=49)),
    met("T16", "the only trial is too short", one(weeks=3)),
    met("T16", "the only trial was not taken most days", one(taken_most_days="no")),
    met("T16", "the only trial is of an earlier episode", one(this_episode="no")),
    met("T16", "a combination, and its base too short", COMBINED),
    met("T16", "only lithium was taken", trials(trial("lithium", 900))),
    met("T16", "only zuranolone was taken", trials(trial("zuranolone", 50))),
    met("T16", "one drug was not tolerated", trials(INTOLERANT)),
    met("T16", "two drugs stopped early for cost", trials(COSTLY, COSTLY | {"drug": "Prozac"})),
    met(
        "T16",
        "side effects at four weeks are no early stop",
        trials(
            trial("sertraline", 25, 4, stopped_because="side_effects"),
            trial("Prozac", 10, 4, stopped_because="side_effects"),
        ),
    ),
    met("T16", "bipolar disorder is diagnosed and nothing tried", trials() | BIPOLAR_YES),
    unmet("T16", "one trial just adequate", one()),
    unmet("T16", "an adequate trial counts whatever its outcome", one(**GOOD_ENOUGH)),
    unmet("T16", "an adequate trial of unknown outcome", one(improvement="not_sure")),
    unmet("T16", "two drugs were not tolerated", trials(INTOLERANT, trial("Prozac", 20, **SIDE_EFFECTS))),
    unmet(
        "T16", "one adequate trial beside an unrecognized one", trials(SERTRALINE, trial(UNRECOGNIZED, 20))
    ),
    unknown("T16", "the dose of the only trial is not known", one(dose_mg=None), TRIALS),
    unknown("T16", "adherence in the only trial is not sure", one(taken_most_days="not_sure"), TRIALS),
    unknown("T16", "the only trial is not recognized", trials(trial(UNRECOGNIZED, 20)), TRIALS),
    unknown("T16", "one more was tried and not remembered", trials(more=1), MORE, TRIALS),
    unknown(
        "T16",
        "why the second of two stopped early is not sure",
        trials(INTOLERANT, trial("Prozac", 20, 3, stopped_because="not_sure")),
        TRIALS,
    ),
    unknown("T16", "the trials were not answered", {TRIALS: ABSENT}, TRIALS),
]

CASES: list[Case] = [*DEVICES, *NERVES, *SLEEP_AND_DRINK, *EARLIER_TMS, *INDICATION, *FIT]
