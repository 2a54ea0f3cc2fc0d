"""A case, the base document every case starts from, and the short words the case tables are written in."""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

BASE = Path(__file__).resolve().parents[2] / "data" / "intakes" / "v01.json"


class Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class Case(NamedTuple):
    rule: str
    name: str
    changes: Mapping[str, Any]
    expect: str  # met, unmet or unknown
    ask: frozenset[str] = frozenset()  # unknown: at least one of these paths must be asked for
    hold: str | None = None  # where it differs from the rule's row; "open": the text leaves the level open
    effects: Mapping[str, str] | None = None  # where they differ from the rule's row


@cache
def _base_text() -> str:
    """V1 was written before ruleset 2026.2: what that asks besides is answered here."""
    document = json.loads(BASE.read_text(encoding="utf-8"))["document"]
    document["history"]["psychosis_ever"] = "no"
    document["substances"]["cannabis"] = "never"
    document["practical"]["can_attend_twice_weekly"] = "yes"
    document["antidepressants"]["trials"][1]["warning_signs"] = []
    return json.dumps(document)


def base_document() -> dict:
    """The straightforward intake V1, complete: no rule is left open. A fresh copy each time."""
    return json.loads(_base_text())


def changed(document: dict, changes: Mapping[str, Any]) -> dict:
    """A copy with each dotted path set, or removed where the value is ABSENT. Lists are replaced whole."""
    result = deepcopy(document)
    for path, value in changes.items():
        *parents, key = path.split(".")
        place = result
        for parent in parents:
            place = place.setdefault(parent, {})
        if value is ABSENT:
            place.pop(key, None)
        else:
            place[key] = deepcopy(value)
    return result


def met(rule: str, name: str, changes: Mapping[str, Any], **overrides: Any) -> Case:
    return Case(rule, name, changes, "met", **overrides)


def unmet(rule: str, name: str, changes: Mapping[str, Any]) -> Case:
    return Case(rule, name, changes, "unmet")


def unknown(rule: str, name: str, changes: Mapping[str, Any], *ask: str) -> Case:
    return Case(rule, name, changes, "unknown", frozenset(ask))


# Families of cases


def yes_no(rule: str, path: str, words: str) -> list[Case]:
    """The four cases of a rule that is one yes/no question."""
    return [
        met(rule, f"{words} is answered yes", {path: "yes"}),
        unmet(rule, f"{words} is answered no", {path: "no"}),
        unknown(rule, f"{words} is answered not sure", {path: "not_sure"}, path),
        unknown(rule, f"{words} is not answered", {path: ABSENT}, path),
    ]


def any_of(rule: str, alternatives: Mapping[str, str]) -> list[Case]:
    """The cases of a rule that any one of several yes/no questions fires: each counts alone."""
    cases = [unmet(rule, "every alternative is answered no", dict.fromkeys(alternatives, "no"))]
    for path, words in alternatives.items():
        others = {other: "not_sure" for other in alternatives if other != path}
        cases += [
            met(rule, f"only {words} is answered yes", {path: "yes"}),
            met(rule, f"{words} is yes and the alternatives are not sure", {**others, path: "yes"}),
            unknown(rule, f"only {words} is answered not sure", {path: "not_sure"}, path),
            unknown(rule, f"only {words} is not answered", {path: ABSENT}, path),
        ]
    return cases


NO_SUBSTANCE_CONSENT = {"consent.substance_use_agreed": "no", "substances": ABSENT}


# Answers


def trial(drug: str, dose_mg: Any = ABSENT, weeks: Any = 8, **answers: Any) -> dict:
    """A failed, adherent, stopped trial of this episode, but for the answers given. ABSENT drops a key."""
    complete = {
        "drug": drug,
        "dose_mg": dose_mg,
        "weeks": weeks,
        "taken_most_days": "yes",
        "improvement": "under_25",
        "this_episode": "yes",
        "still_taking": "no",
        "added_to_another": "no",
        "stopped_because": "no_benefit",
    } | answers
    if complete["still_taking"] == "yes":
        complete.pop("stopped_because")
    return {key: value for key, value in complete.items() if value is not ABSENT}


def trials(*entries: dict, more: int = 0) -> dict[str, Any]:
    return {"antidepressants.trials": list(entries), "antidepressants.more_not_remembered": more}


SERTRALINE = trial("sertraline", 150, 10)
VENLAFAXINE = trial("venlafaxine XR", 225, 12, still_taking="yes")
VENLAFAXINE_STOPPED = trial("venlafaxine XR", 225, 12)
STOPPED = (SERTRALINE, VENLAFAXINE_STOPPED)  # the base trials, neither of them taken now
NOTHING_TAKEN = trials(*STOPPED)
UNRECOGNIZED = "Quorvexin"


def taking(*names: str) -> dict[str, Any]:
    return {"medicines.list": [{"drug": name} for name in names]}


def phq9(total: int) -> dict[str, Any]:
    """PHQ-9 answers with this total (at most 24); item 9 stays 0."""
    return {"mood.phq9": [*_spread(total, 8), 0]}


def gad7(total: int) -> dict[str, Any]:
    return {"anxiety.gad7": _spread(total, 7)}


def _spread(total: int, items: int) -> list[int]:
    answers = [min(3, max(0, total - 3 * place)) for place in range(items)]
    if sum(answers) != total:
        raise ValueError(f"{items} items cannot add up to {total}")
    return answers


def cssrs(**answers: Any) -> dict[str, Any]:
    """The whole screener: q1, q2 and q6 are no unless said otherwise; the rest only if given."""
    complete = {"q1": "no", "q2": "no", "q6": "no"} | answers
    return {"safety.cssrs": {key: value for key, value in complete.items() if value is not ABSENT}}


def bp(systolic: Any, diastolic: Any) -> dict[str, Any]:
    return {"health.bp_systolic": systolic, "health.bp_diastolic": diastolic}


# Medicines

LIST = "medicines.list"
TRIALS = "antidepressants.trials"
MORE = "antidepressants.more_not_remembered"


def drug_set(
    rule: str,
    members: Iterable[str],
    others: Iterable[str],
    also: Mapping[str, Any] | None = None,
) -> list[Case]:
    """The cases of a rule that a current medicine of one set fires, given the other changes it needs."""
    members = list(members)
    start = {**NOTHING_TAKEN, **(also or {})}
    now = trial(members[0], still_taking="yes")
    return [
        *[met(rule, f"{name} is in the medicine list", start | taking(name)) for name in members],
        *[
            unmet(rule, f"{name} in the medicine list is not a member", start | taking(name))
            for name in others
        ],
        unmet(rule, "nothing is taken now", start | taking()),
        met(
            rule,
            f"{members[1]} is in the list beside an unrecognized medicine",
            start | taking(UNRECOGNIZED, members[1]),
        ),
        met(rule, f"a trial of {members[0]} is still taken", start | trials(*STOPPED, now)),
        unmet(
            rule,
            f"a trial of {members[0]} is no longer taken",
            start | trials(*STOPPED, now | {"still_taking": "no"}),
        ),
        unknown(
            rule,
            f"a trial of {members[0]} may still be taken",
            start | trials(*STOPPED, trial(members[0], still_taking=ABSENT)),
            LIST,
            TRIALS,
        ),
        unknown(rule, "a medicine in the list is not recognized", start | taking(UNRECOGNIZED), LIST),
        unknown(
            rule,
            "a trial still taken is not recognized",
            start | trials(*STOPPED, trial(UNRECOGNIZED, 20, still_taking="yes")),
            LIST,
            TRIALS,
        ),
        unmet(
            rule,
            "a trial not recognized is no longer taken",
            start | trials(*STOPPED, trial(UNRECOGNIZED, 20)),
        ),
        unknown(rule, "the medicine list was not answered", start | {LIST: ABSENT}, LIST),
    ]
