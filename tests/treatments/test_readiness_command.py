"""`manage.py readiness`: one line per file, in order; refusals beside them; no database, keys or settings."""

import json
import os
import subprocess
from copy import deepcopy

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents import complete_document
from tests.payers import CASES, case, entry, pack, request, shows
from tests.starting import manage
from treatments.management.commands.readiness import _judged
from treatments.payers.readiness import readiness
from treatments.payers.request import parse_request, request_faults

CASE = CASES / "s01-two-classes-no-augmentation.json"
TRIAL = "antidepressants.trials[0]"
AGE = {"age": {"min": 18}}


def run(*arguments, **environment) -> subprocess.CompletedProcess:
    bare = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    return manage("readiness", *arguments, environment={**bare, **environment})


def written(tmp_path, given, name="input.json"):
    path = tmp_path / name
    if isinstance(given, bytes):
        path.write_bytes(given)
    else:
        path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return path


def test_it_prints_one_line_per_file_in_order_and_needs_no_database(tmp_path):
    bad = written(tmp_path, {**request(), "treatment": "ect"})
    result = run(CASE, bad, CASE)
    first, refused, last = (json.loads(line) for line in result.stdout.splitlines())
    given, _expected = case(CASE)
    assert result.returncode == 1
    assert first == last == readiness(**given)
    assert refused == {"file": str(bad), "errors": ["treatment: ect is not one of tms, spravato"]}
    assert "Traceback" not in result.stderr


def test_it_ends_well_where_nothing_is_refused_and_spreads_over_lines(capsys):
    call_command("readiness", str(CASE), indent=2)
    assert json.loads(capsys.readouterr().out)["pack"] == "AETNA-TMS"


def test_its_output_has_these_parts_in_this_order():
    found = readiness(complete_document(), on="2026-11-28", treatment="tms")
    assert list(found) == [
        *("format", "on", "treatment", "ruleset", "proposed", "payer", "pack", "pack_version", "pack_reason"),
        *("verified", "authorization", "summary", "needs"),
    ]
    assert list(found["summary"]) == [
        *("total", "met", "to_show", "open", "clinician", "not_met", "not_applicable", "words"),
    ]
    assert list(found["needs"][0]) == [
        *("id", "words", "kind", "proof", "result", "strength", "sentence", "answers", "ask", "evidence"),
        *("source", "verified", "note"),
    ]


def test_a_need_that_fails_on_one_file_stops_no_other(monkeypatch, capsys):
    def failing(document, **more):
        raise ZeroDivisionError("a value")

    monkeypatch.setattr("treatments.management.commands.readiness.readiness", failing)
    with pytest.raises(SystemExit) as ended:
        call_command("readiness", str(CASE), str(CASE))
    assert ended.value.code == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["errors"] for line in lines] == [["document: a need fails on it (ZeroDivisionError)"]] * 2


LINE = json.dumps(request())
NOT_READ = {
    "empty": "",
    "not JSON": "{",
    "no object": "[]",
    "a number alone": "3",
    "null": "null",
    "not a number": "NaN",
    "not UTF-8": b"\xff\xfe{}",
    "nested too deeply": "[" * 100_000,
    "objects nested too deeply": '{"pack":' * 100_000,
    "a number too long": LINE.replace('"2026-11-28"', "9" * 5_000),
    "a key twice": LINE.replace('{"format"', '{"on": "2026-11-27", "format"', 1),
}


@pytest.mark.parametrize("text", NOT_READ.values(), ids=list(NOT_READ))
def test_what_is_no_readable_input_is_refused_in_one_line(text, tmp_path, capsys):
    with pytest.raises(SystemExit):
        call_command("readiness", str(written(tmp_path, text)))
    [line] = capsys.readouterr().out.splitlines()
    errors = json.loads(line)["errors"]
    assert errors and all(": " in error and "\n" not in error for error in errors)


def test_a_file_that_is_not_there_a_folder_and_one_too_large_are_refused(tmp_path, capsys):
    large = written(tmp_path, " " * 5_000_001)
    with pytest.raises(SystemExit):
        call_command("readiness", str(tmp_path / "none"), str(tmp_path), str(large))
    assert len(capsys.readouterr().out.splitlines()) == 3


DOCUMENT = complete_document()
LATER, OTHER_DAY = "2026-11-29", "not a day"
PHQ9 = {"scale": "phq9", "on": "2026-11-27"}
REFUSED = [
    ({"format": "clinic-intake/1"}, "format: "),
    ({"color": 1}, "color: "),
    ({"on": "2026-11-19"}, "on: "),
    ({"on": OTHER_DAY}, "on: "),
    ({"on": 20261128}, "on: "),
    ({"on": "2026-02-30"}, "on: "),
    ({"treatment": None}, "treatment: "),
    ({"treatment": ["tms"]}, "treatment: "),
    ({"document": None}, "document: "),
    ({"document": complete_document(**{"mood.phq9": [5] * 9})}, "document.mood.phq9[0]: "),
    ({"document": {**DOCUMENT, "format": "x"}}, "document.format: "),
    ({"document": complete_document(**{"mood.tune": 1})}, "document.mood.tune: "),
    ({"coverage": []}, "coverage: "),
    ({"coverage": {"payer": "acme"}}, "coverage.payer: "),
    ({"coverage": {"payer": "generic"}}, "coverage.payer: "),
    ({"coverage": {"payer": 1}}, "coverage.payer: "),
    ({"coverage": {"line": "any"}}, "coverage.line: "),
    ({"coverage": {"contracted": True}}, "coverage.contracted: "),
    ({"coverage": {"plan": "gold"}}, "coverage.plan: "),
    ({"coverage": {"payer": "aetna", "pack": "AETNA"}}, "coverage.pack: "),
    ({"coverage": {"payer": "aetna", "pack": "CENTENE-TMS"}}, "coverage.pack: "),
    ({"coverage": {"pack": "AETNA-TMS"}}, "coverage.pack: "),
    ({"coverage": {"payer": "cigna", "pack": "CIGNA-SPR"}}, "coverage.pack: "),
    ({"coverage": {"pack": "GENERIC-SPR"}}, "coverage.pack: "),
    ({"pack": pack(AGE), "coverage": {"pack": "GENERIC-TMS"}}, "coverage.pack: "),
    ({"pack": {**pack(AGE), "treatment": "spravato"}}, "pack.treatment: "),
    ({"pack": pack({"height": {}})}, "pack.needs[0].check: "),
    ({"pack": {}}, "pack.pack: "),
    ({"pack": "AETNA-TMS"}, "pack: "),
    ({"evidence": {}}, "evidence: "),
    ({"evidence": ["seen"]}, "evidence[0]: "),
    ({"evidence": [shows(TRIAL)] * 1_001}, "evidence: "),
    ({"evidence": [shows("antidepressants.trials[7]")]}, "evidence[0].about: "),
    ({"evidence": [shows("antidepressants.trials[00]")]}, "evidence[0].about: "),
    ({"evidence": [shows("antidepressants.trials.0")]}, "evidence[0].about: "),
    ({"evidence": [shows("health.shoes")]}, "evidence[0].about: "),
    ({"evidence": [shows("submitted_on")]}, "evidence[0].about: "),
    ({"evidence": [shows("mood.phq9[9]")]}, "evidence[0].about: "),
    ({"evidence": [shows("")]}, "evidence[0].about: "),
    ({"evidence": [shows("mood\n")]}, "evidence[0].about: "),
    ({"evidence": [shows(None)]}, "evidence[0].about: "),
    ({"evidence": [shows(TRIAL, strength="said")]}, "evidence[0].strength: "),
    ({"evidence": [shows(TRIAL, agrees=True)]}, "evidence[0].agrees: "),
    ({"evidence": [shows(TRIAL, kind="rumor")]}, "evidence[0].kind: "),
    ({"evidence": [shows(TRIAL, on=LATER)]}, "evidence[0].on: "),
    ({"evidence": [shows(TRIAL, by="me")]}, "evidence[0].by: "),
    ({"evidence": [{"about": TRIAL}]}, "evidence[0].strength: "),
    ({"entries": [entry("mood", "yes")]}, "entries[0].key: "),
    ({"entries": [entry("pdmp_checked", "no")]}, "entries[0].value: "),
    ({"entries": [entry("diagnosis", "depression")]}, "entries[0].value: "),
    ({"entries": [entry("diagnosis", "F33.")]}, "entries[0].value: "),
    ({"entries": [entry("diagnosis", "F33.12345")]}, "entries[0].value: "),
    ({"entries": [entry("diagnosis", 33)]}, "entries[0].value: "),
    ({"entries": [entry("height_weight", "x" * 41)]}, "entries[0].value: "),
    ({"entries": [entry("height_weight", "\ud800")]}, "entries[0].value: "),
    ({"entries": [entry("pdmp_checked", "yes", LATER)]}, "entries[0].on: "),
    ({"entries": [entry("pdmp_checked", "yes", OTHER_DAY)]}, "entries[0].on: "),
    ({"entries": [entry("pdmp_checked", "yes", about=TRIAL)]}, "entries[0].about: "),
    ({"entries": [entry("max_tolerated", "yes")]}, "entries[0].about: "),
    ({"entries": [entry("max_tolerated", "yes", about="antidepressants.trials[9]")]}, "entries[0].about: "),
    ({"entries": [entry("max_tolerated", "yes", about="antidepressants.trials")]}, "entries[0].about: "),
    ({"entries": [entry("max_tolerated", "yes", about="other_treatments.therapy[0]")]}, "entries[0].about: "),
    ({"entries": [entry("statement", "Fine.", about="AETNA-TMS-01")]}, "entries[0].about: "),
    ({"entries": [entry("statement", "Fine.", about=["GENERIC-TMS-01"])]}, "entries[0].about: "),
    ({"entries": [entry("statement", " ", about="GENERIC-TMS-01")]}, "entries[0].value: "),
    ({"entries": [{"key": "pdmp_checked", "value": "yes"}]}, "entries[0].on: "),
    ({"entries": [entry("pdmp_checked", "yes", by="me")]}, "entries[0].by: "),
    ({"entries": [{"value": "yes", "on": "2026-11-22"}]}, "entries[0].key: "),
    ({"entries": [{"key": "pdmp_checked", "on": "2026-11-22"}]}, "entries[0].value: "),
    ({"entries": [entry("statement", "Fine.", about="X-9")], "pack": pack(AGE)}, "entries[0].about: "),
    ({"scores": [{"on": "2026-11-27", "total": 6}]}, "scores[0].scale: "),
    ({"scores": [PHQ9]}, "scores[0]: "),
    ({"scores": [{**PHQ9, "items": [1] * 9, "total": 9}]}, "scores[0]: "),
    ({"scores": [{**PHQ9, "total": 28}]}, "scores[0].total: "),
    ({"scores": [{**PHQ9, "total": 18.0}]}, "scores[0].total: "),
    ({"scores": [{**PHQ9, "total": True}]}, "scores[0].total: "),
    ({"scores": [{**PHQ9, "total": float("nan")}]}, "scores[0].total: "),
    ({"scores": [{**PHQ9, "total": 10**400}]}, "scores[0].total: "),
    ({"scores": [{**PHQ9, "items": [1] * 8}]}, "scores[0].items: "),
    ({"scores": [{**PHQ9, "items": [1] * 8 + [4]}]}, "scores[0].items[8]: "),
    ({"scores": [{**PHQ9, "items": [1] * 8 + [True]}]}, "scores[0].items[8]: "),
    ({"scores": [{**PHQ9, "items": 9}]}, "scores[0].items: "),
    ({"scores": [{"scale": "madrs", "on": "2026-11-27", "items": [1] * 9}]}, "scores[0].items: "),
    ({"scores": [{"scale": "madrs", "on": "2026-11-27", "total": 61}]}, "scores[0].total: "),
    ({"scores": [{"scale": "gad7", "on": "2026-11-27", "total": 6}]}, "scores[0].scale: "),
    ({"scores": [{"scale": "phq9", "on": LATER, "total": 6}]}, "scores[0].on: "),
    ({"scores": [{"scale": "phq9", "total": 6}]}, "scores[0].on: "),
    ({"scores": [{**PHQ9, "total": 6, "strength": "said"}]}, "scores[0].strength: "),
    ({"scores": [{**PHQ9, "total": 6, "by": "me"}]}, "scores[0].by: "),
]


@pytest.mark.parametrize(("changes", "opening"), REFUSED)
def test_a_fault_is_named_by_its_path_in_one_line(changes, opening):
    found, faults = parse_request(json.dumps(request(**changes)))
    assert found is None
    assert any(fault.startswith(opening) for fault in faults), faults
    assert all(fault.isprintable() for fault in faults)


@pytest.mark.parametrize("day", ["0150-01-01", "9999-12-31"])
def test_the_first_and_the_last_days_are_days(day):
    """A document of the last day that can be written is judged, as any other."""
    document = complete_document(**{"about.date_of_birth": f"{int(day[:4]) - 40:04}-01-01"})
    dates = {"submitted_on": day, "consent": {**document["consent"], "signed_on": day}}
    document = {**document, **dates, "health": {**document["health"], "bp_date": day}}
    found, faults = parse_request(json.dumps(request(on=day, document=document)))
    assert faults == []
    assert readiness(**found)["needs"][0]["result"] == "met_said"


@pytest.mark.parametrize("key", ["format", "on", "treatment", "document"])
def test_what_is_required_is_asked_for(key):
    given = request()
    del given[key]
    assert list(request_faults(given)) == [f"{key}: is required"]


@pytest.mark.parametrize(
    "changes", [{"treatment": "ect"}, {"coverage": ["aetna"]}, {"coverage": {"payer": "acme"}}]
)
def test_of_which_pack_a_need_is_can_t_be_told_where_the_pack_can_t(changes):
    given = request(entries=[entry("statement", "Fine.", about="X-0")], **changes)
    assert not any(fault.startswith("entries") for fault in request_faults(given))


def test_every_key_that_stands_twice_is_named():
    row = json.dumps(shows(TRIAL)).replace("{", '{"about": "mood", ', 1)
    text = json.dumps(request(evidence=["row"], coverage="cover"))
    text = text.replace('"row"', row).replace('"cover"', '{"payer": null, "payer": "aetna"}')
    _found, faults = parse_request(text)
    assert faults == ["coverage.payer: is given twice", "evidence[0].about: is given twice"]


SOUND = [
    {},
    {"coverage": None, "evidence": None, "entries": None, "scores": None, "pack": None},
    {"coverage": {}, "evidence": [], "entries": [], "scores": []},
    {"coverage": {"payer": None, "line": None, "pack": None, "contracted": None}},
    {"coverage": {"payer": "other", "line": "medicaid", "contracted": "not_sure"}},
    {"coverage": {"payer": "uhc", "pack": "GENERIC-TMS"}},
    {"about": {"anything": [1]}, "expect": None},
    {"on": "2026-11-20"},
    {"evidence": [shows(path) for path in ("mood", "mood.phq9", "mood.phq9[8]", TRIAL, f"{TRIAL}.weeks")]},
    {"evidence": [shows("other_treatments.tms.had", on="2020-01-01")]},
    {"entries": [entry("max_tolerated", "no", about=TRIAL), entry("diagnosis", "F33", about=None)]},
    {"entries": [entry("statement", "Benefit outweighs risk.", about="GENERIC-TMS-09")]},
    {"pack": pack(AGE), "entries": [entry("statement", "Fine.", about="X-0")]},
    {"entries": [entry("statement", "Fine.", about="AETNA-TMS-01")], "coverage": {"payer": "aetna"}},
    {
        "scores": [
            {**PHQ9, "total": None, "items": [1, None, 3, 0, 0, 0, 0, 0, 0]},
            {**PHQ9, "total": 0, "items": None},
        ]
    },
    {"scores": [{**PHQ9, "total": 27, "strength": "shown"}]},
]


@pytest.mark.parametrize("changes", SOUND, ids=str)
def test_what_the_format_allows_is_judged(changes):
    found, faults = parse_request(json.dumps(request(**changes)))
    assert faults == []
    assert readiness(**found)["needs"]


ODD = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**40), 10**40),
        st.floats(),
        st.text(st.characters(), max_size=8),
        st.sampled_from(
            ["\ud800", "yes", "2026-11-22", "tms", "aetna", TRIAL, "X-0", "mood.phq9", "AETNA-TMS", ""]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["key", "value", "on", "about", "any_of", "age", "needs", "line", "\udfff"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)
FULL = request(
    coverage={"payer": "aetna", "line": "commercial", "pack": None, "contracted": "yes"},
    pack=pack(
        AGE,
        {
            "any_of": [
                {"failures": {"n": 2, "weeks": 6}},
                {"entry": {"key": "prescriber", "values": ["other"]}},
            ]
        },
    ),
    evidence=[shows(TRIAL, on="2026-11-22")],
    entries=[entry("statement", "Fine.", about="X-0"), entry("max_tolerated", "yes", about=TRIAL)],
    scores=[{**PHQ9, "items": [1] * 9}, {**PHQ9, "total": 3, "strength": "told"}],
)


def places(value, path=()):
    """Every place of a JSON value, its containers too."""
    yield path
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*path, key))


def put(value, path, odd):
    """A copy with something odd at the place."""
    if not path:
        return odd
    value = deepcopy(value)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = odd
    return value


@given(st.sampled_from([path for path in places(FULL) if path]), ODD)
@settings(max_examples=400, deadline=None)
def test_something_odd_anywhere_is_refused_or_judged_and_never_raises(path, odd):
    text = json.dumps(put(FULL, path, odd))
    found, faults = parse_request(text)
    if found is None:
        assert faults and all(fault.isprintable() and ": " in fault for fault in faults)
    else:
        json.dumps(readiness(**found), ensure_ascii=False).encode("utf-8")


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused(tmp_path_factory, given_bytes):
    path = tmp_path_factory.mktemp("odd") / "odd.json"
    path.write_bytes(given_bytes)
    result, errors = _judged(str(path))
    assert result is None and errors and not errors[0].startswith("document: a need fails")
