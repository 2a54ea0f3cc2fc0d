"""Intake documents for tests: a complete one with changes by path, and a hypothesis strategy for any.

The strategy is built from the declared fields, so that a new field is tried as soon as it exists.
"""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from intake.fields import LANGUAGES, SECTIONS, Field, Kind

INTAKES = Path(__file__).parent / "data" / "intakes"
ABSENT = object()
"""As a change: take the answer away."""

KEPT = {"format", "submitted_on", "about.first_name", "about.last_name", "about.phone", "about.email"}
DRUGS = (
    "sertraline", "Celexa", "Lexapro", "venlafaxine XR", "Wellbutrin", "Auvelity", "Exxua", "Nardil",
    "amitriptyline", "Remeron", "Spravato", "Zurzuvae", "lithium", "Abilify", "Symbyax", "Adderall",
    "tramadol", "klonopin", "linezolid", "sumatriptan", "ibuprofen", "the blue pill", "",
)  # fmt: skip
NUMBERS = (0, 1, 2, 3, 4, 5, 6, 8, 12, 13, 24, 25, 26, 50, 75, 90, 91, 120, 150, 179, 180, 225, 300)
BIRTHDAYS = ("1930-01-01", "1984-05-14", "2001-11-20", "2001-11-21", "2008-11-20", "2009-06-01", "2014-02-28")


@cache
def _text(name: str) -> str:
    return (INTAKES / f"{name}.json").read_text(encoding="utf-8")


def worked_example(name: str) -> dict:
    """{"document", "expect"} of a worked example, by the name of its file."""
    return json.loads(_text(name))


def complete_document(**changes: Any) -> dict:
    """The first worked example, every question answered, with `changes` by path.

    `complete_document(**{"history.bipolar_diagnosis": "yes", "health.stroke": ABSENT})`
    """
    document = worked_example("v01")["document"]
    document["reason"]["interested_in"] = ["tms"]
    # What ruleset 2026.2 asks besides.
    document["history"]["psychosis_ever"] = "no"
    document["substances"]["cannabis"] = "never"
    document["practical"]["can_attend_twice_weekly"] = "yes"
    document["antidepressants"]["trials"][1]["warning_signs"] = []
    return with_changes(document, **changes)


def with_changes(document: dict, **changes: Any) -> dict:
    """A copy with the answers at these paths replaced, or taken away where the change is ABSENT."""
    document = deepcopy(document)
    for path, value in changes.items():
        *groups, key = path.split(".")
        place = document
        for group in groups:
            place = place.setdefault(group, {})
        if value is ABSENT:
            place.pop(key, None)
        else:
            place[key] = deepcopy(value)
    return document


# As changes: who the person is and what they agreed to, and no more.
NEARLY_EMPTY = {
    f"{section}.{key}": ABSENT
    for section, answers in complete_document().items()
    if isinstance(answers, dict) and section != "consent"
    for key in answers
    if f"{section}.{key}" not in KEPT | {"about.date_of_birth"}
}


def trial(drug: str = "sertraline", **answers: Any) -> dict:
    """A trial of this episode that was adequate and failed, unless told otherwise; ABSENT leaves a key out."""
    complete = {
        "drug": drug,
        "dose_mg": 150,
        "weeks": 10,
        "taken_most_days": "yes",
        "improvement": "under_25",
        "this_episode": "yes",
        "still_taking": "no",
        "added_to_another": "no",
        "stopped_because": "no_benefit",
        **answers,
    }
    return {key: value for key, value in complete.items() if value is not ABSENT}


def with_trials(*trials: dict, more: Any = 0, **changes: Any) -> dict:
    """The complete document with these trials and so many not remembered (ABSENT for not answered)."""
    return complete_document(
        **{"antidepressants.trials": list(trials), "antidepressants.more_not_remembered": more, **changes}
    )


# As changes: somebody who has tried much, takes much, and says much: more than anybody in the demonstration.
FULLEST: dict[str, Any] = {
    "reason.goals": "To sleep, to work, and to be there for my children again. " * 12,
    "practical.insurer": "The Mutual Company of the Northern Plains",
    "practical.plan": "Silver plan with a long name",
    "practical.best_times": "Mornings before ten, or Thursdays after four when my sister is here. " * 3,
    "antidepressants.trials": [
        trial(drug, started="2019-03", stopped="2019-11", stopped_because="side_effects")
        for drug in (
            "sertraline",
            "venlafaxine",
            "bupropion",
            "nortriptyline",
            "phenelzine",
            "a long unread name",
        )
    ]
    * 2,
    "medicines.list": [
        {"drug": drug, "dose": "10 mg", "how_often": "Once a day"}
        for drug in (
            "lorazepam",
            "zolpidem",
            "lisinopril",
            "metformin",
            "bupropion",
            "oxycodone",
            "levothyroxine",
        )
    ],
    "medicines.allergies": [{"substance": "latex", "reaction": "a rash on both arms"}] * 4,
    "other_treatments.therapy": [{"type": "cbt", "sessions": 20, "improvement": "under_25"}] * 4,
    "safety.cssrs": dict.fromkeys(("q1", "q2", "q3", "q4", "q5", "q6", "q6_recent"), "yes"),
    "safety.harm_to_others": "yes",
    "history.hears_or_sees": "yes",
    "history.feels_plotted_against": "not_sure",
    "history.voices_command": "yes",
    "history.sleep_under_4h": "yes",
    "health.seizure_ever": "yes",
    "health.seizure_details": "Two in childhood, one after a party in 2012. " * 6,
    "health.metal_in_head_or_neck": "yes",
    "health.metal_details": "A clip from an operation in 2009, said to be safe. " * 6,
    "health.stroke": "not_sure",
    "health.heart_disease": "yes",
    "health.pacemaker_or_defibrillator": "yes",
    "health.head_injury_unconscious": "yes",
    "health.eating_disorder": "yes",
    "health.ptsd_diagnosis": "yes",
    "other_treatments.tms": {"had": "yes", "improvement": "25_49", "serious_event": "yes", "now": "not_sure"},
    "other_treatments.ketamine": {
        **{"had": "yes", "kind": "iv", "improvement": "under_25", "tolerated": "yes"},
        **{"severe_dissociation": "yes", "now": "no"},
    },
}


@st.composite
def documents(draw: st.DrawFn) -> dict:
    """Any valid document: a worked example with any of its answers changed, taken away or added."""
    document = worked_example(draw(st.sampled_from(("v01", "v03", "v12"))))["document"]
    for path in draw(st.lists(st.sampled_from(PATHS), max_size=25, unique=True)):
        document = with_changes(document, **{path: draw(st.one_of(st.just(ABSENT), ANSWERS[path]))})
    return document


def _answer(field: Field, path: str) -> st.SearchStrategy | None:
    """A strategy for one field's answers; None for what no rule can turn on."""
    match field.kind:
        case Kind.CHOICE:
            return st.sampled_from(field.values)
        case Kind.MANY:
            return st.lists(st.sampled_from(field.values), unique=True, max_size=4)
        case Kind.NUMBER:
            low, high = field.low, field.high
            fits = [n for n in NUMBERS if n >= low and (high is None or n <= high)]
            return st.sampled_from([*fits, None] if field.nullable else fits)
        case Kind.ITEMS:
            points = [st.sampled_from(part.values) for part in field.parts]
            if field.nullable:
                points = [st.one_of(point, st.none()) for point in points]
            return st.tuples(*points).map(list)
        case Kind.ENTRIES:
            return st.lists(_entry(field, path), max_size=4)
        case Kind.DATE if path == "about.date_of_birth":
            return st.sampled_from(BIRTHDAYS)
        case Kind.TEXT if field.key in ("drug", "added_to"):
            return st.sampled_from(DRUGS)
    return None


def _entry(field: Field, path: str) -> st.SearchStrategy:
    parts = {part.key: _answer(part, f"{path}.{part.key}") for part in field.parts}
    usable = {key: strategy for key, strategy in parts.items() if strategy is not None}
    usable.pop("weeks_choice", None)  # it must fit the weeks
    return st.fixed_dictionaries({}, optional=usable)


def _fields() -> dict[str, Field]:
    found = {}
    for section, fields in SECTIONS.items():
        for field in fields:
            path = f"{section}.{field.key}"
            if field.kind is Kind.GROUP:
                found |= {f"{path}.{part.key}": part for part in field.parts}
            else:
                found[path] = field
    return found


def _answers() -> dict[str, st.SearchStrategy]:
    answers = {path: _answer(field, path) for path, field in _fields().items() if path not in KEPT}
    return {path: strategy for path, strategy in answers.items() if strategy is not None}


ANSWERS: dict[str, st.SearchStrategy] = {**_answers(), "language": st.sampled_from(LANGUAGES)}
"""A strategy for the answers of every field that a rule may read, by path."""

NEVER_TAKEN_AWAY = {"about.date_of_birth"}
ANSWERS["about.date_of_birth"] = st.sampled_from(BIRTHDAYS)
PATHS = sorted(set(ANSWERS) - NEVER_TAKEN_AWAY)


def is_unknown(document: dict, path: str) -> bool:
    """Whether nothing, or nothing certain, is answered at this path."""
    place: Any = document
    for key in path.split("."):
        place = place.get(key) if isinstance(place, dict) else None
    return place is None or place in ("not_sure", "declined")
