"""Rules S07-S11 and S21: psychosis, catatonia, mania, bipolar disorder and harm to others."""

from intake.fields.urgency import SAME_DAY, URGENT
from treatments.rules.criteria.rule import CAUTION, CLINICIAN_FIRST, Hold, Rule
from treatments.rules.criteria.said import said_yes, sentence
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, known
from treatments.rules.staging import PSYCHOSIS, psychosis

VOICES = "history.voices_command"
NOT_EATING = "history.not_eating_or_moving"
MANIA_NOW = ("history.high_now", "history.little_sleep_not_tired")
DIAGNOSIS = "history.bipolar_diagnosis"
BIPOLAR_SIGNS = (
    "history.high_period",
    "history.high_trouble",
    "history.antidepressant_high",
)
HARM_TO_OTHERS = "safety.harm_to_others"


def urgent_when_voices_command(facts: Facts) -> Hold:
    """Same day; urgent when voices command harm."""
    return URGENT if facts.yes(VOICES).value else SAME_DAY


def not_eating_or_moving(facts: Facts) -> Answer:
    return facts.yes(NOT_EATING)


def mania_now(facts: Facts) -> Answer:
    return any_of(*(facts.yes(path) for path in MANIA_NOW))


def bipolar_diagnosis(facts: Facts) -> Answer:
    return facts.yes(DIAGNOSIS)


def bipolar_history_without_diagnosis(facts: Facts) -> Answer:
    """Signs of one's own; a diagnosis that is not known is not yes, and S10 asks for it."""
    signs = any_of(*(facts.yes(path) for path in BIPOLAR_SIGNS))
    return all_of(signs, known(not facts.bipolar, DIAGNOSIS))


def harm_to_others(facts: Facts) -> Answer:
    return facts.yes(HARM_TO_OTHERS)


def _what_the_voices_say(facts: Facts) -> str:
    signs = sentence(*said_yes(facts, PSYCHOSIS))
    open_question = (
        "Whether voices command harm is not known: ask." if facts.yes(VOICES).value is None else ""
    )
    return f"{signs} {open_question}".strip()


def _mania_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, MANIA_NOW))


def _signs_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, BIPOLAR_SIGNS))


MIND = (
    Rule(
        id="S07",
        condition="A sign of psychosis now: hears or sees things, feels plotted against, believes they deserve "
        "punishment, or voices command harm",
        predicate=psychosis,
        reads=PSYCHOSIS,
        effects={"tms": CLINICIAN_FIRST, "spravato": CAUTION, "psychotherapy": CAUTION},
        hold=urgent_when_voices_command,
        reason="Reports a sign of psychosis now. TMS policies exclude current psychosis; Spravato only if the "
        "benefit outweighs the risk; structured psychotherapy comes after psychosis subsides.",
        shown=_what_the_voices_say,
        sources=("T7", "T8", "E5", "G1", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S08",
        condition="Has stopped eating or drinking, or can hardly move or speak",
        predicate=not_eating_or_moving,
        reads=(NOT_EATING,),
        effects={"tms": CLINICIAN_FIRST, "spravato": CLINICIAN_FIRST, "psychotherapy": CAUTION},
        hold=URGENT,
        reason="Possible catatonia or life-threatening depression: emergency care, and guidelines name ECT.",
        sources=("G2", "G1", "S0", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S09",
        condition="Mania or hypomania now: unusually high, or sleeping little and not tired, last two weeks",
        predicate=mania_now,
        reads=MANIA_NOW,
        effects={"tms": CLINICIAN_FIRST, "spravato": CLINICIAN_FIRST, "psychotherapy": CAUTION},
        hold=SAME_DAY,
        reason="Reports a sign of mania now. The indications here are unipolar depression, and both TMS and "
        "antidepressants can trigger mania.",
        shown=_mania_shown,
        sources=("S3", "T12", "T1", "proposed"),
        reviewed="2026-11-20",
        verified=False,
    ),
    Rule(
        id="S10",
        condition="Bipolar disorder diagnosed (self-report)",
        predicate=bipolar_diagnosis,
        reads=(DIAGNOSIS,),
        effects={"tms": CLINICIAN_FIRST, "spravato": CLINICIAN_FIRST},
        reason="Reports a bipolar diagnosis. TMS and esketamine are indicated in major depressive disorder; one "
        "payer's TMS policy excludes bipolar disorder, another covers it. Mood stabilizer to be reviewed: "
        "medication consult.",
        sources=("T9", "P11", "S1", "S3", "E3"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="S11",
        condition="A sign of bipolar disorder of one's own in the past, and no diagnosis (no, not sure or not "
        "answered); family history alone is D15",
        predicate=bipolar_history_without_diagnosis,
        reads=(*BIPOLAR_SIGNS, DIAGNOSIS),
        effects={"tms": CAUTION, "spravato": CAUTION},
        reason="Possible bipolar spectrum: settle the diagnosis first.",
        shown=_signs_shown,
        sources=("S1", "S2", "S3"),
        reviewed="2026-11-29",
    ),
    Rule(
        id="S21",
        condition="Thoughts of harming someone else",
        predicate=harm_to_others,
        reads=(HARM_TO_OTHERS,),
        effects={"tms": CAUTION, "spravato": CAUTION},
        hold=URGENT,
        reason="Reports thoughts of harming someone else: follow the clinic's duty-to-protect protocol.",
        sources=("proposed",),
        reviewed="2026-11-20",
        verified=False,
    ),
)
