"""The packs of criteria: as reviewed, each with source, day and version; and what stops the load."""

import csv
import io
import json
import re
from copy import deepcopy
from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from intake.document.json_text import value_in
from tests.payers import pack
from treatments.management import pack_digests
from treatments.management.pack_digests import changed, digest, name
from treatments.management.payer_pages import page
from treatments.management.payer_tables import table
from treatments.payers.loading import FOLDER, GENERIC_PACKS, ORDER, PACKS, load, pack_faults, read_pack
from treatments.payers.shapes import REVIEW_DAYS, is_due_for_review
from treatments.payers.version import RECORDED

AETNA = PACKS["AETNA-TMS"]


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("payer_packs", *arguments, stdout=out)
    return out.getvalue()


def test_the_packs_are_those_recorded_for_their_versions():
    assert changed() == [], (
        "a pack changed: raise `version` in its file, then run `manage.py payer_packs --record`"
    )


def test_a_changed_pack_without_a_new_version_is_noticed():
    need = replace(AETNA.needs[0], words="Another age")
    for other in (replace(AETNA, sureness="high"), replace(AETNA, needs=(need, *AETNA.needs[1:]))):
        assert changed([other]) == ["AETNA-TMS 2026-11-28"]
    assert changed([AETNA]) == []


def test_recording_adds_new_versions_and_keeps_what_was_recorded(tmp_path, monkeypatch):
    file = tmp_path / "version.py"
    file.write_text('RECORDED = {\n    "AETNA-TMS older": "aa",\n}\n', encoding="utf-8")
    known = {each: found for each, found in RECORDED.items() if not each.startswith("AETNA")}
    assert len(known) == len(PACKS) + 1
    monkeypatch.setattr(pack_digests, "FILE", file)
    monkeypatch.setattr(pack_digests, "RECORDED", known)
    assert printed("--record") == f"Recorded: {name(AETNA)}.\n"
    assert file.read_text(encoding="utf-8") == (
        f'RECORDED = {{\n    "AETNA-TMS older": "aa",\n    "{name(AETNA)}": "{digest(AETNA)}",\n}}\n'
    )
    monkeypatch.setattr(pack_digests, "RECORDED", RECORDED)
    assert printed("--record") == "Recorded: nothing new.\n"


def test_every_pack_has_its_file_and_every_file_its_place():
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(ORDER)
    assert len(PACKS) == 21
    assert sum(len(each.needs) for each in PACKS.values()) == 144


def test_no_need_has_the_id_of_another():
    ids = [need.id for each in PACKS.values() for need in each.needs]
    assert len(set(ids)) == len(ids)
    assert all(need.id.startswith(each.pack) for each in PACKS.values() for need in each.needs)


def test_what_is_not_any_payers_text_says_so():
    for each in GENERIC_PACKS.values():
        assert each.source_title == "Our own strict list: no payer's text"
        assert not each.verified
    assert set(GENERIC_PACKS) == {"tms", "spravato"}


def test_every_pack_names_its_source_and_the_day_it_was_read():
    for each in PACKS.values():
        assert each.source.strip() and each.source_title.strip() and each.sureness.strip()
        assert date.fromisoformat(each.read_on) <= date.fromisoformat(each.version)


def test_a_policy_is_due_for_review_after_180_days():
    read = date.fromisoformat(AETNA.read_on)
    assert REVIEW_DAYS == 180
    assert AETNA.review_by == read + timedelta(days=180)
    assert not is_due_for_review(AETNA, read + timedelta(days=180))
    assert is_due_for_review(AETNA, read + timedelta(days=181))
    assert is_due_for_review(replace(AETNA, read_on=""), read)


def test_the_table_read_back_gives_the_same_packs():
    rows = list(csv.DictReader(io.StringIO(printed("--csv"), newline="")))
    assert len(rows) == 144
    found: dict[str, dict] = {}
    for row in rows:
        need = {
            "id": row["need"],
            **{key: row[key] for key in ("words", "kind", "on_false", "proof", "note")},
            "verified": row["verified"] == "yes",
            **{key: json.loads(row[key]) for key in ("check", "applies") if row[key]},
        }
        of_pack = ("need", "words", "kind", "check", "on_false", "proof", "note", "applies")
        pack_row = {key: value for key, value in row.items() if key not in of_pack and value}
        pack_row |= {"line": row["line"].split(), "states": row["states"].split()}
        pack_row |= {"verified": need["verified"], "effective": row["effective"]}
        found.setdefault(row["pack"], {**pack_row, "needs": []})["needs"].append(need)
    assert list(found) == list(ORDER)
    for key, row in found.items():
        assert asdict(read_pack(row)) == asdict(PACKS[key])


def test_the_table_says_for_whom_a_need_is():
    row = pack({"age": {"min": 18}}, applies={"unipolar": {}})
    found = read_pack(row)
    [line] = csv.DictReader(io.StringIO(table([found]), newline=""))
    assert json.loads(line["applies"]) == {"unipolar": {}}
    assert 'for whom: `{"unipolar": {}}`' in page([replace(found, payer="aetna")])


def test_the_page_has_every_need_its_source_and_a_block_to_sign():
    found = page()
    for each in PACKS.values():
        assert f"## {each.pack}, version {each.version}" in found
        assert each.source in found
        assert all(f"| {need.id} | {need.words} |" in found for need in each.needs)
    assert found.count("| Psychiatrist | | | |") == len(PACKS)
    assert "- Kaiser: Not read." in found


def test_no_text_of_a_code_or_a_scale_is_kept():
    """The words of CPT are the AMA's; those of MADRS, HAM-D, BDI and QIDS their owners'."""
    kept = "".join(path.read_text(encoding="utf-8") for path in FOLDER.iterdir())
    assert not re.search(
        r"therapeutic repetitive|subsequent delivery|motor threshold re-?determination", kept, re.I
    )


def sound() -> dict:
    return pack({"age": {"min": 18}}, {"unipolar": {}})


def with_check(check: object) -> dict:
    found = sound()
    found["needs"][0]["check"] = check
    return found


CHANGES = [
    ({"pack": None}, "pack.pack: null is not a value"),
    ({"payer": 1}, "pack.payer: "),
    ({"treatment": "ect"}, "pack.treatment: ect is not a value"),
    ({"line": []}, "pack.line: "),
    ({"line": ["union"]}, "pack.line: "),
    ({"line": "any"}, "pack.line: "),
    ({"states": ["Texas"]}, "pack.states: "),
    ({"states": ["TEXAS"]}, "pack.states: "),
    ({"states": ["tx"]}, "pack.states: "),
    ({"states": ["ÄÖ"]}, "pack.states: "),
    ({"states": [["TX"]]}, "pack.states: "),
    ({"source": " "}, "pack.source: "),
    ({"version": 3}, "pack.version: "),
    ({"verified": "no"}, "pack.verified: "),
    ({"authorization": "maybe"}, "pack.authorization: "),
    ({"read_on": "today"}, "pack.read_on: "),
    ({"needs": []}, "pack.needs: "),
    ({"needs": {}}, "pack.needs: "),
    ({"needs": ["age"]}, "pack.needs[0]: must be an object"),
    ({"color": "red"}, "pack.color: is not a key"),
    ({"effective": "\ud800"}, "pack.effective: "),
]
OF_NEEDS = [
    ({"words": " "}, "pack.needs[0].words: "),
    ({"kind": "magic"}, "pack.needs[0].kind: "),
    ({"on_false": "open"}, "pack.needs[0].on_false: "),
    ({"proof": "told"}, "pack.needs[0].proof: "),
    ({"id": "X-1"}, "pack.needs[1].id: X-1 stands twice"),
    ({"verified": 1}, "pack.needs[0].verified: "),
    ({"note": None}, "pack.needs[0].note: "),
    ({"weight": 3}, "pack.needs[0].weight: is not a key"),
    ({"applies": {"age": {}}}, "pack.needs[0].applies: "),
]
CHECKS = [
    None,
    [],
    {},
    "age",
    {"age": {"min": 18}, "unipolar": {}},
    {"height": {"min": 18}},
    {"age": {}},
    {"age": {"min": "18"}},
    {"age": {"min": True}},
    {"age": {"min": 18.5}},
    {"age": []},
    {"unipolar": {"ever": True}},
    {"unipolar": None},
    {"no_psychosis": {}},
    {"no_psychosis": {"when": "later"}},
    {"failures": {"n": 0}},
    {"failures": {"n": 2, "weeks": 6, "weeks_over": 4}},
    {"failures": {"weeks": float("nan")}},
    {"failures": {"weeks": 10**400}},
    {"failures": {"weeks": -1}},
    {"failures": {"max_improvement": 50}},
    {"failures": {"dose": "huge"}},
    {"failures": {"adherence": "yes"}},
    {"failures": {"adherence": 1}},
    {"failures": {"kinds": ["sga"]}},
    {"intolerances": {}},
    {"augmentations": {"n": 1}},
    {"augmentations": {"kinds": ["any"]}},
    {"augmentations": {"n": 1, "kinds": []}},
    {"augmentations": {"n": 1, "kinds": ["stimulant"]}},
    {"augmentations": {"n": 1, "kinds": [["any"]]}},
    {"therapy": {}},
    {"therapy": {"types": "all"}},
    {"therapy": {"types": ["not_sure"]}},
    {"therapy": {"types": ["cbt"], "sessions": 0}},
    {"score_at_least": {}},
    {"score_at_least": {"within_days": 28}},
    {"score_at_least": {"gad7": 10}},
    {"score_at_least": {"phq9": 28}},
    {"score_recorded": {}},
    {"score_recorded": {"scales": ["gad7"]}},
    {"no_concurrent": {"treatments": ["dbs"]}},
    {"never_had": {"treatment": "ect"}},
    {"never_had": {}},
    {"prior_response": {"treatment": "tms"}},
    {"rules_not_met": {"rules": ["T99"]}},
    {"rules_not_met": {"rules": []}},
    {"diagnosis": {"codes": ["depression"]}},
    {"diagnosis": {"codes": ["F33."]}},
    {"diagnosis": {}},
    {"entry": {"key": "mood", "values": ["yes"]}},
    {"entry": {"key": "prescriber", "values": ["nurse"]}},
    {"entry": {"key": "prescriber"}},
    {"entry": {"values": ["yes"]}},
    {"entry": {"key": "pdmp_checked", "values": ["yes"], "valid_days": -1}},
    {"entry": {"key": "pdmp_checked", "values": [1]}},
    {"document": {"kinds": ["letter"]}},
    {"answered": {"paths": ["health.shoe_size"]}},
    {"any_of": []},
    {"any_of": {"unipolar": {}}},
    {"all_of": [{"unipolar": {}}, {"height": {}}]},
    {"any_of": [{"unipolar": {}}] * 101},
]


def test_a_sound_pack_has_no_fault():
    assert list(pack_faults(sound())) == []


@pytest.mark.parametrize(("changes", "opening"), CHANGES)
def test_a_pack_with_a_wrong_part_is_refused_by_its_path(changes, opening):
    assert any(fault.startswith(opening) for fault in pack_faults({**sound(), **changes}))


@pytest.mark.parametrize(("changes", "opening"), OF_NEEDS)
def test_a_need_with_a_wrong_part_is_refused_by_its_path(changes, opening):
    found = sound()
    found["needs"][0] |= changes
    assert any(fault.startswith(opening) for fault in pack_faults(found))


@pytest.mark.parametrize("key", sorted(set(sound()) - {"needs"}))
def test_a_pack_without_a_part_is_refused(key):
    found = sound()
    del found[key]
    assert list(pack_faults(found)) == [f"pack.{key}: is required"]


@pytest.mark.parametrize("key", ["id", "words", "kind", "check", "on_false", "proof"])
def test_a_need_without_a_part_is_refused(key):
    found = sound()
    del found["needs"][0][key]
    assert list(pack_faults(found)) == [f"pack.needs[0].{key}: is required"]


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_a_check_outside_the_closed_list_is_refused(check):
    faults = list(pack_faults(with_check(deepcopy(check))))
    assert faults
    assert all(fault.startswith("pack.needs[0].check: ") and "\n" not in fault for fault in faults)


@pytest.mark.parametrize("text", ['{"age": {"min": 1, "min": 2}}', '{"age": {"min": 1}, "age": {"min": 2}}'])
def test_a_check_that_says_something_twice_is_refused(text):
    check, _faults = value_in(text)
    assert list(pack_faults(with_check(check)))


def test_a_pack_holds_a_hundred_needs_at_most():
    assert list(pack_faults(pack(*[{"unipolar": {}}] * 100))) == []
    assert list(pack_faults(pack(*[{"unipolar": {}}] * 101))) != []


def test_checks_stand_in_each_other_only_so_deep():
    check: dict = {"unipolar": {}}
    for _each in range(8):
        check = {"any_of": [check]}
    assert list(pack_faults(with_check(check))) == []
    assert list(pack_faults(with_check({"all_of": [check]}))) != []


def test_a_file_that_is_wrong_stops_the_load_by_its_name(tmp_path):
    text = (FOLDER / "IBX-MA-TMS.toml").read_text(encoding="utf-8")
    for odd in (
        text.replace("weeks = 4", "weeks = -4"),
        text.replace('source = "', 'source = "" # '),
        "pack = ",
        text,
    ):
        path = tmp_path / ("IBX-MA-TMS.toml" if odd is not text else "OTHER.toml")
        path.write_text(odd, encoding="utf-8")
        with pytest.raises(ValueError, match=path.name):
            load(path)
