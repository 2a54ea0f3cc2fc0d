"""One action of a story, and the short runs of actions that many stories share."""

from dataclasses import dataclass, field
from typing import Any

PATIENT = "the patient"


@dataclass(frozen=True, slots=True)
class Step:
    """One action. ``when`` is "+2 10:15", two days after the form arrived by the clinic's clock, or "40 min",
    so long after the step before. ``action`` is a key of ``treatments.demo.actions``; ``arguments`` what it takes.
    """

    when: str
    who: str
    action: str
    arguments: dict = field(default_factory=dict)


def step(when: str, who: str, action: str, **arguments) -> Step:
    return Step(when, who, action, arguments)


def wrote(when: str, text: str) -> tuple[Step, ...]:
    """The patient sends a message on the status page."""
    return (step(when, PATIENT, "write", text=text),)


def added(when: str, **given: str) -> tuple[Step, ...]:
    """The patient tells part two, a page of it; ``given`` is by paths, with two underscores for the dot."""
    return (
        step(when, PATIENT, "add", given={path.replace("__", "."): told for path, told in given.items()}),
    )


def said_by_phone(when: str, given: dict[str, Any], **notes: str) -> tuple[Step, ...]:
    """Cora writes down what the patient says on the phone; ``notes`` are by paths, two underscores for the dot."""
    beside = {path.replace("__", "."): words for path, words in notes.items()}
    said = {"as_told_by": "patient", "how": "phone", "birth_date_said": True}
    return (step(when, "cora", "record_answer", given=given, notes=beside, **said),)


def asked_and_answered(
    when: str, message: str, fields: tuple[str, ...], later: str, given: dict[str, Any]
) -> tuple[Step, ...]:
    """Cora asks the patient something, who answers ``given``."""
    return (
        step(when, "cora", "ask_patient", fields=fields, message=message),
        step(later, PATIENT, "answer", given=given),
    )


def read_and_claimed(when: str, who: str = "cora") -> tuple[Step, ...]:
    return step(when, who, "open"), step("4 min", who, "claim")


def routed(when: str, *treatments: str, why: str = "", who: str = "cora") -> tuple[Step, ...]:
    return (step(when, who, "route", treatments=treatments, reason=why),)


def taken_on(when: str, who: str, treatment: str) -> tuple[Step, ...]:
    return (
        step(when, who, "open", treatment=treatment),
        step("9 min", who, "accept", treatment=treatment),
    )


def answered(when: str, done: str, who: str = "clara") -> tuple[Step, ...]:
    """Somebody is on the alert, speaks with the person and closes it."""
    return (
        step(when, who, "take_alert"),
        step("7 min", who, "close_alert", reached="person", done=done),
    )


def assessed_risk(
    when: str, level: str, next_steps: str, ideation: str, *, hold: str = "release", **more: object
) -> tuple[Step, ...]:
    """A clinician who has spoken with the person records the risk; ``hold`` is what becomes of the hold.

    ``check_in_hours`` among the rest says when Clara looks again.
    """
    recorded = {
        "ideation": ideation,
        "plan": "None.",
        "intent": "None; would call someone first.",
        "behavior": "None in the past three months.",
        "risk_factors": "Long episode, poor sleep, little work at present.",
        "protective_factors": "Close family, wants treatment, keeps appointments.",
        "next_steps": next_steps,
    }
    asked = {"recorded": recorded, "level": level, "how": "phone", "hold": hold, **more}
    return step(when, "clara", "open"), step("35 min", "clara", "assess_risk", **asked)


def released(when: str, next_steps: str, ideation: str) -> tuple[Step, ...]:
    """The risk is low, and the hold is released."""
    return assessed_risk(when, "low", next_steps, ideation)


def kept_at_high(when: str, ideation: str) -> tuple[Step, ...]:
    steps = "Sister stays the night, tablets locked away, safety plan gone through."
    return assessed_risk(when, "high", steps, ideation, hold="keep", check_in_hours=30)


def released_at_high(when: str, ideation: str) -> tuple[Step, ...]:
    steps = "Brother stays the week, medicines locked away, a call each evening."
    more: dict[str, Any] = {
        "check_in_hours": 40,
        "release_at_high": True,
        "carried_by": "Her brother, with Clara Testa",
    }
    return assessed_risk(when, "high", steps, ideation, **more)
