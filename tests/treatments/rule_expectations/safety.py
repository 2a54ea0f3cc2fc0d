"""Cases of the safety rules S01 to S21."""

from tests.treatments.rule_expectations.case import (
    ABSENT,
    LIST,
    NO_SUBSTANCE_CONSENT,
    NOTHING_TAKEN,
    SERTRALINE,
    STOPPED,
    TRIALS,
    UNRECOGNIZED,
    VENLAFAXINE,
    Case,
    any_of,
    bp,
    cssrs,
    drug_set,
    met,
    taking,
    trial,
    trials,
    unknown,
    unmet,
    yes_no,
)

ASKED_ALL = {"q2": "yes", "q3": "no", "q4": "no", "q5": "no"}
Q = "safety.cssrs."


def screener(**answers) -> dict:
    """A screener in which question 2 is yes, so that 3 to 5 are asked; no unless said otherwise."""
    return cssrs(**ASKED_ALL | answers)


# Left out, as the text is open: question 3, 4 or 5 declined while question 2 is no; q6_recent yes while
# q6 is no or missing; S04 where question 1 is yes and only question 2 is declined (decided, yet the
# level is incomplete).
SCREENER = [
    met("S01", "intention is yes", screener(q4="yes")),
    met("S01", "a plan is yes and intention no", screener(q5="yes")),
    met("S01", "intention is yes and the plan is declined", screener(q4="yes", q5="declined")),
    met("S01", "a plan is yes and intention is declined", screener(q4="declined", q5="yes")),
    met("S01", "intention is yes and nothing else was answered", {"safety.cssrs": {"q4": "yes"}}),
    met("S01", "intention is yes although question 2 is no now", cssrs(q4="yes")),
    met("S01", "a plan is yes although question 2 is no now", cssrs(q5="yes")),
    met(
        "S01",
        "intention is yes in a screener a relative filled in",
        screener(q4="yes") | {"about.filled_by": "family"},
    ),
    unmet("S01", "question 2 is no and the rest was skipped", cssrs()),
    unmet("S01", "method without intention or plan", screener(q3="yes")),
    unmet("S01", "question 2 is declined and questions 3 to 5 are no", screener(q2="declined")),
    unmet("S01", "recent behavior without intention or plan", screener(q6="yes", q6_recent="yes")),
    unknown("S01", "intention is declined", screener(q4="declined"), Q + "q4"),
    unknown("S01", "the plan is declined", screener(q5="declined"), Q + "q5"),
    unknown("S01", "intention was not answered", screener(q4=ABSENT), Q + "q4"),
    unknown(
        "S01",
        "question 2 is declined and the rest was not answered",
        cssrs(q2="declined"),
        Q + "q2",
        Q + "q4",
        Q + "q5",
    ),
    unknown("S01", "question 2 was not answered", cssrs(q2=ABSENT), Q + "q2", Q + "q4", Q + "q5"),
    unknown("S01", "the screener was not answered", {"safety.cssrs": ABSENT}, Q + "q2", Q + "q4", Q + "q5"),
    met("S02", "behavior within three months", cssrs(q6="yes", q6_recent="yes")),
    met(
        "S02",
        "recent behavior while question 1 is declined",
        cssrs(q1="declined", q6="yes", q6_recent="yes"),
    ),
    unmet("S02", "no behavior ever", cssrs(q6="no")),
    unmet("S02", "behavior more than three months ago", cssrs(q6="yes", q6_recent="no")),
    unmet("S02", "a plan without behavior", screener(q5="yes")),
    unknown("S02", "behavior is declined", cssrs(q6="declined"), Q + "q6"),
    unknown("S02", "behavior was not answered", cssrs(q6=ABSENT), Q + "q6"),
    unknown("S02", "when it was is declined", cssrs(q6="yes", q6_recent="declined"), Q + "q6_recent"),
    unknown("S02", "when it was was not answered", cssrs(q6="yes"), Q + "q6_recent"),
    unknown("S02", "the screener was not answered", {"safety.cssrs": ABSENT}, Q + "q6"),
    met("S03", "method without intention", screener(q3="yes")),
    met("S03", "behavior more than three months ago", cssrs(q6="yes", q6_recent="no")),
    met("S03", "method is yes although question 2 is no now", cssrs(q3="yes")),
    met("S03", "method is yes while intention is declined", screener(q3="yes", q4="declined")),
    met("S03", "method is yes while behavior is declined", screener(q3="yes", q6="declined")),
    met("S03", "older behavior while method is declined", screener(q3="declined", q6="yes", q6_recent="no")),
    met(
        "S03",
        "method is yes and when the behavior was is declined",
        screener(q3="yes", q6="yes", q6_recent="declined"),
    ),
    unmet("S03", "nothing is yes", cssrs()),
    unmet("S03", "only questions 1 and 2 are yes", screener(q1="yes")),
    unmet("S03", "S01 has fired on intention", screener(q3="yes", q4="yes")),
    unmet("S03", "S01 has fired and the behavior is older", screener(q5="yes", q6="yes", q6_recent="no")),
    unmet("S03", "S02 has fired", screener(q3="yes", q6="yes", q6_recent="yes")),
    unmet("S03", "S01 has fired while method is declined", screener(q3="declined", q4="yes")),
    unknown("S03", "method is declined", screener(q3="declined"), Q + "q3"),
    unknown("S03", "behavior is declined", cssrs(q6="declined"), Q + "q6"),
    unknown(
        "S03", "when the behavior was is declined", cssrs(q6="yes", q6_recent="declined"), Q + "q6_recent"
    ),
    unknown("S03", "question 2 was not answered", cssrs(q2=ABSENT), Q + "q2", Q + "q3"),
    unknown("S03", "the screener was not answered", {"safety.cssrs": ABSENT}, Q + "q2", Q + "q3", Q + "q6"),
    met("S04", "only question 1 is yes", cssrs(q1="yes")),
    met("S04", "only question 2 is yes", screener()),
    met("S04", "questions 1 and 2 are yes and nothing more", screener(q1="yes")),
    unmet("S04", "nothing is yes", cssrs()),
    unmet("S04", "method is yes too", screener(q1="yes", q3="yes")),
    unmet("S04", "intention is yes too", screener(q1="yes", q4="yes")),
    unmet("S04", "a plan is yes too", screener(q1="yes", q5="yes")),
    unmet("S04", "older behavior is yes too", cssrs(q1="yes", q6="yes", q6_recent="no")),
    unmet("S04", "recent behavior is yes and question 6 is no", cssrs(q1="yes", q6="no", q6_recent="yes")),
    unmet("S04", "recent behavior is yes too", cssrs(q1="yes", q6="yes", q6_recent="yes")),
    unmet("S04", "question 1 is declined and method is yes", screener(q1="declined", q3="yes")),
    unknown("S04", "question 1 is declined and the rest is no", cssrs(q1="declined"), Q + "q1"),
    unknown("S04", "question 1 is yes and behavior is declined", cssrs(q1="yes", q6="declined"), Q + "q6"),
    unknown("S04", "question 2 is yes and method is declined", screener(q3="declined"), Q + "q3"),
    unknown("S04", "the screener was not answered", {"safety.cssrs": ABSENT}, Q + "q1", Q + "q2"),
]


def item9(answer: int | None) -> dict:
    return {"mood.phq9": [3, 3, 2, 3, 2, 2, 2, 1, answer]}


# S06 where filled_by is missing is left out: that a person filled it in themselves is not required.
SUICIDE_SCREENS = [
    met("S05", "item 9 is 1 and the screener is all no", item9(1)),
    met("S05", "item 9 is 3 and the screener is all no", item9(3)),
    met("S05", "item 9 is 1 and only behavior is yes", item9(1) | cssrs(q6="yes", q6_recent="no")),
    met("S05", "item 9 is 1 and only behavior is declined", item9(1) | cssrs(q6="declined")),
    met("S05", "item 9 is 1 and another item is missing", {"mood.phq9": [None, 3, 2, 3, 2, 2, 2, 1, 1]}),
    unmet("S05", "item 9 is 0", item9(0)),
    unmet("S05", "item 9 is 1 and question 1 agrees", item9(1) | cssrs(q1="yes")),
    unmet("S05", "item 9 is 1 and question 2 agrees", item9(1) | screener()),
    unmet("S05", "item 9 is 1 and method is yes although question 2 is no", item9(1) | cssrs(q3="yes")),
    unmet(
        "S05",
        "item 9 is 1, question 1 is yes and question 2 declined",
        item9(1) | cssrs(q1="yes", q2="declined"),
    ),
    unmet("S05", "item 9 is 0 and the screener was not answered", item9(0) | {"safety.cssrs": ABSENT}),
    unmet("S05", "item 9 is missing and question 1 is yes", item9(None) | cssrs(q1="yes")),
    unknown("S05", "item 9 is missing", item9(None), "mood.phq9"),
    unknown("S05", "the PHQ-9 is missing", {"mood.phq9": ABSENT}, "mood.phq9"),
    unknown("S05", "item 9 is 1 and question 1 is declined", item9(1) | cssrs(q1="declined"), Q + "q1"),
    unknown("S05", "item 9 is 1 and question 2 is missing", item9(1) | cssrs(q2=ABSENT), Q + "q2"),
    unknown(
        "S05",
        "item 9 is 1 and the screener was not answered",
        item9(1) | {"safety.cssrs": ABSENT},
        Q + "q1",
        Q + "q2",
    ),
    met("S06", "item 9 is missing", item9(None)),
    met("S06", "the PHQ-9 is missing", {"mood.phq9": ABSENT}),
    met("S06", "question 1 is missing", cssrs(q1=ABSENT)),
    met("S06", "question 1 is declined", cssrs(q1="declined")),
    met("S06", "question 2 is declined and 3 to 5 are no", screener(q2="declined")),
    met("S06", "question 2 is missing", cssrs(q2=ABSENT)),
    met("S06", "method is declined", screener(q3="declined")),
    met("S06", "intention is missing after question 2 is yes", screener(q4=ABSENT)),
    met("S06", "the plan is declined", screener(q5="declined")),
    met("S06", "behavior is missing", cssrs(q6=ABSENT)),
    met("S06", "behavior is declined", cssrs(q6="declined")),
    met("S06", "when the behavior was is missing", cssrs(q6="yes")),
    met("S06", "when the behavior was is declined", cssrs(q6="yes", q6_recent="declined")),
    met("S06", "the screener is missing", {"safety.cssrs": ABSENT}),
    met("S06", "a required item is declined although intention is yes", screener(q4="yes", q6="declined")),
    met("S06", "a relative filled in a complete screener", {"about.filled_by": "family"}),
    met("S06", "a professional filled in a complete screener", {"about.filled_by": "professional"}),
    unmet("S06", "everything required was answered", cssrs()),
    unmet("S06", "questions 3 to 5 were skipped because question 2 is no", cssrs(q1="yes")),
    unmet("S06", "all seven questions were answered", screener(q1="yes", q6="yes", q6_recent="no")),
    unmet("S06", "another PHQ-9 item is missing", {"mood.phq9": [None, 3, 2, 3, 2, 2, 2, 1, 0]}),
    unmet("S06", "PHQ-9 item 9 is answered yes", item9(3)),
]

PSYCHOSIS = {
    "history.hears_or_sees": "hearing or seeing things",
    "history.feels_plotted_against": "feeling plotted against",
    "history.deserves_punishment": "deserving punishment",
}
VOICES = {"history.hears_or_sees": "yes", "history.voices_command": "yes"}

# Left out: only voices_command is not sure, since whether it is a psychosis item by itself when unknown
# is not said. That commanding voices alone fire the rule follows from the dictionary's row for it.
# Left out for S13: new_symptoms, which the dictionary names for S13 and the decision table does not.
STATES_OF_MIND_AND_BODY = [
    *any_of("S07", PSYCHOSIS),
    met("S07", "voices command the person", VOICES, hold="urgent"),
    met(
        "S07",
        "voices command and the other items are not sure",
        VOICES | {"history.feels_plotted_against": "not_sure"},
        hold="urgent",
    ),
    met("S07", "commanding voices are the only yes", {"history.voices_command": "yes"}, hold="urgent"),
    met(
        "S07",
        "voices do not command",
        {"history.hears_or_sees": "yes", "history.voices_command": "no"},
        hold="same_day",
    ),
    met(
        "S07",
        "whether voices command is not sure",
        {"history.hears_or_sees": "yes", "history.voices_command": "not_sure"},
        hold="open",
    ),
    *yes_no("S08", "history.not_eating_or_moving", "not eating or moving"),
    *any_of(
        "S09",
        {
            "history.high_now": "being high now",
            "history.little_sleep_not_tired": "little sleep without tiredness",
        },
    ),
    *yes_no("S10", "history.bipolar_diagnosis", "a bipolar diagnosis"),
    *any_of(
        "S11",
        {
            "history.high_period": "a high period",
            "history.high_trouble": "trouble from a high period",
            "history.antidepressant_high": "a high on an antidepressant",
        },
    ),
    unmet("S11", "a diagnosis exists", {"history.high_period": "yes", "history.bipolar_diagnosis": "yes"}),
    unmet(
        "S11",
        "a diagnosis exists and the history is not sure",
        {"history.high_period": "not_sure", "history.bipolar_diagnosis": "yes"},
    ),
    unmet(
        "S11", "the diagnosis is not sure and the history all no", {"history.bipolar_diagnosis": "not_sure"}
    ),
    met(
        "S11",
        "a high period while the diagnosis is not sure",
        {"history.high_period": "yes", "history.bipolar_diagnosis": "not_sure"},
    ),
    met(
        "S11",
        "a high period while the diagnosis was not answered",
        {"history.high_period": "yes", "history.bipolar_diagnosis": ABSENT},
    ),
    unmet("S11", "bipolar disorder in the family alone", {"history.family_bipolar": "yes"}),
    *any_of(
        "S13",
        {
            "substances.withdrawal_symptoms": "withdrawal symptoms",
            "substances.stopped_heavy_use_last_7_days": "heavy use stopped within seven days",
        },
    ),
    *[
        met("S13", f"{path} is yes without consent", {"consent.substance_use_agreed": "no", path: "yes"})
        for path in ("substances.withdrawal_symptoms", "substances.stopped_heavy_use_last_7_days")
    ],
    unknown(
        "S13",
        "a no stands without consent",
        {"consent.substance_use_agreed": "no"},
        "substances.withdrawal_symptoms",
    ),
    unknown(
        "S13",
        "the substance pages were not agreed to",
        NO_SUBSTANCE_CONSENT,
        "consent.substance_use_agreed",
        "substances.withdrawal_symptoms",
        "substances.stopped_heavy_use_last_7_days",
    ),
    *yes_no("S21", "safety.harm_to_others", "thoughts of harming someone else"),
]

SYMPTOMS = "health.new_symptoms"
TWO = {SYMPTOMS: ["tremor_or_jerks", "sweating_or_fever"]}
SEROTONERGIC = [
    "fluoxetine",
    "Zoloft",
    "Lexapro",
    "duloxetine",
    "Pristiq",
    "amitriptyline",
    "Pamelor",
    "phenelzine",
    "Emsam",
    "rasagiline",
    "mirtazapine",
    "trazodone",
    "Trintellix",
    "Viibryd",
    "buspirone",
    "tramadol",
    "Demerol",
    "dextromethorphan",
    "Auvelity",
    "Zyvox",
    "lithium",
    "sumatriptan",
    "Maxalt",
    "St. John's wort",
    "Symbyax",
]

# Left out: nefazodone, gepirone, methadone and fentanyl, which the serotonergic set does not name.
SEROTONIN = [
    met("S12", "two symptoms and venlafaxine still taken", TWO),
    met(
        "S12",
        "all five symptoms",
        {
            SYMPTOMS: [
                "tremor_or_jerks",
                "sweating_or_fever",
                "agitation_or_confusion",
                "diarrhoea",
                "stiffness",
            ]
        },
    ),
    met("S12", "diarrhea and stiffness", {SYMPTOMS: ["diarrhoea", "stiffness"]}),
    met("S12", "agitation and diarrhea", {SYMPTOMS: ["agitation_or_confusion", "diarrhoea"]}),
    unmet("S12", "only one symptom", {SYMPTOMS: ["agitation_or_confusion"]}),
    unmet("S12", "no symptom", {SYMPTOMS: []}),
    unmet(
        "S12",
        "one symptom and an unrecognized medicine",
        NOTHING_TAKEN | taking(UNRECOGNIZED) | {SYMPTOMS: ["stiffness"]},
    ),
    unmet("S12", "symptoms not answered and nothing taken", NOTHING_TAKEN | {SYMPTOMS: ABSENT}),
    unknown("S12", "symptoms not answered while venlafaxine is taken", {SYMPTOMS: ABSENT}, SYMPTOMS),
    *drug_set("S12", SEROTONERGIC, ["bupropion", "lamotrigine", "aripiprazole", "levothyroxine"], TWO),
    unknown(
        "S12",
        "the trials were not answered",
        TWO | {TRIALS: ABSENT},
        TRIALS,
        LIST,
    ),
    unmet("S12", "the only serotonergic trial has stopped", TWO | trials(*STOPPED)),
    met(
        "S12",
        "a serotonergic trial of an earlier episode is still taken",
        TWO | trials(SERTRALINE, trial("Celexa", 20, this_episode="no", still_taking="yes")),
    ),
    met(
        "S12",
        "a combination partner is still taken",
        TWO | trials(SERTRALINE, VENLAFAXINE | {"added_to_another": "yes"}),
    ),
]

CHEST = "health.chest_pain_or_stroke_signs_now"
PRESSURE = [
    met("S14", "systolic 180", bp(180, 78)),
    met("S14", "systolic 230", bp(230, 78)),
    met("S14", "diastolic 120", bp(122, 120)),
    met("S14", "systolic 180 and diastolic not known", bp(180, ABSENT)),
    met("S14", "diastolic 120 and systolic not known", bp(ABSENT, 120)),
    met("S14", "systolic 180 while chest pain is not sure", bp(180, 78) | {CHEST: "not_sure"}),
    met("S14", "chest pain or stroke signs at a normal pressure", {CHEST: "yes"}),
    met("S14", "chest pain or stroke signs at an unknown pressure", bp(ABSENT, ABSENT) | {CHEST: "yes"}),
    unmet("S14", "179 over 119", bp(179, 119)),
    unmet("S14", "normal pressure and no signs", {CHEST: "no"}),
    unknown(
        "S14", "the pressure is not known", bp(ABSENT, ABSENT), "health.bp_systolic", "health.bp_diastolic"
    ),
    unknown("S14", "the systolic is not known", bp(ABSENT, 78), "health.bp_systolic"),
    unknown("S14", "the diastolic is not known", bp(122, ABSENT), "health.bp_diastolic"),
    unknown("S14", "chest pain or stroke signs is not sure", {CHEST: "not_sure"}, CHEST),
    unknown("S14", "chest pain or stroke signs was not answered", {CHEST: ABSENT}, CHEST),
]

BORN = "about.date_of_birth"  # the base is submitted on 2026-11-20
FOURTEEN, FIFTEEN = {BORN: "2011-11-21"}, {BORN: "2011-11-20"}
SEVENTEEN, EIGHTEEN = {BORN: "2008-11-21"}, {BORN: "2008-11-20"}
TWENTY_FOUR, TWENTY_FIVE = {BORN: "2001-11-21"}, {BORN: "2001-11-20"}
AGES = [
    met("S15", "fifteen tomorrow", FOURTEEN),
    met("S15", "nine years old", {BORN: "2017-01-01"}),
    unmet("S15", "fifteen today", FIFTEEN),
    unmet("S15", "eighteen on the day it was submitted", FOURTEEN | {"submitted_on": "2029-11-21"}),
    unmet("S15", "an adult", {}),
    met("S16", "fifteen today", FIFTEEN),
    met("S16", "sixteen", {BORN: "2010-06-01"}),
    met("S16", "eighteen tomorrow", SEVENTEEN),
    unmet("S16", "fifteen tomorrow", FOURTEEN),
    unmet("S16", "eighteen today", EIGHTEEN),
    met("S17", "eighteen today", EIGHTEEN),
    met("S17", "twenty", {BORN: "2006-06-01"}),
    met("S17", "twenty-five tomorrow", TWENTY_FOUR),
    met("S17", "eighteen on the day it was submitted", FOURTEEN | {"submitted_on": "2029-11-21"}),
    unmet("S17", "eighteen tomorrow", SEVENTEEN),
    unmet("S17", "twenty-five today", TWENTY_FIVE),
]

SEX = "about.sex_at_birth"


def skipped_for_men(rule: str, path: str, words: str) -> list[Case]:
    return [
        *yes_no(rule, path, words),
        unmet(rule, f"{words} was skipped for sex male", {SEX: "male", path: ABSENT}),
        met(rule, f"{words} is answered yes by an intersex person", {SEX: "intersex", path: "yes"}),
        unknown(
            rule, f"{words} is not answered by an intersex person", {SEX: "intersex", path: ABSENT}, path
        ),
        unknown(
            rule, f"{words} is not answered where sex is declined", {SEX: "declined", path: ABSENT}, path
        ),
        unknown(rule, f"{words} and sex are not answered", {SEX: ABSENT, path: ABSENT}, path, SEX),
    ]


REPRODUCTION = [
    *skipped_for_men("S18", "health.pregnant", "pregnant"),
    *skipped_for_men("S19", "health.breastfeeding", "breastfeeding"),
    *skipped_for_men("S20", "health.could_become_pregnant", "could become pregnant"),
]

CASES: list[Case] = [
    *SCREENER,
    *SUICIDE_SCREENS,
    *STATES_OF_MIND_AND_BODY,
    *SEROTONIN,
    *PRESSURE,
    *AGES,
    *REPRODUCTION,
]
