"""Judges one need: from its check in three values to a result, with what it rests on and what to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from treatments.payers import answered, counted, scores, taken, therapies
from treatments.payers.case import STRICTER, Case, Judge, View
from treatments.payers.shapes import Check, Need
from treatments.payers.strength import LEVELS, SAID, SHOWN
from treatments.rules.logic import Answer, all_of, any_of

JUDGES: Mapping[str, Judge] = {
    "failures": counted.failures,
    "intolerances": counted.intolerances,
    "augmentations": counted.augmentations,
    "therapy": therapies.therapy,
    "score_at_least": scores.score_at_least,
    "score_recorded": scores.score_recorded,
    "current_antidepressant": taken.current_antidepressant,
    "age": answered.age,
    "unipolar": answered.unipolar,
    "no_psychosis": answered.no_psychosis,
    "not_pregnant": answered.not_pregnant,
    "no_active_sud": answered.no_active_sud,
    "no_concurrent": answered.no_concurrent,
    "never_had": answered.never_had,
    "prior_response": answered.prior_response,
    "rules_not_met": answered.rules_not_met,
    "diagnosis": answered.diagnosis,
    "entry": answered.entered,
    "document": answered.documents,
    "answered": answered.answered,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of a need. ``strength`` is that of what is met; ``answer`` the check's own, or of ``applies``."""

    result: str
    answer: Answer
    strength: str | None = None
    answers: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


def answer_of(check: Check, view: View) -> Answer:
    """Whether the check is true, as far as the facts of this view tell: never what the whole denies."""
    [(name, parameters)] = check.items()
    if name == "any_of":
        return any_of(*(answer_of(each, view) for each in parameters))
    if name == "all_of":
        return all_of(*(answer_of(each, view) for each in parameters))
    if not view.is_strict:
        return _with_all(name, parameters, view)
    with_all = _with_all(name, parameters, view.case.said)
    return JUDGES[name](view, parameters) if with_all.value else with_all


def _with_all(name: str, parameters: Mapping[str, Any], view: View) -> Answer:
    """Judged once a case: the stricter views ask again."""
    judged = view.case.judged
    if id(parameters) not in judged:
        judged[id(parameters)] = JUDGES[name](view, parameters)
    return judged[id(parameters)]


def judge(need: Need, case: Case) -> Judged:
    """The steps in their order: for whom, then true, unknown or false."""
    if need.applies is not None:
        applies = answer_of(need.applies, case.said)
        if applies.value is False:
            return Judged(result="not_applicable", answer=applies)
        if applies.value is None:
            return Judged(result="open", answer=applies, ask=case.to_ask(applies.paths))
    answer = answer_of(need.check, case.said)
    if answer.value:
        strength = _strength_of(need.check, case)
        return Judged(
            result="met_shown" if strength == LEVELS[SHOWN] else "met_said",
            answer=answer,
            strength=strength,
            answers=answer.paths,
        )
    if answer.value is None:
        result = "clinician" if need.kind == "clinician" else "open"
        return Judged(result=result, answer=answer, ask=case.to_ask(answer.paths))
    if need.on_false == "not_met":
        return Judged(result="not_met", answer=answer, answers=answer.paths)
    if case.newest_entry("statement", need.id):
        paths = (*answer.paths, "entries.statement")
        return Judged(result="met_shown", answer=answer, strength=LEVELS[SHOWN], answers=paths)
    return Judged(result="clinician", answer=answer, answers=answer.paths)


def _strength_of(check: Check, case: Case) -> str:
    """The strength at which the check is still true."""
    true_at = (level for level in STRICTER if answer_of(check, case.view(level)).value)
    return LEVELS[next(true_at, SAID)]
