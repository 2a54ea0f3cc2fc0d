"""The engine: one intake document in, one assessment out. It suggests; people decide.

Every rule is fired, not met, or undecided. Per treatment the strongest effect that fired is its state and
every fired rule stays listed; nothing is scored, ranked or refused.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from treatments.catalog import TREATMENTS
from treatments.rules.criteria import EFFECTS, HOLDS, RULES, Rule
from treatments.rules.criteria.spravato.intake_of_drugs import also_sedating
from treatments.rules.facts import Facts
from treatments.rules.logic import Answer
from treatments.rules.sources import source_text
from treatments.rules.staging import staging
from treatments.rules.trd import trd
from treatments.rules.trial_words import report
from treatments.rules.version import RULESET

Part = dict[str, Any]  # a part of an assessment, as it can be written as JSON


def assess(
    document: Mapping[str, Any],
    *,
    rules: Iterable[Rule] = RULES,
    ruleset: str = RULESET,
    pc_ptsd5_cutoff_women: int = 4,
    facts: Facts | None = None,
) -> dict[str, Any]:
    """The assessment of a valid clinic-intake/1 document, in the shape of docs/interchange.md.

    The same document gives the same assessment, and everything in it can be written as JSON. ``facts`` are those
    of the document with that cut-off, where others read them too.
    """
    facts = facts or Facts(document, pc_ptsd5_cutoff_women=pc_ptsd5_cutoff_women)
    hold: dict[str, Any] = {"level": "none", "rules": [], "ask": []}
    treatments: dict[str, dict[str, Any]] = {
        name: {"state": "no_finding", "undecided": "none", "findings": [], "ask": []} for name in TREATMENTS
    }
    notes: list[dict[str, str]] = []
    ask: list[dict[str, Any]] = []
    for rule in rules:
        answer = rule.predicate(facts)
        if answer.value is None:
            _list_as_open(rule, answer, treatments, hold, ask)
        elif answer.value:
            _list_as_fired(rule, answer, facts, treatments, hold, notes)
    treatments["spravato"]["also_sedating"] = also_sedating(facts)
    return {
        "ruleset": ruleset,
        "scores": facts.scores,
        "trials": [report(trial, facts.age) for trial in facts.trials.listed],
        "medicines": facts.medicines.for_assessment(),
        "medicines_stopped": facts.medicines.stopped_for_assessment(),
        "trd": trd(facts.trials, bipolar=facts.bipolar),
        "staging": staging(facts),
        "hold": hold,
        "treatments": treatments,
        "notes": notes,
        "ask": ask,
    }


def hold_findings(facts: Facts, rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Why a hold stands: a finding for each fired rule that carries one, its ``effect`` the hold's level.

    The assessment names these rules only; those that touch no treatment would show no reason otherwise.
    """
    found = []
    for rule in rules:
        level = rule.hold and rule.predicate(facts).value and rule.hold_level(facts)
        if level:
            found.append(_finding(rule, level, rule.predicate(facts), facts))
    return found


def _finding(rule: Rule, effect: str, answer: Answer, facts: Facts) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "effect": effect,
        "because": rule.because(facts),
        "source": source_text(rule.sources),
        "verified": rule.is_verified(facts),
        "answers": list(answer.paths or rule.reads),
    }


def _list_as_fired(
    rule: Rule, answer: Answer, facts: Facts, treatments: Part, hold: Part, notes: list[Part]
) -> None:
    for name, effect in rule.effects.items():
        treatment = treatments[name]
        treatment["findings"].append(_finding(rule, effect, answer, facts))
        treatment["state"] = _stronger(treatment["state"], effect, EFFECTS)
    level = rule.hold_level(facts)
    if level:
        hold["rules"].append(rule.id)
        hold["level"] = _stronger(hold["level"], level, HOLDS)
    elif not rule.effects:
        notes.append({"rule": rule.id, "because": rule.because(facts), "source": source_text(rule.sources)})


def _list_as_open(rule: Rule, answer: Answer, treatments: Part, hold: Part, ask: list[Part]) -> None:
    fields = list(answer.paths or rule.reads)
    for name, effect in rule.effects.items():
        treatment = treatments[name]
        treatment["ask"].append({"rule": rule.id, "fields": list(fields)})
        treatment["undecided"] = _stronger(treatment["undecided"], effect, EFFECTS)
    if rule.hold:
        hold["ask"].append({"rule": rule.id, "fields": list(fields)})
    elif not rule.effects:
        ask.append({"rule": rule.id, "fields": list(fields)})


def _stronger(current: str, other: str, order: tuple[str, ...]) -> str:
    """The later of the two in the order; anything not in it is weakest."""
    if current not in order:
        return other
    return max(current, other, key=order.index)
