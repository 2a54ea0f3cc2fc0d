"""Trials as a policy counts them: failures, intolerances and augmentations, by distinct drug and by class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intake.drugs import Drug, resolve
from treatments.payers.case import View
from treatments.payers.vocabulary import ANY, APPROVED_AUGMENTATIONS
from treatments.rules.logic import Answer, all_of, any_of, at_least, known, negate, so_many, unknown
from treatments.rules.medicines import LIST, text_of
from treatments.rules.trial import MORE, TRIALS, Trial

WEEKS = 4
Params = Mapping[str, Any]
Part = tuple[str, Answer]
"""One thing that a trial must be, by the word the sentence has for it."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a policy makes of a trial."""

    weeks: float
    is_over: bool
    max_improvement: int
    dose: str
    adherence: bool
    this_episode: bool
    intolerance: bool
    augmentation: str
    kinds: tuple[str, ...]


def measure_of(params: Params, *, this_episode: bool) -> Measure:
    """``this_episode`` is what the predicate asks where its parameters do not say."""
    return Measure(
        weeks=params.get("weeks_over", params.get("weeks", WEEKS)),
        is_over="weeks_over" in params,
        max_improvement=params.get("max_improvement", 49),
        dose=params.get("dose", "minimum"),
        adherence=params.get("adherence", False),
        this_episode=params.get("this_episode", this_episode),
        intolerance=params.get("intolerance") == "counts",
        augmentation=params.get("augmentation", "no"),
        kinds=tuple(params.get("kinds", ())),
    )


def entry_path(trial: Trial) -> str:
    return f"{TRIALS}[{trial.place}]"


def failed_parts(view: View, trial: Trial, measure: Measure) -> list[Part]:
    """What a failed trial of an antidepressant must be."""
    return [
        ("counts", trial.counts),
        ("alone", trial.alone),
        ("dose", _dose(view, trial, measure)),
        *_time_and_benefit(trial, measure),
        *([("taken", trial.taken)] if measure.adherence else []),
    ]


def augmenting_parts(trial: Trial, measure: Measure, augments: Answer) -> list[Part]:
    """What a failed trial of an augmenting drug must be: its dose is printed, not judged."""
    return [("augments", augments), *_time_and_benefit(trial, measure)]


def intolerant_parts(trial: Trial, measure: Measure, counts: Part, *, by_dose: bool) -> list[Part]:
    """What a trial not tolerated must be: stopped for side effects before it was long or high enough."""
    short = negate(long_enough(trial, measure))
    return [
        counts,
        ("stopped", _not_taken_now(trial)),
        ("side_effects", _stopped_for_side_effects(trial)),
        ("short", any_of(short, negate(trial.dose)) if by_dose else short),
        *([("episode", trial.this_episode)] if measure.this_episode else []),
    ]


def long_enough(trial: Trial, measure: Measure) -> Answer:
    if trial.weeks is None or not measure.is_over:
        return trial.lasted(measure.weeks)
    return known(trial.weeks > measure.weeks, TRIALS)


def _time_and_benefit(trial: Trial, measure: Measure) -> list[Part]:
    return [
        ("weeks", long_enough(trial, measure)),
        *([("episode", trial.this_episode)] if measure.this_episode else []),
        ("benefit", trial.failed_payer if measure.max_improvement == 25 else trial.failed_broad),
    ]


def _not_taken_now(trial: Trial) -> Answer:
    answer = trial.entry.get("still_taking")
    if answer not in ("yes", "no"):
        return unknown(f"{entry_path(trial)}.still_taking")
    return known(answer == "no", TRIALS)


def _stopped_for_side_effects(trial: Trial) -> Answer:
    reason = trial.entry.get("stopped_because")
    if reason in (None, "not_sure"):
        return unknown(f"{entry_path(trial)}.stopped_because")
    return known(reason == "side_effects", TRIALS)


def _dose(view: View, trial: Trial, measure: Measure) -> Answer:
    if measure.dose == "any":
        return known(True, TRIALS)
    if measure.dose == "minimum":
        return trial.dose
    entry = view.case.newest_entry("max_tolerated", entry_path(trial))
    if entry is not None:
        return known(entry["value"] == "yes", "entries.max_tolerated")
    return _at_the_maximum(trial)


def _at_the_maximum(trial: Trial) -> Answer:
    """Whether the dose reached the table's maximum; between that and the minimum a clinician knows."""
    enough = trial.dose
    if not enough.value or trial.drug is None:
        return enough
    most = trial.drug.canmat_max_mg or trial.drug.usual_max_mg
    reached = most is not None and at_least(trial.reading.compared_mg, most).value
    return known(True, TRIALS) if reached else unknown("entries.max_tolerated")


def meets(view: View, trial: Trial, measure: Measure) -> Answer:
    """Whether the trial failed as the policy counts, or was not tolerated where that counts."""
    answers = [_whole(failed_parts(view, trial, measure))]
    if measure.intolerance:
        answers.append(intolerant(trial, measure))
    if measure.augmentation != "no":
        augments = augments_at_all(trial, approved=measure.augmentation == "approved")
        answers.append(_whole(augmenting_parts(trial, measure, augments)))
    return any_of(*answers)


def intolerant(trial: Trial, measure: Measure) -> Answer:
    return _whole(intolerant_parts(trial, measure, ("counts", trial.counts), by_dose=True))


def augmented(trial: Trial, measure: Measure) -> Answer:
    """Whether it is a failed trial of an augmenting drug, or one not tolerated where that counts."""
    augments = augments_as(trial, measure.kinds)
    answers = [_whole(augmenting_parts(trial, measure, augments))]
    if measure.intolerance:
        answers.append(_whole(intolerant_parts(trial, measure, ("augments", augments), by_dose=False)))
    return any_of(*answers)


def _whole(parts: Iterable[Part]) -> Answer:
    return all_of(*(answer for _name, answer in parts))


def augments_at_all(trial: Trial, *, approved: bool) -> Answer:
    """Whether it is a trial of an augmenting drug, and (``approved``) of one approved to be added."""
    if trial.drug is None:
        return unknown(f"{entry_path(trial)}.drug")
    is_fine = not approved or trial.drug.generic in APPROVED_AUGMENTATIONS
    return known(is_of_kind(trial.drug, (ANY,)) and is_fine, TRIALS)


def augments_as(trial: Trial, kinds: Sequence[str]) -> Answer:
    """Whether the trial is one of an augmenting drug of these kinds."""
    if trial.drug is None:
        return unknown(f"{entry_path(trial)}.drug")
    if is_of_kind(trial.drug, kinds):
        return known(True, TRIALS)
    if ANY not in kinds and "second_antidepressant" not in kinds:
        return known(False, TRIALS)
    return all_of(trial.counts, negate(trial.alone))


def is_of_kind(drug: Drug, kinds: Sequence[str]) -> bool:
    """Whether a drug of the table is an augmenting one of these kinds; ketamine never is."""
    if drug.kind != "augmentation" or drug.generic == "ketamine":
        return False
    named = {"sga": drug.cls == "antipsychotic", "thyroid": drug.generic == "liothyronine"}
    return ANY in kinds or any(named.get(kind, drug.generic == kind) for kind in kinds)


def failures(view: View, params: Params) -> Answer:
    measure = measure_of(params, this_episode=True)
    classes = params.get("classes", 1)
    trials = view.facts.trials
    found = [(trial, _of(view, trial, measure, meets)) for trial in trials.listed]
    return _count(params.get("n", classes), classes, found, trials.unlisted, trials.ask)


def intolerances(view: View, params: Params) -> Answer:
    measure = measure_of(params, this_episode=False)
    trials = view.facts.trials
    found = [
        (trial, _of(view, trial, measure, lambda _view, *each: intolerant(*each))) for trial in trials.listed
    ]
    return _count(params["n"], params.get("classes", 1), found, trials.unlisted, trials.ask)


def augmentations(view: View, params: Params) -> Answer:
    measure = measure_of(params, this_episode=False)
    trials = view.facts.trials
    found = [
        (trial, _of(view, trial, measure, lambda _view, *each: augmented(*each))) for trial in trials.listed
    ]
    groups = _grouped((trial.key, answer) for trial, answer in found)
    groups |= _taken_now(view, measure.kinds, set(groups))
    ask = [TRIALS] if view.entries_of(TRIALS) is None else []
    ask += [MORE] if trials.forgotten else []
    unlisted = trials.forgotten
    if view.entries_of(LIST) is None:
        ask, unlisted = [*ask, LIST], float("inf")
    answer = so_many(params["n"], groups.values(), unlisted=unlisted, ask=ask)
    return answer if answer.value is not False else known(False, *_listed(found), *_medicines(view))


def _of(view: View, trial: Trial, measure: Measure, judge: Any) -> Answer:
    """The answer about one trial, which names its entry once it is settled."""
    answer = judge(view, trial, measure)
    if answer.value and view.is_strict:
        with_all = judge(view.case.said, view.case.said.facts.trials.listed[trial.place], measure)
        answer = view.only_if_so(answer, with_all)
    if answer.value is None:
        return unknown(*(path if path != TRIALS else entry_path(trial) for path in answer.paths))
    return known(answer.value, entry_path(trial), *(path for path in answer.paths if path != TRIALS))


def _grouped(answers: Iterable[tuple[str, Answer]]) -> dict[str, Answer]:
    groups: dict[str, list[Answer]] = {}
    for key, answer in answers:
        groups.setdefault(key, []).append(answer)
    return {key: any_of(*each) for key, each in groups.items()}


def _count(
    needed: int, classes: int, found: list[tuple[Trial, Answer]], unlisted: float, ask: Iterable[str]
) -> Answer:
    """Whether so many distinct drugs of so many classes meet the measure."""
    ask = tuple(ask)
    drugs = _grouped((trial.key, answer) for trial, answer in found)
    kinds = _grouped((trial.cls, answer) for trial, answer in found)
    answer = all_of(
        so_many(needed, drugs.values(), unlisted=unlisted, ask=ask),
        so_many(classes, kinds.values(), unlisted=unlisted, ask=ask),
    )
    return known(False, *_listed(found)) if answer.value is False else answer


def _listed(found: list[tuple[Trial, Answer]]) -> list[str]:
    return [entry_path(trial) for trial, _answer in found] or [TRIALS]


def _medicines(view: View) -> list[str]:
    return [f"{LIST}[{place}]" for place, _entry in enumerate(view.entries_of(LIST) or ())] or [LIST]


def _taken_now(view: View, kinds: Sequence[str], tried: set[str]) -> dict[str, Answer]:
    """What is taken now and is no trial: an augmenting drug of these kinds, or a name not recognized."""
    found: dict[str, Answer] = {}
    for place, entry in enumerate(view.entries_of(LIST) or ()):
        typed = text_of(entry)
        drug = resolve(typed).drug
        key = drug.generic if drug else f"? {typed.strip().casefold() or place}"
        if entry.get("stopped") != "yes" and key not in tried and (drug is None or is_of_kind(drug, kinds)):
            found.setdefault(key, unknown(f"{LIST}[{place}]"))
    return found
