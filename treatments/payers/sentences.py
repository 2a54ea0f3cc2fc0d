"""The sentence of each need, in which staff read how it was counted, and the words of a summary."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from treatments.payers import trial_sentences
from treatments.payers.answered import rows_that_count, years_on
from treatments.payers.case import Case, View
from treatments.payers.judge import Judged, answer_of
from treatments.payers.scores import is_fresh, newest_of, scales_of
from treatments.payers.shapes import Check, Need
from treatments.payers.vocabulary import SCALE_NAMES
from treatments.rules.logic import Answer

Params = Mapping[str, Any]
Say = Callable[[View, Params, Answer], str]

STALE_DAYS = 28
"""From this age a score is called old where the policy names no days; proposed."""

SHOWN_BY = {
    "shown": "Shown in a record.",
    "told": "Told to staff, not yet shown in a record.",
    "said": "By the person's own account.",
}

ACRONYMS = {"pdmp": "PDMP", "rems": "REMS", "sud": "substance use disorder"}


def sentence(need: Need, judged: Judged, case: Case) -> str:
    """How the need was counted, then how strongly it stands or that it is open."""
    if judged.result == "not_applicable":
        return "Does not apply to this person."
    if need.applies is not None and answer_of(need.applies, case.said).value is None:
        return "Open: not known whether this applies."
    return f"{_say(need.check, case.said)} {_ending(judged, case)}"


def _ending(judged: Judged, case: Case) -> str:
    if "entries.statement" in judged.answers:
        return "A clinician stated why it holds all the same."
    if judged.strength:
        return SHOWN_BY[judged.strength]
    if judged.result == "not_met":
        return "Not met."
    if judged.answer.value is False:
        return "For a clinician to weigh."
    differs = "the record differs: ask" if case.differs(judged.ask) else "ask"
    return f"For a clinician, {differs}." if judged.result == "clinician" else f"Open, {differs}."


def _say(check: Check, view: View) -> str:
    [(name, params)] = check.items()
    if name in ("any_of", "all_of"):
        joint = " Or: " if name == "any_of" else " And: "
        return joint.join(_say(each, view) for each in params)
    return SAY[name](view, params, answer_of(check, view))


def _plain(true: str, false: str, unknown: str) -> Say:
    """A sentence for what single answers settle."""
    said = {True: true, False: false, None: unknown}
    return lambda view, params, answer: f"{said[answer.value]}."


def _age(view: View, params: Params, answer: Answer) -> str:
    years = years_on(view, view.case.on)
    return "Age is not known." if years is None else f"{years} years old."


def _scores(view: View, params: Params, answer: Answer) -> str:
    found = newest_of(view, params)
    if not found:
        names = ", ".join(SCALE_NAMES[scale] for scale in scales_of(params))
        return f"No complete score: {names}."
    said = []
    for scale, score in found.items():
        days, asked = view.case.days_since(score.on), params.get("within_days")
        old = ""
        if not is_fresh(view, score, params):
            old = f": this payer asks {asked}. Ask again"
        elif asked is None and days >= STALE_DAYS:
            old = f": {STALE_DAYS} days or more, ask again"
        needed = f" ({params[scale]} needed)" if scale in params else ""
        said.append(f"{SCALE_NAMES[scale]} {score.total}{needed}, {days} {_days(days)} old{old}.")
    return " ".join(said)


def _days(days: int) -> str:
    return "day" if days == 1 else "days"


def _entry(view: View, params: Params, answer: Answer) -> str:
    key = _in_words(params["key"])
    entry = view.case.newest_of_any(params["key"])
    if entry is None:
        return f"{key}: not entered."
    if answer.value is None:
        ended = date.fromisoformat(entry["on"]) + timedelta(days=params["valid_days"] + 1)
        return f"{key}: expired on {ended}."
    return f"{key}: {entry['value'].replace('_', ' ')}, entered on {entry['on']}."


def _in_words(key: str) -> str:
    words = " ".join(ACRONYMS.get(word, word) for word in key.split("_"))
    return words[0].upper() + words[1:]


def _diagnosis(view: View, params: Params, answer: Answer) -> str:
    entry = view.case.newest_entry("diagnosis")
    asked = ", ".join(params["codes"])
    return (
        f"No diagnosis was entered; asked: {asked}."
        if entry is None
        else (f"Diagnosis {entry['value']}, entered on {entry['on']}; asked: {asked}.")
    )


def _document(view: View, params: Params, answer: Answer) -> str:
    kinds = ", ".join(kind.replace("_", " ") for kind in params["kinds"])
    return f"Seen by staff: {len(rows_that_count(view, params))} ({kinds})."


def _rules(view: View, params: Params, answer: Answer) -> str:
    rules = ", ".join(params["rules"])
    said = {True: "none of these rules fires", False: "a rule fires", None: "a rule is not decided"}
    return f"Rules {rules}: {said[answer.value]}."


SAY: Mapping[str, Say] = {
    "failures": trial_sentences.failures,
    "intolerances": trial_sentences.intolerances,
    "augmentations": trial_sentences.augmentations,
    "therapy": trial_sentences.therapy,
    "current_antidepressant": trial_sentences.current_antidepressant,
    "score_at_least": _scores,
    "score_recorded": _scores,
    "age": _age,
    "unipolar": _plain("No bipolar diagnosis", "A bipolar diagnosis", "Bipolar diagnosis: not known"),
    "no_psychosis": _plain("No psychosis", "Psychosis", "Psychosis: not known"),
    "not_pregnant": _plain("Not pregnant", "Pregnant", "Pregnancy: not known"),
    "no_active_sud": _plain(
        "No active substance use disorder", "An active substance use disorder", "Substance use: not known"
    ),
    "no_concurrent": _plain("None of these now", "One of these now", "Not known whether any of these now"),
    "never_had": _plain("Never had before", "Had before", "Not known whether had before"),
    "prior_response": _plain("Helped enough before", "Did not help enough before", "Earlier help: not known"),
    "rules_not_met": _rules,
    "diagnosis": _diagnosis,
    "entry": _entry,
    "document": _document,
    "answered": _plain("All answered", "Not answered", "Not all answered"),
}


def summary_words(summary: Mapping[str, int]) -> str:
    """``9 of 12 met (3 still to show), 2 open (1 for a clinician), 1 not met``; what is 0 is left out."""
    parts = [f"{summary['met']} of {summary['total']} met"]
    if summary["to_show"]:
        parts[0] += f" ({summary['to_show']} still to show)"
    if summary["open"]:
        clinician = f" ({summary['clinician']} for a clinician)" if summary["clinician"] else ""
        parts.append(f"{summary['open']} open{clinician}")
    if summary["not_met"]:
        parts.append(f"{summary['not_met']} not met")
    return ", ".join(parts)
