"""Whether an antidepressant is taken now, for so long, and has not failed."""

from collections.abc import Iterator, Mapping
from typing import Any

from intake.drugs import resolve
from treatments.payers.case import View
from treatments.payers.counted import entry_path
from treatments.rules.combination import can_count
from treatments.rules.logic import Answer, all_of, any_of, known, negate, unknown
from treatments.rules.medicines import LIST, text_of
from treatments.rules.trial import TRIALS, Trial

Params = Mapping[str, Any]


def current_antidepressant(view: View, params: Params) -> Answer:
    """A drug in both lists is judged by a trial still taken; without one, as a drug of the medicine list."""
    answer = any_of(*_trials(view, params), *_medicines(view, params), *_never_given(view))
    if answer.value is not False:
        return answer
    paths = [entry_path(trial) for trial in view.facts.trials.listed] or [TRIALS]
    paths += [f"{LIST}[{place}]" for place, _entry in enumerate(view.entries_of(LIST) or ())] or [LIST]
    return known(False, *paths)


def _never_given(view: View) -> Iterator[Answer]:
    for path in (TRIALS, LIST):
        yield known(False, path) if view.is_whole(path) else unknown(path)


def _trials(view: View, params: Params) -> Iterator[Answer]:
    weeks = params.get("weeks", 0)
    for trial in view.facts.trials.listed:
        here = known(True, entry_path(trial))
        yield _named(
            trial,
            all_of(
                here,
                _taken(trial),
                trial.counts,
                trial.lasted(weeks) if weeks else here,
                _not_failed(view, trial.key, params),
            ),
        )


def _named(trial: Trial, answer: Answer) -> Answer:
    """The answer with the path of the entry in place of the list's."""
    return Answer(
        answer.value,
        tuple(dict.fromkeys(entry_path(trial) if path == TRIALS else path for path in answer.paths)),
    )


def _taken(trial: Trial) -> Answer:
    answer = trial.entry.get("still_taking")
    path = entry_path(trial)
    return known(answer == "yes", path) if answer in ("yes", "no") else unknown(f"{path}.still_taking")


def _medicines(view: View, params: Params) -> Iterator[Answer]:
    still = {trial.key for trial in view.facts.trials.listed if trial.entry.get("still_taking") == "yes"}
    said = view.case.said.entries_of(LIST) or ()
    for place, entry in enumerate(view.entries_of(LIST) or ()):
        path = f"{LIST}[{place}]"
        match = resolve(text_of(entry))
        counts = can_count(match)
        if said[place].get("stopped") == "yes" or (match.drug and match.drug.generic in still):
            continue
        if counts is None:
            yield unknown(path)
        elif counts and match.drug:
            for_so_long = unknown(path) if params.get("weeks", 0) else known(True, path)
            yield all_of(for_so_long, _not_failed(view, match.drug.generic, params))


def _not_failed(view: View, drug: str, params: Params) -> Answer:
    """No trial of it was under 50 % better. A trial whose drug nobody has named may be of it."""
    if not params.get("not_failed"):
        return known(True)
    if not view.is_whole(TRIALS):
        return unknown(TRIALS)
    answers = [
        negate(trial.failed_broad) if trial.key == drug else unknown(f"{entry_path(trial)}.drug")
        for trial in view.facts.trials.listed
        if trial.key == drug or not trial.typed.strip()
    ]
    return all_of(*answers)
