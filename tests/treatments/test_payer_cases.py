"""The worked cases of invented people: each comes to what was worked out by hand."""

import json

import pytest

from tests.payers import CASES, case
from treatments.payers.readiness import readiness
from treatments.payers.request import parse_request


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_a_worked_case_comes_to_what_was_worked_out(path):
    given, expected = case(path)
    found = readiness(**given)
    needs = {need["id"]: need for need in found["needs"]}
    for name, result in expected.pop("needs").items():
        assert needs[name]["result"] == result, name
    for name, asked in expected.pop("ask_under", {}).items():
        assert any(path.startswith(asked) for path in needs[name]["ask"]), name
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_a_worked_case_is_a_sound_input_whose_own_notes_are_ignored(path):
    request, faults = parse_request(path.read_text(encoding="utf-8"))
    assert faults == []
    assert json.loads(json.dumps(readiness(**request)))["format"] == "clinic-readiness/1"


def test_there_are_ten_worked_cases_at_least():
    assert len(list(CASES.glob("*.json"))) >= 10
