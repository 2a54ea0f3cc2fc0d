"""A rule looks at the fields it names and at no other: redaction, releases and the interchange page rely on it."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from intake.fields import lookup
from tests.treatments.rule_expectations import CASES, changed
from tests.treatments.test_rules import document_of
from treatments.rules.criteria import RULES, Rule
from treatments.rules.facts import SUBSTANCE_CONSENT, Facts

CASES_OF = {rule.id: [case for case in CASES if case.rule == rule.id] for rule in RULES}
TOP = ("format", "submitted_on", "language")


def only(document: Mapping[str, Any], paths: Iterable[str]) -> dict:
    """The document with nothing answered but at these paths."""
    top = {key: document[key] for key in TOP if key in document}
    kept = ((path, lookup.answer(document, path)) for path in paths if path not in TOP)
    return changed(top, {path: value for path, value in kept if value is not None})


@pytest.mark.parametrize("cutoff", [3, 4])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_answers_the_same_from_the_fields_it_names_alone(rule: Rule, cutoff: int) -> None:
    for case in CASES_OF[rule.id]:
        document = document_of(case)
        whole = Facts(document, pc_ptsd5_cutoff_women=cutoff)
        named = Facts(only(document, (*rule.reads, SUBSTANCE_CONSENT)), pc_ptsd5_cutoff_women=cutoff)
        answer = rule.predicate(whole)
        assert rule.predicate(named) == answer, case.name
        if answer.value:
            assert rule.because(named) == rule.because(whole), case.name
            assert rule.hold_level(named) == rule.hold_level(whole), case.name
