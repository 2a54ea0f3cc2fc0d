"""Rules T01-T09 and T11: what may make TMS unsafe. A yes is weighed; it refuses nobody."""

from treatments.rules.criteria.memory import from_memory
from treatments.rules.criteria.rule import CAUTION, CLINICIAN_FIRST, Rule
from treatments.rules.criteria.said import said_yes, sentence
from treatments.rules.criteria.shared import (
    AUDIT_C,
    MEDICINE_FIELDS,
    TMS,
    VNS,
    any_yes,
    contains_bupropion,
    lowers_seizure_threshold,
    stops_seizures,
    takes_shown,
)
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer, any_of
from treatments.rules.thresholds import AUDIT_C_HEAVY_FROM

METAL = (
    "health.metal_in_head_or_neck",
    "health.cochlear_implant",
    "health.brain_or_nerve_stimulator",
    "health.metallic_face_tattoo",
    f"{VNS}.had",
    f"{VNS}.now",
)
HEART_DEVICES = ("health.pacemaker_or_defibrillator", f"{VNS}.had", f"{VNS}.now")
PUMP = "health.pump_or_other_implant"
SEIZURE = "health.seizure_ever"
SEIZURE_WHEN, SEIZURE_MEDICINE = "health.seizure_when", "health.seizure_medicine"
BRAIN = (
    "health.stroke",
    "health.brain_tumour_or_surgery",
    "health.raised_pressure_in_skull",
    "health.head_injury_unconscious",
)
FAINTING = ("health.fainting", "health.family_epilepsy")
HEARING = "health.hearing_loss_or_ringing"
LITTLE_SLEEP, BINGE = "history.sleep_under_4h", "substances.recent_binge"


def metal_near_head(facts: Facts) -> Answer:
    return _any_device(facts, METAL)


def device_driven_by_the_body(facts: Facts) -> Answer:
    return _any_device(facts, HEART_DEVICES)


def _any_device(facts: Facts, paths: tuple[str, ...]) -> Answer:
    now = f"{VNS}.now"
    return any_of(facts.of_course(VNS, facts.yes(now)), *(facts.yes(path) for path in paths if path != now))


def other_implant(facts: Facts) -> Answer:
    return facts.yes(PUMP)


def seizure(facts: Facts) -> Answer:
    return facts.yes(SEIZURE)


def brain_illness_or_injury(facts: Facts) -> Answer:
    return any_yes(facts, BRAIN)


def fainting_or_family_epilepsy(facts: Facts) -> Answer:
    return any_yes(facts, FAINTING)


def threshold_lowering(facts: Facts) -> Answer:
    """A drug taken now, or one stopped lately whose stopping can bring a seizure."""
    return any_of(
        facts.medicines.takes(lowers_seizure_threshold), facts.medicines.stopped_lately(stops_seizures)
    )


def little_sleep_heavy_drinking_or_binge(facts: Facts) -> Answer:
    heavy = facts.total_at_least("audit_c", AUDIT_C, AUDIT_C_HEAVY_FROM.value)
    return any_of(facts.yes(LITTLE_SLEEP), heavy, facts.yes(BINGE))


def hearing(facts: Facts) -> Answer:
    return facts.yes(HEARING)


def tms_serious_event(facts: Facts) -> Answer:
    """A yes is kept whatever was said of having had TMS."""
    event = facts.yes(f"{TMS}.serious_event")
    return event if event.value else facts.of_course(TMS, event)


def _metal_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, METAL))


def _devices_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, HEART_DEVICES))


def _seizure_shown(facts: Facts) -> str:
    """When, and whether a medicine is taken against them; both yes are an item of the checklist."""
    lately = facts.is_one_of(SEIZURE_WHEN, "last_12_months").value
    medicine = facts.yes(SEIZURE_MEDICINE).value
    if lately and medicine:
        return "Within 12 months on a seizure medicine: an absolute item of the checklist."
    when = {True: "within 12 months", False: "longer ago", None: "not known when"}[lately]
    taken = {
        True: "takes a seizure medicine",
        False: "no seizure medicine",
        None: "not known whether on a medicine",
    }
    return f"Last seizure {when}; {taken[medicine]}."


def _brain_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, BRAIN))


def _fainting_shown(facts: Facts) -> str:
    return sentence(*said_yes(facts, FAINTING))


def _sleep_or_drink_shown(facts: Facts) -> str:
    heavy = facts.total_at_least("audit_c", AUDIT_C, AUDIT_C_HEAVY_FROM.value).value
    drinks = f"AUDIT-C {facts.scores['audit_c']['total']}" if heavy else ""
    return sentence(*said_yes(facts, (LITTLE_SLEEP, BINGE)), drinks)


def _threshold_shown(facts: Facts) -> str:
    words = [takes_shown(facts, lowers_seizure_threshold)]
    if stopped := facts.medicines.names_stopped(stops_seizures):
        words.append(f"Stopped lately: {', '.join(stopped)}.")
    if facts.medicines.names(contains_bupropion) and any_yes(facts, BRAIN).value:
        words.append("The bupropion label asks for caution after head injury, stroke or with a tumor.")
    return " ".join(filter(None, words))


SCREENING = (
    Rule(
        id="T01",
        condition="Metal or a device in or near the head, within 30 cm: implants, clips, coils, stents, "
        "stimulators or their leads, shunts, magnetic dental implants, fragments, metallic face tattoo",
        predicate=metal_near_head,
        reads=METAL,
        effects={"tms": CLINICIAN_FIRST},
        reason="Makers' contraindication: metal or a device near the coil. Some titanium or MRI-safe items may "
        "be allowed by a physician.",
        shown=_metal_shown,
        sources=("T5", "T6", "T14"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T02",
        condition="Pacemaker, defibrillator (a wearable one even if removed), VNS or another device driven by "
        "signals of the body",
        predicate=device_driven_by_the_body,
        reads=HEART_DEVICES,
        effects={"tms": CLINICIAN_FIRST},
        reason="A device driven by signals of the body is contraindicated even beyond 30 cm (Magstim), and a "
        "caution on other labels.",
        shown=_devices_shown,
        sources=("T6",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T03",
        condition="A pump or another implant away from the head",
        predicate=other_implant,
        reads=(PUMP,),
        effects={"tms": CAUTION},
        reason="Allowed as long as the coil is never within 30 cm of it.",
        sources=("T6",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T04",
        condition="Epilepsy, or any seizure ever",
        predicate=seizure,
        reads=(SEIZURE, SEIZURE_WHEN, SEIZURE_MEDICINE),
        effects={"tms": CLINICIAN_FIRST},
        reason="Policies exclude seizure disorders; a specialist may weigh it (not absolute in the IFCN list). "
        "Record the kind and the date.",
        shown=_seizure_shown,
        sources=("T7", "T8", "T14"),
        reviewed="2026-11-29",
    ),
    Rule(
        id="T05",
        condition="Stroke, brain tumor or surgery, raised pressure in the skull, or a head injury with loss of "
        "consciousness",
        predicate=brain_illness_or_injury,
        reads=BRAIN,
        effects={"tms": CAUTION, "spravato": CAUTION},
        reason="Coverage rules limit TMS in neurological illness, and esketamine raises pressure in the vessels "
        "of the brain and in the skull.",
        shown=_brain_shown,
        sources=("T7", "T14", "E2"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T06",
        condition="Fainting, or epilepsy in a parent, sibling or child",
        predicate=fainting_or_family_epilepsy,
        reads=FAINTING,
        effects={"tms": CAUTION},
        reason="On the TMS screening lists: ask what happened.",
        shown=_fainting_shown,
        sources=("T14", "T15"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T07",
        condition="Takes a drug that lowers the seizure threshold, or a stimulant; or stopped within six weeks a "
        "medicine whose sudden stop can bring a seizure",
        predicate=threshold_lowering,
        reads=(*MEDICINE_FIELDS, *BRAIN),
        effects={"tms": CAUTION},
        reason="Lowers the seizure threshold: review the combination. A systematic review found no seizures with "
        "bupropion alone; the risk is low also on such drugs: a caution, not an alarm.",
        shown=_threshold_shown,
        from_memory=from_memory("lowers_seizure_threshold", "stimulant", stopped=("stop_seizure",)),
        sources=("T4", "M14", "memory"),
        reviewed="2026-11-29",
        verified=False,
    ),
    Rule(
        id="T08",
        condition="Sleeps under four hours lately, AUDIT-C of 8 or more, or a recent binge",
        predicate=little_sleep_heavy_drinking_or_binge,
        reads=(LITTLE_SLEEP, AUDIT_C, BINGE),
        effects={"tms": CAUTION},
        reason="Lack of sleep, alcohol and drug combinations recur in reports of seizures under TMS.",
        shown=_sleep_or_drink_shown,
        sources=("T4", "T11"),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T09",
        condition="Hearing loss, or ringing in the ears",
        predicate=hearing,
        reads=(HEARING,),
        effects={"tms": CAUTION},
        reason="The coil clicks loudly: ear protection, and a hearing test.",
        sources=("T14",),
        reviewed="2026-11-20",
    ),
    Rule(
        id="T11",
        condition="Earlier TMS with a seizure or another serious event",
        predicate=tms_serious_event,
        reads=(f"{TMS}.had", f"{TMS}.serious_event"),
        effects={"tms": CLINICIAN_FIRST},
        reason="A serious event under TMS before: an absolute item on an IFCN-based checklist.",
        sources=("T14",),
        reviewed="2026-11-20",
    ),
)
