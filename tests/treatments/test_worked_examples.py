"""The worked examples, each compared exactly with what it expects, in the words of its `expect`.

A path may index a list by place or by rule. After it may follow `has` (an entry, or a rule of the list),
`lacks`, `says` (part of a text) or `never says`; without any of them it is the whole value. A list of
rules may be expected by their names alone, and a treatment by its state and its findings with effects.
"""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.documents import INTAKES, worked_example
from treatments.rules.engine import assess

NAMES = ("v01", "v03", "v12", *sorted(file.stem for file in INTAKES.glob("w*.json")))


def at(place, path: str):
    """What stands at the path; a name after a list is the rule of the entry meant."""
    for key in path.split("."):
        if not isinstance(place, list):
            place = place[key]
        elif key.isdecimal():
            place = place[int(key)]
        else:
            (place,) = [entry for entry in place if entry["rule"] == key]
    return place


def rules_of(listed: list) -> list:
    return [entry["rule"] if isinstance(entry, dict) and "rule" in entry else entry for entry in listed]


def differs(assessment: dict, wanted: str, value) -> str:
    """What is not as expected, in words; empty where all is."""
    path, _, verb = wanted.partition(" ")
    found = at(assessment, path)
    fits = {
        "has": lambda: value in rules_of(found),
        "lacks": lambda: value not in rules_of(found),
        "says": lambda: value in found,
        "never says": lambda: value not in found,
        "": lambda: same(found, value),
    }[verb]()
    return "" if fits else f"{wanted}: {value!r} expected, {found!r} found"


def same(found, value) -> bool:
    if isinstance(found, list) and found and isinstance(found[0], dict) and isinstance(value[0], str):
        return sorted(rules_of(found)) == sorted(value)
    return found == value


def differences(assessment: dict, expect: dict) -> list[str]:
    lines = []
    for wanted, value in expect.items():
        if wanted != "treatments":
            lines.append(differs(assessment, wanted, value))
            continue
        for key, treatment in value.items():
            found = assessment["treatments"][key]
            rows = sorted([finding["rule"], finding["effect"]] for finding in found["findings"])
            if (found["state"], rows) != (treatment["state"], sorted(treatment["findings"])):
                lines.append(f"{key}: {treatment} expected, {found['state']} {rows} found")
    return [line for line in lines if line]


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_example_is_assessed_as_expected(name):
    example = worked_example(name)
    assert differences(assess(example["document"]), example["expect"]) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_what_a_worked_example_expects(name, tmp_path: Path, capsys):
    example = worked_example(name)
    file = tmp_path / "intake.json"
    file.write_text(json.dumps(example["document"]), encoding="utf-8")
    call_command("assess", str(file))
    assert differences(json.loads(capsys.readouterr().out), example["expect"]) == []


FOUND = {
    "trials": [{"why": "added to sertraline"}],
    "notes": [{"rule": "D01", "because": "Ask."}],
    "hold": {"rules": ["S05"]},
    "treatments": {"tms": {"state": "caution", "findings": [{"rule": "T07", "effect": "caution"}]}},
}


@pytest.mark.parametrize(
    ("wanted", "right", "wrong"),
    [
        ("trials.0.why", "added to sertraline", "added to"),
        ("trials.0.why says", "sertraline", "bupropion"),
        ("trials.0.why never says", "bupropion", "sertraline"),
        ("notes", ["D01"], ["D01", "D02"]),
        ("notes has", "D01", "D02"),
        ("notes lacks", "D02", "D01"),
        ("notes.D01.because says", "Ask", "Tell"),
        ("hold.rules", ["S05"], []),
        ("hold.rules has", "S05", "S06"),
        (
            "treatments",
            {"tms": {"state": "caution", "findings": [["T07", "caution"]]}},
            {"tms": {"state": "caution", "findings": []}},
        ),
    ],
)
def test_the_language_of_an_expectation_tells_right_from_wrong(wanted, right, wrong):
    assert differences(FOUND, {wanted: right}) == []
    assert len(differences(FOUND, {wanted: wrong})) == 1
