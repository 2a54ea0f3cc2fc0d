"""What rests on memory is marked wherever staff read it: in findings, notes, holds and the list of medicines."""

import pytest

from tests.documents import complete_document
from treatments.rules.engine import assess
from treatments.templatetags.desk import is_read_from_memory, sets_in_words


def _found(rule: str, *drugs: str, stopped: tuple[str, ...] = (), **changes) -> dict:
    listed = [{"drug": drug} for drug in drugs] + [{"drug": drug, "stopped": "yes"} for drug in stopped]
    document = complete_document(**({"medicines.list": listed, "antidepressants.trials": []} | changes))
    judged = assess(document)
    places = [found for each in judged["treatments"].values() for found in each["findings"]]
    return next((found for found in [*places, *judged["notes"]] if found["rule"] == rule), {})


@pytest.mark.parametrize(
    ("rule", "verified", "memory"),
    [
        ("E10", "clonazepam", "temazepam"),
        ("E09", "methylphenidate", "phentermine"),
        ("E08", "phenelzine", "safinamide"),
        ("T07", "clozapine", "chlorpromazine"),
    ],
)
def test_a_finding_that_rests_on_a_member_from_memory_is_not_verified_and_says_which(rule, verified, memory):
    sound, unsound, both = _found(rule, verified), _found(rule, memory), _found(rule, verified, memory)
    assert "memory" not in sound["because"]
    for found in (unsound, both):
        assert found["verified"] is False
        assert f"Set from memory, not verified: {memory}." in found["because"]


def test_the_same_rule_is_verified_by_a_member_with_a_source():
    assert _found("E09", "methylphenidate")["verified"] is True
    assert _found("E09", "phentermine")["verified"] is False


def test_a_stopped_medicine_from_memory_is_marked_as_well():
    assert "not verified: gabapentin." in _found("T07", stopped=("gabapentin",))["because"]
    assert "not verified" not in _found("T07", stopped=("clonazepam",))["because"]


def test_the_note_on_answers_that_do_not_fit_names_what_is_from_memory():
    no = {"health.steroid_interferon_isotretinoin": "no", "health.thyroid_disease": "no"}
    because = _found("D13", "prednisone", "levothyroxine", **no)["because"]
    assert "Set from memory, not verified: prednisone." in because


def test_the_list_of_medicines_marks_each_set_by_itself():
    medicine = {"typed": "gabapentin", "sets": ["cns_depressant", "stop_seizure"]}
    assert sets_in_words(medicine) == "cns depressant, stop seizure (not verified)"


def test_a_brand_that_no_source_was_seen_for_is_marked():
    assert is_read_from_memory("Zaza")
    assert not is_read_from_memory("tianeptine")
    assert not is_read_from_memory("tianeptine (Zaza)")
    assert not is_read_from_memory("no such name")
