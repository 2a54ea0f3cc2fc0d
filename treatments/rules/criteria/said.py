"""Short words for answers, so that a rule that reads several says in its reason which of them held."""

from collections.abc import Iterable

from treatments.rules.facts import Facts

YES: dict[str, str] = {
    # S07, S09, S11
    "history.hears_or_sees": "hears or sees things that others do not",
    "history.feels_plotted_against": "feels plotted against or controlled",
    "history.deserves_punishment": "believes they deserve punishment",
    "history.voices_command": "voices tell them to hurt themselves or others",
    "history.high_now": "unusually high or irritable now",
    "history.little_sleep_not_tired": "sleeps little and is not tired",
    "history.high_period": "a period of being unusually high",
    "history.high_trouble": "trouble from such a period",
    "history.antidepressant_high": "became high on an antidepressant",
    # S13, T08, E11, E12
    "substances.withdrawal_symptoms": "withdrawal symptoms now",
    "substances.stopped_heavy_use_last_7_days": "stopped suddenly within 7 days what was used heavily or daily",
    "substances.recent_binge": "a recent binge",
    "substances.past_substance_use_disorder": "a past problem with alcohol or drugs",
    "substances.substance_use_disorder_now": "a problem with alcohol or drugs now",
    "substances.ketamine_misuse_now": "misuses ketamine now",
    "history.sleep_under_4h": "sleeps under four hours",
    # T01 to T06, E07, E16, D11
    "health.metal_in_head_or_neck": "metal in the head or neck",
    "health.cochlear_implant": "a cochlear implant",
    "health.brain_or_nerve_stimulator": "a brain or nerve stimulator",
    "health.metallic_face_tattoo": "a face tattoo with metallic ink",
    "health.pacemaker_or_defibrillator": "a pacemaker or defibrillator",
    "other_treatments.vns.had": "VNS before",
    "other_treatments.vns.now": "VNS now",
    "other_treatments.tms.now": "TMS now",
    "other_treatments.ect.now": "ECT now",
    "other_treatments.ketamine.now": "Spravato or ketamine now",
    "other_treatments.ketamine.severe_dissociation": "severe dissociation under ketamine",
    "health.seizure_ever": "a seizure",
    "health.stroke": "a stroke",
    "health.brain_tumour_or_surgery": "a brain tumor or brain surgery",
    "health.raised_pressure_in_skull": "raised pressure in the skull",
    "health.head_injury_unconscious": "a head injury with loss of consciousness",
    "health.fainting": "fainting",
    "health.family_epilepsy": "epilepsy in the family",
    "health.high_blood_pressure": "high blood pressure",
    "health.heart_disease": "heart disease",
    "health.memory_disorder": "a memory disorder",
    "health.eating_disorder": "an eating disorder",
    # T14, D03
    "health.ocd": "obsessive-compulsive disorder",
    "reason.wants_to_stop_smoking": "wants to stop smoking",
    "health.thyroid_disease": "thyroid disease",
    "health.anaemia": "anemia",
    "health.vitamin_deficiency": "a vitamin deficiency",
    "health.sleep_apnoea": "sleep apnea",
    "health.chronic_pain": "chronic pain",
    "health.autoimmune_disease": "an autoimmune disease",
    "health.steroid_interferon_isotretinoin": "a steroid, interferon or isotretinoin",
    # E15
    "practical.must_drive_same_day": "must drive the same day",
}
NO: dict[str, str] = {
    "practical.ride_home": "no ride home",
    "practical.can_stay_2_hours": "cannot stay two hours",
}


def said_yes(facts: Facts, paths: Iterable[str]) -> list[str]:
    """What was answered yes among the paths, in words."""
    return [YES[path] for path in paths if facts.yes(path).value]


def said_no(facts: Facts, paths: Iterable[str]) -> list[str]:
    return [NO[path] for path in paths if facts.no(path).value]


def sentence(*parts: str) -> str:
    """Words as a sentence: "A stroke, fainting."; empty for none."""
    text = ", ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""
