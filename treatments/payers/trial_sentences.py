"""The arithmetic of trials, medicines and therapies in one sentence each, for staff."""

from collections.abc import Iterable, Mapping
from typing import Any

from intake.drugs import shown as dose_shown
from intake.fields import lookup
from intake.fields.treatments_tried import BENEFITS
from treatments.payers import counted
from treatments.payers.case import View
from treatments.payers.counted import Measure, Part, measure_of
from treatments.payers.therapies import courses_of, types_of
from treatments.payers.trial_dates import dates_to_check
from treatments.rules.criteria.therapy import LABELS
from treatments.rules.logic import Answer
from treatments.rules.medicines import text_of
from treatments.rules.trial import TRIALS, Trial

Params = Mapping[str, Any]

# What a part of a trial is called where it is not so, and where it is not known.
FALSE = {
    "counts": "not an antidepressant that counts",
    "augments": "not an augmentation of this kind",
    "alone": "added to another medicine",
    "dose": "dose too low",
    "weeks": "not long enough",
    "episode": "another episode",
    "taken": "not taken on most days",
    "benefit": "helped more than that",
    "stopped": "still taken",
    "side_effects": "not stopped for side effects",
    "short": "long enough at a dose that counts",
}
UNKNOWN = {
    "drug": "name not recognized",
    "dose_mg": "dose not known",
    "weeks": "weeks not known",
    "taken_most_days": "not known whether taken on most days",
    "improvement": "benefit not known or faded",
    "this_episode": "episode not known",
    "still_taking": "not known whether still taken",
    "stopped_because": "reason for stopping not known",
    "added_to_another": "not known whether added to another medicine",
    "added_to": "not known what it was added to",
    "type": "type not known",
    "sessions": "sessions not known",
    "max_tolerated": "not known whether the highest tolerated dose",
}


def _trial_words(trial: Trial) -> str:
    """``Sertraline 150 mg, 10 weeks, less than 25 % better``, as far as it was answered."""
    name = trial.drug.generic if trial.drug else trial.typed.strip() or "a medicine not named"
    dose = trial.dose_mg
    if dose is not None:
        name += f" {dose_shown(trial.drug, dose) if trial.drug else f'{dose:.10g} mg'}"
    parts = [name[:1].upper() + name[1:]]
    if trial.weeks is not None:
        parts.append(f"{trial.weeks:.10g} {'week' if trial.weeks == 1 else 'weeks'}")
    if dates := dates_to_check(trial.entry):
        parts.append(f"{dates} (check)")
    benefit = BENEFITS.get(trial.entry.get("improvement"))
    return ", ".join([*parts, *([benefit.words] if benefit else [])])


def _verdict(ways: Iterable[list[Part]]) -> str:
    """What came of a trial in the ways in which it may count."""
    lacking: list[str] = []
    open_paths: list[str] = []
    for parts in ways:
        values = [answer.value for _name, answer in parts]
        if all(values):
            return "counts"
        if False not in values:
            open_paths += [path for _name, answer in parts if answer.value is None for path in answer.paths]
        lacking.append(next((FALSE[name] for name, answer in parts if answer.value is False), ""))
    if open_paths:
        return "; ".join(dict.fromkeys(_not_known(path) for path in open_paths))
    return f"does not count ({lacking[0]})"


def _not_known(path: str) -> str:
    key = path.rpartition(".")[2]
    return UNKNOWN.get(key, f"{key.replace('_', ' ')} not known")


def _of_trials(view: View, ways: Mapping[int, list[list[Part]]], needed: str) -> str:
    said = [_about(view, trial, ways[trial.place]) for trial in view.facts.trials.listed]
    if not said:
        said = ["No trial was entered."]
    more = view.facts.trials.forgotten
    if more and view.entries_of(TRIALS) is None:
        said = ["What was tried is not known."]
    elif more:
        said.append("There may be more that are not remembered.")
    return " ".join([*said, needed])


def _about(view: View, trial: Trial, ways: list[list[Part]]) -> str:
    if view.case.differs([counted.entry_path(trial)]):
        given = lookup.answer(view.case.document, TRIALS)
        return f"{text_of(given[trial.place]) or 'A medicine not named'}: the record differs."
    verdict = _verdict(ways)
    if trial.dose_mg is not None:
        verdict = verdict.replace(UNKNOWN["dose_mg"], "dose to be checked")
    return f"{_trial_words(trial)}: {verdict}."


def failures(view: View, params: Params, answer: Answer) -> str:
    measure = measure_of(params, this_episode=True)
    ways = {trial.place: _failure_ways(view, trial, measure) for trial in view.facts.trials.listed}
    classes = params.get("classes", 1)
    asked = f"{params.get('n', classes)} needed" + (f", of {classes} classes." if classes > 1 else ".")
    return _of_trials(view, ways, asked)


def _failure_ways(view: View, trial: Trial, measure: Measure) -> list[list[Part]]:
    ways = [counted.failed_parts(view, trial, measure)]
    if measure.intolerance:
        ways.append(counted.intolerant_parts(trial, measure, ("counts", trial.counts), by_dose=True))
    if measure.augmentation != "no":
        augments = counted.augments_at_all(trial, approved=measure.augmentation == "approved")
        ways.append(counted.augmenting_parts(trial, measure, augments))
    return ways


def intolerances(view: View, params: Params, answer: Answer) -> str:
    measure = measure_of(params, this_episode=False)
    ways = {
        trial.place: [counted.intolerant_parts(trial, measure, ("counts", trial.counts), by_dose=True)]
        for trial in view.facts.trials.listed
    }
    return _of_trials(view, ways, f"{params['n']} not tolerated needed.")


def augmentations(view: View, params: Params, answer: Answer) -> str:
    measure = measure_of(params, this_episode=False)
    ways = {}
    for trial in view.facts.trials.listed:
        augments = counted.augments_as(trial, measure.kinds)
        ways[trial.place] = [counted.augmenting_parts(trial, measure, augments)]
        if measure.intolerance:
            part = ("augments", augments)
            ways[trial.place].append(counted.intolerant_parts(trial, measure, part, by_dose=False))
    more = "" if answer.value is not None else " A medicine taken now may be one as well."
    taken = any(path.startswith("medicines.list") for path in answer.paths)
    return _of_trials(view, ways, f"{params['n']} needed.{more if taken else ''}")


def therapy(view: View, params: Params, answer: Answer) -> str:
    courses = courses_of(view, params)
    sums: dict[str, float] = {}
    for course in courses:
        if course.type and not course.lacks:
            sums[course.type] = sums.get(course.type, 0) + course.sessions
    said = ", ".join(
        f"{LABELS.get(kind, kind)} {total:g}" for kind, total in sums.items() if kind in types_of(params)
    )
    open_words = dict.fromkeys(_not_known(path) for path in answer.paths) if answer.value is None else ()
    lacking = f" {'; '.join(open_words)}.".capitalize() if open_words else ""
    return f"Sessions that count: {said or 'none'}; {params.get('sessions', 8)} of one type needed.{lacking}"


def current_antidepressant(view: View, params: Params, answer: Answer) -> str:
    weeks = params.get("weeks", 0)
    asked = f" for {weeks:g} weeks" if weeks else ""
    failed = " that has not failed" if params.get("not_failed") else ""
    start = {True: "Takes", False: "Takes no", None: "Not known whether there is"}[answer.value]
    an = "antidepressant" if answer.value is False else "an antidepressant"
    return f"{start} {an}{failed}{asked}."
