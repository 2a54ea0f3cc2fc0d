"""Text that some file could not hold, numbers beyond all bounds, documents made to be slow: none of them gets far."""

import json
import time
from datetime import date

import pytest

from intake import document
from intake.fields import FIELDS, Kind
from intake.fields.characters import storable, writable
from intake.models import Submission
from intake.typed.plain import LONGEST
from tests.documents import complete_document
from tests.intake import pat

pytestmark = pytest.mark.django_db

UNSEEN = "\ufffe\uffff\x0b\x1f"  # XML can't hold these, and nobody sees them
KEPT = "a\tb\r\nc \u00e9 \U0001f600 \ufffd"


@pytest.mark.parametrize("character", [*UNSEEN, "\x01", "\x08", "\x0c", "\x0e", "\ud800", "\udfff"])
def test_what_a_file_cannot_hold_is_left_out(character):
    assert writable({"a": [f"x{character}y"]}) == {"a": ["xy"]}


def test_all_else_is_kept_as_it_was_typed():
    assert writable(KEPT) == KEPT
    assert writable([1, 2.5, True, None]) == [1, 2.5, True, None]


def test_half_of_a_pair_and_a_null_character_are_no_text():
    assert not storable("a\x00") and not storable("\ud800") and not storable("\udfff")
    assert storable(KEPT + UNSEEN)


def test_a_patients_text_is_stored_without_them(client):
    draft = pat.begin(client)
    pat.save(client, "name", **{"about-first_name": f"Pa{UNSEEN}t"})
    draft.refresh_from_db()
    assert draft.answers["about"]["first_name"] == "Pat"


def test_a_name_of_nothing_else_is_no_name(client):
    pat.begin(client)
    assert pat.save(client, "name", **{"about-first_name": UNSEEN}).status_code == 200


def test_a_document_is_stored_without_them():
    given = complete_document(**{"about.first_name": f"Pa{UNSEEN}t"})
    given["antidepressants"]["trials"][0]["drug"] = f"zoloft{UNSEEN}"
    read, faults = document.parse(json.dumps(given))
    assert faults == []
    sent = Submission.from_document(read, Submission.Source.PAPER)
    assert sent.answers["about"]["first_name"] == "Pat"
    assert sent.answers["antidepressants"]["trials"][0]["drug"] == "zoloft"


# --- Numbers ------------------------------------------------------------------------------------------

NUMBERS = [owner.path for owner in FIELDS if owner.kind is Kind.NUMBER]


@pytest.mark.parametrize("digits", [8, 4_000])
@pytest.mark.parametrize("path", NUMBERS)
def test_no_number_is_without_a_bound(path, digits):
    section, key = path.split(".")
    given = complete_document()
    given.setdefault(section, {})[key] = int("9" * digits)
    _read, faults = document.parse(json.dumps(given))
    assert any(fault.startswith(f"{path}: ") and "is more than" in fault for fault in faults)


def test_no_number_in_an_entry_is_without_a_bound():
    given = complete_document()
    trial = given["antidepressants"]["trials"][0]
    numbers = [
        part.key
        for owner in FIELDS
        if owner.path == "antidepressants.trials"
        for part in owner.parts
        if part.kind is Kind.NUMBER
    ]
    assert numbers
    for key in numbers:
        trial[key] = 10**4_000
    _read, faults = document.parse(json.dumps(given))
    for key in numbers:
        assert any(f"trials[0].{key}: " in fault and "is more than" in fault for fault in faults), key


def test_a_number_of_thousands_of_digits_typed_by_a_patient_is_refused_at_its_field(client):
    pat.begin(client)
    pat.reach(client, "episode")
    name = next(name for name in pat.answered("episode") if name.endswith("episode_months"))
    response = pat.save(client, "episode", **{name: "9" * (40 * LONGEST)})
    assert response.status_code == 200


# --- Documents made to be slow ------------------------------------------------------------------------


def seconds(text: str) -> float:
    begun = time.process_time()
    read, faults = document.parse(text)
    assert read is None and faults
    return time.process_time() - begun


def doubled_keys(times: int) -> str:
    keys = ",".join(f'"k{n}": 1, "k{n}": 2' for n in range(times))
    return '{"format": "clinic-intake/1", "about": {' + keys + "}}"


def long_list(times: int) -> str:
    given = complete_document()
    given["about"]["contact_by"] = [f"way {n}" for n in range(times)]
    return json.dumps(given)


def many_unknown(times: int) -> str:
    return json.dumps({**complete_document(), **{f"k{n}": n for n in range(times)}})


@pytest.mark.parametrize("made", [doubled_keys, long_list, many_unknown])
def test_a_document_is_judged_in_a_time_that_grows_with_its_size_alone(made):
    few, many = made(5_000), made(40_000)
    spent = min(seconds(few) for _ in range(3))
    assert seconds(many) < 3 * 8 * max(spent, 0.02)


def test_what_is_read_of_a_sound_document_is_what_was_given():
    given = complete_document()
    assert document.parse(json.dumps(given)) == (given, [])
    assert document.dump(document.answers_of(given), submitted_on=date(2026, 3, 1), language="en")
