"""`manage.py assess`: one line per file, in order; refusals beside them; no database, keys or settings."""

import json
import os
import subprocess

import pytest
from django.core.management import call_command

from tests.documents import INTAKES, complete_document
from tests.starting import manage
from treatments.rules.engine import assess


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.json"
    path.write_text(json.dumps(complete_document()), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(complete_document(**{"mood.phq9": [5] * 9})), encoding="utf-8")
    return path


def run(*arguments, **environment) -> subprocess.CompletedProcess:
    bare = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    return manage("assess", *arguments, environment={**bare, **environment})


def test_it_prints_one_line_per_file_in_order(good):
    result = run(good, INTAKES / "v12.json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 0, result.stderr
    assert lines[0] == assess(complete_document())
    assert lines[1]["staging"]["mgh_s"] == 2.5


def test_a_refused_file_is_named_with_its_errors_and_the_others_still_print(good, bad):
    result = run(bad, good)
    refused, assessed = (json.loads(line) for line in result.stdout.splitlines())
    assert result.returncode == 1
    assert list(refused) == ["file", "errors"]
    assert refused["file"] == str(bad)
    assert refused["errors"][0].startswith("mood.phq9[0]: ")
    assert assessed["hold"]["level"] == "none"


@pytest.mark.parametrize("digits", [400, 4_000, 40_000])
def test_a_number_of_any_length_in_one_file_stops_no_other(good, tmp_path, digits):
    odd = tmp_path / "odd.json"
    text = json.dumps(complete_document())
    odd.write_text(
        text.replace('"episode_months": 14', f'"episode_months": {"9" * digits}'), encoding="utf-8"
    )
    result = run(odd, good)
    refused, assessed = (json.loads(line) for line in result.stdout.splitlines())
    assert refused["errors"] and assessed["hold"]["level"] == "none"
    assert "Traceback" not in result.stderr


def test_a_rule_that_fails_on_one_file_stops_no_other(good, bad, monkeypatch, capsys):
    """As a rule of tomorrow might: the first document makes it raise."""
    judged = iter([ZeroDivisionError("a value"), {"hold": "sound"}])

    def failing(document, **more):
        found = next(judged)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr("treatments.management.commands.assess.assess", failing)
    with pytest.raises(SystemExit):
        call_command("assess", str(good), str(good))
    failed, assessed = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert failed["errors"] == ["document: a rule fails on it (ZeroDivisionError)"]
    assert assessed == {"hold": "sound"}


def test_a_file_that_is_not_there_is_refused(tmp_path):
    result = run(tmp_path / "none.json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["errors"]
    assert "Traceback" not in result.stderr


def test_indent_spreads_the_same_assessment_over_lines(good):
    result = run(good, "--indent", 2)
    assert result.stdout.count("\n") > 50
    assert json.loads(result.stdout) == assess(complete_document())


def test_explain_prints_the_same_for_a_person(bad):
    result = run(INTAKES / "v03.json", bad, "--explain")
    assert result.returncode == 1
    assert "Hold: Urgent (S01)" in result.stdout
    assert "TMS: a clinician decides first" in result.stdout
    assert "Refused" in result.stdout


def test_the_clinics_cut_off_is_read_from_the_environment(tmp_path):
    path = tmp_path / "three.json"
    yeses = {"anxiety.trauma_event": "yes", "anxiety.pc_ptsd5": ["yes", "yes", "yes", "no", "no"]}
    path.write_text(json.dumps(complete_document(**yeses)), encoding="utf-8")
    for cut_off, positive in (("4", False), ("3", True)):
        result = run(path, PC_PTSD5_CUTOFF_WOMEN=cut_off)
        assert json.loads(result.stdout)["scores"]["pc_ptsd5"]["positive"] is positive
