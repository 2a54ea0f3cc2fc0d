"""Documents in and out: what goes in comes out again, and a document with a fault leaves nothing behind."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import document
from intake.models import Alarm, Submission
from tests.documents import ABSENT, complete_document, documents, with_changes, worked_example
from tests.intake import pat
from treatments.models import Referral

pytestmark = pytest.mark.django_db

WORKED = ("v01", "v03", "v12")


def load(*files: Path) -> tuple[int, str, str]:
    """Exit status, what was printed, and what was complained about."""
    out, err = io.StringIO(), io.StringIO()
    status = 0
    try:
        call_command("load_intake", *map(str, files), stdout=out, stderr=err, no_color=True)
    except SystemExit as left:
        status = left.code
    return status, out.getvalue(), err.getvalue()


def export(reference: str) -> dict:
    out = io.StringIO()
    call_command("export_intake", reference.lower().replace("-", " "), stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def file(tmp_path):
    """``file(content)``: a file with this text, these bytes, or this document."""

    def write(content, name: str = "intake.json") -> Path:
        path = tmp_path / name
        if isinstance(content, dict):
            content = json.dumps(content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def nothing_stored() -> bool:
    return not (Submission.objects.exists() or Referral.objects.exists() or Alarm.objects.exists())


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_example_comes_out_as_it_went_in(file, name):
    told = worked_example(name)["document"]
    status, out, err = load(file(told))
    assert (status, err) == (0, "")
    submission = Submission.objects.get()
    assert submission.reference in out
    assert export(submission.reference) == told


@pytest.mark.parametrize("name", WORKED)
def test_a_worked_example_may_keep_what_is_expected_beside_its_document(file, name):
    assert load(file(worked_example(name)))[0] == 0
    assert Submission.objects.get().to_document() == worked_example(name)["document"]


def test_what_was_exported_can_be_loaded_again(file):
    load(file(worked_example("v03")["document"]))
    told = export(Submission.objects.get().reference)
    assert load(file(told))[0] == 0
    first, second = Submission.objects.order_by("created_at")
    assert first.answers == second.answers
    assert first.reference != second.reference


def test_what_pat_sent_from_the_pages_can_be_loaded_again(client, file):
    pat.fill(client)
    for slug in pat.ENTRIES:
        pat.add(client, slug)
    pat.send(client)
    told = export(Submission.objects.get().reference.lower())
    assert document.validate(told) == []
    assert load(file(told))[0] == 0


def test_an_unsafe_document_raises_its_alarms(file):
    load(file(worked_example("v03")["document"]))
    assert Submission.objects.get().alarms.exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=documents())
def test_any_sound_document_comes_out_as_it_went_in(db, told):
    if document.validate(told):
        return  # an entry without its name, for one
    stored = Submission.from_document(told, Submission.Source.PAPER)
    assert json.loads(json.dumps(stored.to_document())) == told


def test_several_files_are_taken_each_for_itself(file):
    good, bad = file(complete_document(), "good.json"), file("{}", "bad.json")
    status, out, err = load(good, bad, good)
    assert status == 1
    assert [line.split()[0] for line in out.splitlines()] == ["[1/3]", "[3/3]"]
    assert "[2/3] bad.json refused" in err
    assert Submission.objects.count() == 2


def test_an_unknown_reference_is_said_and_nothing_is_printed():
    with pytest.raises(CommandError, match="No intake has this reference"):
        call_command("export_intake", "NONE-SUCH")


# --- Faults -----------------------------------------------------------------------------------------------

# path -> a value that is wrong there, and how its line begins
FAULTY: list[tuple[str, object, str]] = [
    ("format", "clinic-intake/2", "format: clinic-intake/2 is not clinic-intake/1"),
    ("format", ABSENT, "format: is required"),
    ("submitted_on", ABSENT, "submitted_on: is required"),
    ("submitted_on", "2026-02-30", "submitted_on: 2026-02-30 is not a date"),
    ("submitted_on", "20261120", "submitted_on: 20261120 is not a date"),
    ("submitted_on", 20261120, "submitted_on: 20261120 is not a date"),
    ("language", "fr", "language: fr is not one of en, es"),
    ("language", None, "language: null is not one of"),
    ("extra", {}, "extra: is not a part of"),
    ("about.shoe_size", 42, "about.shoe_size: is not a field"),
    ("about.first_name", ABSENT, "about.first_name: is required"),
    ("about.first_name", "  ", "about.first_name: is required"),
    ("about.first_name", 7, "about.first_name: must be text, not a number"),
    ("about.first_name", None, "about.first_name: null is not an answer here"),
    ("about.first_name", "a\x00b", "about.first_name: has a character that can't be stored"),
    ("about.date_of_birth", "1890-01-01", "about.date_of_birth: 1890-01-01 is more than 130 years"),
    ("about.date_of_birth", "2026-11-21", "about.date_of_birth: 2026-11-21 is after submitted_on"),
    ("about.contact_by", "call", "about.contact_by: must be a list, not text"),
    ("about.contact_by", ["call", "fax"], "about.contact_by[1]: fax is not one of"),
    ("about.contact_by", ["call", "call"], "about.contact_by[1]: call stands in the list twice"),
    ("about", [], "about: must be an object, not a list"),
    ("mood.phq9", [3, 3, 3, 5, 0, 0, 0, 0, 0], "mood.phq9[3]: 5 is not one of 0, 1, 2, 3"),
    ("mood.phq9", [True, 0, 0, 0, 0, 0, 0, 0, 0], "mood.phq9[0]: true is not one of"),
    ("mood.phq9", [1.0, 0, 0, 0, 0, 0, 0, 0, 0], "mood.phq9[0]: 1.0 is not one of"),
    ("mood.phq9", ["1", 0, 0, 0, 0, 0, 0, 0, 0], "mood.phq9[0]: 1 is not one of"),
    ("mood.phq9", [0] * 8, "mood.phq9: must hold 9 answers, not 8"),
    ("mood.phq9", None, "mood.phq9: null is not an answer here"),
    ("safety.cssrs.q1", "maybe", "safety.cssrs.q1: maybe is not one of yes, no, declined"),
    ("safety.cssrs", "none", "safety.cssrs: must be an object, not text"),
    ("anxiety.pc_ptsd5", ["yes", None, "no", "no", "no"], "anxiety.pc_ptsd5[1]: null is not one of"),
    ("history.episode_months", True, "history.episode_months: must be a number, not true or false"),
    ("history.episode_months", "14", "history.episode_months: must be a number, not text"),
    ("history.episode_months", None, "history.episode_months: null is not an answer here"),
    ("history.episode_months", -1, "history.episode_months: -1 is less than 0"),
    ("history.first_episode_age", 131, "history.first_episode_age: 131 is more than 130"),
    ("history.episodes", 1, "history.episodes: 1 is not one of 1, 2, 3_or_more"),
    ("health.bp_systolic", 29, "health.bp_systolic: 29 is less than 30"),
    ("health.bp_diastolic", 251, "health.bp_diastolic: 251 is more than 250"),
    ("antidepressants.trials", {}, "antidepressants.trials: must be a list, not an object"),
    ("antidepressants.trials", ["sertraline"], "antidepressants.trials[0]: must be an object, not text"),
    ("antidepressants.trials", [{"drug": "a", "mg": 1}], "antidepressants.trials[0].mg: is not a field"),
    ("antidepressants.trials", [{"drug": 1}], "antidepressants.trials[0].drug: must be text"),
    ("antidepressants.trials", [{"drug": "a"}] * 101, "antidepressants.trials: holds more than 100"),
    ("consent.agreed", False, "consent.agreed: false is not true"),
    ("consent.agreed", "true", "consent.agreed: true is not true"),
    ("consent.agreed", 1, "consent.agreed: 1 is not true"),
    ("consent.agreed", ABSENT, "consent.agreed: is required"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "line"), FAULTY, ids=[f"{p}={v!r:.20}" for p, v, _ in FAULTY])
def test_a_faulty_document_is_refused_in_one_line_and_nothing_is_stored(file, path, value, line):
    status, out, err = load(file(with_changes(complete_document(), **{path: value})))
    assert (status, out) == (1, "")
    assert err.splitlines()[0] == "[1/1] intake.json refused, 1 fault"
    assert len(err.splitlines()) == 2
    assert err.splitlines()[1].startswith(line)
    assert nothing_stored()


def test_all_faults_are_told_at_once(file):
    told = complete_document()
    for path, value in {"language": "fr", "about.first_name": 7, "mood.phq9": [9] * 9, "x": 1}.items():
        told = with_changes(told, **{path: value})
    status, _out, err = load(file(told))
    lines = err.splitlines()
    assert status == 1 and lines[0] == "[1/1] intake.json refused, 12 faults"
    assert {line.split(":")[0] for line in lines[1:]} == {
        "language", "about.first_name", "x", *(f"mood.phq9[{place}]" for place in range(9)),
    }  # fmt: skip
    assert nothing_stored()


def test_one_way_to_reach_the_person_is_needed(file):
    told = with_changes(complete_document(), **{"about.phone": ABSENT, "about.email": " "})
    assert "about.phone: a phone number or an email address is required" in load(file(told))[2]
    assert nothing_stored()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_what_is_no_finite_number_is_refused(file, number):
    text = json.dumps(complete_document()).replace('"episode_months": 14', f'"episode_months": {number}')
    status, _out, err = load(file(text))
    assert status == 1
    assert "history.episode_months: must be a number" in err
    assert nothing_stored()


def test_an_endless_number_is_refused(file):
    text = json.dumps(complete_document()).replace('"episode_months": 14', f'"episode_months": {"9" * 5000}')
    assert load(file(text))[0] == 1
    assert nothing_stored()


@pytest.mark.parametrize(
    ("twice", "line"),
    [
        ('{"format": "clinic-intake/1", "format": "clinic-intake/1", "about": {}}', "format: is given twice"),
        ('{"mood": {"phq9": [], "phq9": []}}', "mood.phq9: is given twice"),
        ('{"antidepressants": {"trials": [{"drug": "a", "drug": "b"}]}}', "antidepressants.trials[0].drug: is given twice"),
    ],
)  # fmt: skip
def test_a_key_given_twice_is_refused(file, twice, line):
    assert line in load(file(twice))[2]
    assert nothing_stored()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "document: not JSON"),
        (b"   \n", "document: not JSON"),
        (b"not json", "document: not JSON (line 1, column 1)"),
        (b'{"format": ', "document: not JSON"),
        (b"{'format': 1}", "document: not JSON"),
        (b"[]", "document: must be an object, not a list"),
        (b"null", "document: must be an object, not null"),
        (b'"text"', "document: must be an object, not text"),
        (b"7", "document: must be an object, not a number"),
        (b"\xff\xfe{\x00}\x00", "document: not UTF-8 text"),
        (b'{"a": "\xe9"}', "document: not UTF-8 text"),
        (b"[" * 200_000, "document: not JSON that can be read"),
        (b" " * 5_000_001, "document: larger than 5,000,000 bytes"),
        (b'{"document": {"document": {}}}', "document: is not a part of"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_is_no_document_is_refused(file, content, line):
    status, out, err = load(file(content))
    assert (status, out) == (1, "")
    assert err.splitlines()[1].startswith(line)
    assert nothing_stored()


def test_half_a_character_is_refused_though_json_allows_it(file):
    text = json.dumps(complete_document()).replace('"Test"', '"\\ud800"')
    assert "about.first_name: has a character that can't be stored" in load(file(text))[2]
    assert nothing_stored()


def test_a_byte_order_mark_does_no_harm(file):
    assert load(file(b"\xef\xbb\xbf" + json.dumps(complete_document()).encode()))[0] == 0


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    status, _out, err = load(tmp_path, tmp_path / "missing.json")
    assert status == 1
    assert err.count("document: can't be read") == 2
    assert "Traceback" not in err


def test_a_fault_repeats_no_long_text_and_stays_on_one_line(file):
    told = with_changes(complete_document(), **{"about.sex_at_birth": "x\n" * 500})
    lines = load(file(told))[2].splitlines()
    assert len(lines) == 2 and len(lines[1]) < 200


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
PLACES = [f"{field}" for field in ("about", "mood.phq9", "safety.cssrs", "history.episode_months",
    "antidepressants.trials", "health.new_symptoms", "health.bp_date", "consent.agreed", "language")]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(path=st.sampled_from(PLACES), value=ANYTHING)
def test_whatever_stands_in_a_document_its_faults_are_lines_with_a_path(path, value):
    for fault in document.validate(with_changes(complete_document(), **{path: value})):
        assert ": " in fault and "\n" not in fault
