"""The predicates that read single answers, entries and rows of evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from intake.fields import lookup
from intake.fields.treatments_tried import BENEFITS
from treatments.payers.case import View
from treatments.rules.criteria import RULES
from treatments.rules.facts import SEX, SUBSTANCE_CONSENT
from treatments.rules.logic import Answer, all_of, any_of, known, negate, unknown

Params = Mapping[str, Any]

BIRTH = "about.date_of_birth"
BIPOLAR = "history.bipolar_diagnosis"
PREGNANT = "health.pregnant"
PSYCHOSIS_NOW = (
    *("history.hears_or_sees", "history.feels_plotted_against"),
    *("history.deserves_punishment", "history.voices_command"),
)
PSYCHOSIS_EVER = "history.psychosis_ever"
SUD_NOW = "substances.substance_use_disorder_now"
DRUG_USE = "substances.drug_use_past_year"
COURSE = "other_treatments"
_RULES = {rule.id: rule for rule in RULES}


def years_on(view: View, day: date) -> int | None:
    """Whole years on the day; None where a record differs about the date of birth."""
    born = view.facts.value(BIRTH)
    return None if born is None else lookup.age_on(date.fromisoformat(born), day)


def age(view: View, params: Params) -> Answer:
    years = years_on(view, view.case.on)
    if years is None:
        return unknown(BIRTH)
    return known(params.get("min", 0) <= years <= params.get("max", years), BIRTH)


def unipolar(view: View, params: Params) -> Answer:
    return view.facts.no(BIPOLAR)


def not_pregnant(view: View, params: Params) -> Answer:
    answer = view.facts.no(PREGNANT)
    by_sex = answer.value and lookup.answer(view.facts.document, PREGNANT) is None
    return known(True, SEX) if by_sex or _is_man_not_sure(view) else answer


def _is_man_not_sure(view: View) -> bool:
    """A man who did not say yes: no."""
    facts = view.facts
    return bool(facts.value(SEX) == "male" and facts.value(PREGNANT) == "not_sure")


def no_psychosis(view: View, params: Params) -> Answer:
    ever = params["when"] == "ever"
    entry = view.case.newest_entry("psychosis_history")
    if entry is not None:
        is_none = entry["value"] == "none" or (entry["value"] == "past" and not ever)
        return known(is_none, "entries.psychosis_history")
    asked = (*PSYCHOSIS_NOW, PSYCHOSIS_EVER) if ever else PSYCHOSIS_NOW
    return all_of(*map(view.facts.no, asked))


def no_active_sud(view: View, params: Params) -> Answer:
    treated_ok = params.get("treated_ok", False)
    entry = view.case.newest_entry("sud_status")
    if entry is not None:
        fine = ("none", "in_remission", "treated") if treated_ok else ("none", "in_remission")
        return known(entry["value"] in fine, "entries.sud_status")
    if not view.facts.may_read_substances:
        return unknown(SUBSTANCE_CONSENT)
    answer = view.facts.no(SUD_NOW)
    if answer.value is False and treated_ok:
        answer = unknown("entries.sud_status")
    return all_of(answer, _no_drug_use(view)) if "within_days" in params else answer


def _no_drug_use(view: View) -> Answer:
    times = view.facts.number(DRUG_USE)
    if times is None:
        return unknown(DRUG_USE)
    return known(True, DRUG_USE) if times == 0 else unknown("entries.sud_status")


def no_concurrent(view: View, params: Params) -> Answer:
    return all_of(*(_not_now(view, course) for course in params["treatments"]))


def _not_now(view: View, course: str) -> Answer:
    """Never had decides; Spravato itself is not beside Spravato."""
    facts, group = view.facts, f"{COURSE}.{course}"
    answers = [facts.no(f"{group}.had"), facts.no(f"{group}.now")]
    if course == "ketamine" and view.case.treatment == "spravato":
        answers.append(_is_spravato(view))
    return any_of(*answers)


def never_had(view: View, params: Params) -> Answer:
    if params["treatment"] == "tms":
        return view.facts.no(f"{COURSE}.tms.had")
    never, other = view.facts.no(f"{COURSE}.ketamine.had"), negate(_is_spravato(view))
    return any_of(never, other)


def prior_response(view: View, params: Params) -> Answer:
    group = f"{COURSE}.{'tms' if params['treatment'] == 'tms' else 'ketamine'}"
    return all_of(
        view.facts.yes(f"{group}.had"),
        *([_is_spravato(view)] if params["treatment"] == "spravato" else []),
        _better_by(view, f"{group}.improvement", params["percent"]),
    )


def _is_spravato(view: View) -> Answer:
    return view.facts.is_one_of(f"{COURSE}.ketamine.kind", "spravato")


def _better_by(view: View, path: str, percent: int) -> Answer:
    benefit = BENEFITS.get(view.facts.value(path))
    return unknown(path) if benefit is None else known(benefit.percent_from >= percent, path)


def rules_not_met(view: View, params: Params) -> Answer:
    """Never more than said: evidence matters only where a record differs."""
    if view.is_strict:
        return unknown("evidence")
    rules = [_RULES[name] for name in params["rules"]]
    answers = [rule.predicate(view.facts) for rule in rules]
    named = [
        negate(Answer(answer.value, answer.paths or rule.reads))
        for rule, answer in zip(rules, answers, strict=True)
    ]
    return all_of(*named)


def diagnosis(view: View, params: Params) -> Answer:
    entry = view.case.newest_entry("diagnosis")
    if entry is None:
        return unknown("entries.diagnosis")
    return known(entry["value"] in params["codes"], "entries.diagnosis")


def entered(view: View, params: Params) -> Answer:
    path = f"entries.{params['key']}"
    entry = view.case.newest_of_any(params["key"])
    if entry is None or view.case.days_since(entry["on"]) > params.get("valid_days", float("inf")):
        return unknown(path)
    return known(entry["value"] in params["values"], path)


def documents(view: View, params: Params) -> Answer:
    return known(True, "evidence") if rows_that_count(view, params) else unknown("evidence")


def rows_that_count(view: View, params: Params) -> list[int]:
    """The places of the rows that show a document of such a kind."""
    return [
        place
        for place, row in enumerate(view.case.evidence)
        if row["strength"] == "shown" and row["agrees"] == "yes" and row["kind"] in params["kinds"]
    ]


def answered(view: View, params: Params) -> Answer:
    return all_of(*(_is_answered(view, path) for path in params["paths"]))


def _is_answered(view: View, path: str) -> Answer:
    given = view.facts.value(path)
    if given is None or given == "not_sure" or path in view.partly:
        consent = path.startswith("substances.") and not view.facts.may_read_substances
        return unknown(*((SUBSTANCE_CONSENT,) if consent else ()), path)
    return known(True, path)
