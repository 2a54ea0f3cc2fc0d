"""Rules S07-S11 and S21: psychosis, catatonia, mania, bipolar disorder and harm to others."""

from intake.fields.urgency import SAME_DAY, URGENT
from treatments.rules.criteria.rule import CAUTION, CLINICIAN_FIRST, Hold, Rule
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, all_of, any_of, negate
from treatments.rules.staging import PSYCHOSIS, psychosis

VOICES = "history.voices_command"
NOT_EATING = "history.not_eating_or_moving"
MANIA_NOW = ("history.high_now", "history.little_sleep_not_tired")
DIAGNOSIS = "history.bipolar_diagnosis"
BIPOLAR_SIGNS = (
    "history.high_period",
    "history.high_trouble",
    "history.antidepressant_high",
    "history.family_bipolar",
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
    signs = any_of(*(facts.yes(path) for path in BIPOLAR_SIGNS))
    return all_of(signs, negate(bipolar_diagnosis(facts)))


def harm_to_others(facts: Facts) -> Answer:
    return facts.yes(HARM_TO_OTHERS)


def _what_the_voices_say(facts: Facts) -> str:
    commands = facts.yes(VOICES).value
    if commands:
        return "Voices tell the person to hurt themselves or others."
    return "Whether voices command harm is not known: ask." if commands is None else ""


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
        reason="Reports a bipolar diagnosis. TMS and esketamine are indicated in major depressive disorder, and "
        "a policy excludes bipolar disorder. Mood stabilizer to be reviewed: medication consult.",
        sources=("T9", "S1", "S3", "E3"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="S11",
        condition="A sign of bipolar disorder in the past, and no diagnosis",
        predicate=bipolar_history_without_diagnosis,
        reads=(*BIPOLAR_SIGNS, DIAGNOSIS),
        effects={"tms": CAUTION, "spravato": CAUTION},
        reason="Possible bipolar spectrum: settle the diagnosis first.",
        sources=("S1", "S2", "S3"),
        reviewed="2026-11-20",
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
