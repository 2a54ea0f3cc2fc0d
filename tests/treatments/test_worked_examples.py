"""The worked examples, each compared exactly with what it expects."""

import pytest

from tests.documents import worked_example
from treatments.rules.engine import assess


def at(assessment: dict, path: str):
    for key in path.split("."):
        assessment = assessment[key]
    return assessment


@pytest.mark.parametrize("name", ["v01", "v03", "v12"])
def test_a_worked_example_is_assessed_as_expected(name):
    example = worked_example(name)
    assessment = assess(example["document"])
    expect = example["expect"]
    for key, treatment in expect.pop("treatments").items():
        found = assessment["treatments"][key]
        assert found["state"] == treatment["state"]
        assert sorted([f["rule"], f["effect"]] for f in found["findings"]) == sorted(treatment["findings"])
    assert sorted(note["rule"] for note in assessment["notes"]) == sorted(expect.pop("notes"))
    assert {path: at(assessment, path) for path in expect} == expect
