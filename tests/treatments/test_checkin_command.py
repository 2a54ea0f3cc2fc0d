"""`manage.py checkin`: one line per file, in order; refusals beside them; no database, keys or settings."""

import json
import os
import subprocess

import pytest
from django.core.management import call_command

from tests.starting import manage
from tests.treatments.checkins import document, on
from treatments.progress import judge


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.json"
    path.write_text(json.dumps(document(on(0, 12))), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(json.dumps(document(on(0, [0, 0, 0, 5, 0, 0, 0, 0, 0]))), encoding="utf-8")
    return path


def run(*arguments) -> subprocess.CompletedProcess:
    bare = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    return manage("checkin", *arguments, environment=bare)


def test_it_prints_one_line_per_file_in_order(good, tmp_path):
    other = tmp_path / "other.json"
    other.write_text(json.dumps(document()), encoding="utf-8")
    result = run(other, good)
    assert result.returncode == 0, result.stderr
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert lines == [judge(document()), judge(document(on(0, 12)))]


def test_a_refused_file_is_named_with_its_errors_and_the_others_still_print(good, bad):
    result = run(bad, good)
    refused, judged = (json.loads(line) for line in result.stdout.splitlines())
    assert result.returncode == 1
    assert refused == {"file": str(bad), "errors": ["checkins[0].phq9[3]: 5 is not one of 0, 1, 2, 3"]}
    assert judged["ruleset"] == "checkins.1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b"{",
        b"[]",
        b"1",
        b'{"as_of": ' + b"9" * 5_000 + b"}",
        b"NaN",
        b"\x00",
    ],
    ids=["empty", "not UTF-8", "deep", "cut", "list", "number", "long number", "NaN", "null character"],
)
def test_a_file_that_is_no_document_is_refused_in_one_line(content, good, tmp_path):
    odd = tmp_path / "odd.json"
    odd.write_bytes(content)
    result = run(odd, good)
    refused, judged = (json.loads(line) for line in result.stdout.splitlines())
    assert result.returncode == 1 and judged["ruleset"] == "checkins.1"
    assert list(refused) == ["file", "errors"]
    assert [error.split(":")[0] for error in refused["errors"]] == ["document"]
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["none.json", "", "\x01"])
def test_a_file_that_is_not_there_or_is_none_is_refused(tmp_path, name):
    result = run(tmp_path / name)
    assert result.returncode == 1
    assert json.loads(result.stdout)["errors"][0].startswith("document: can't be read")


def test_a_name_that_is_no_text_is_printed_all_the_same(tmp_path, capsys):
    """Else the line of one file would keep all others from being printed."""
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json")
    with pytest.raises(SystemExit):
        call_command("checkin", name, "a\x00b")
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["file"] == name
    assert second["errors"] == ["document: can't be read (not the name of a file)"]


def test_indent_spreads_the_same_over_lines(good):
    result = run("--indent", 2, good)
    assert result.stdout.count("\n") > 30
    assert json.loads(result.stdout) == judge(document(on(0, 12)))


def test_without_a_file_it_says_how_it_is_called():
    result = run()
    assert result.returncode == 2 and "FILE" in result.stderr


def test_what_fails_on_one_file_stops_no_other(good, monkeypatch, capsys):
    """As a rule of tomorrow might: the first document makes it raise."""
    judged = iter([ZeroDivisionError("a value"), {"sound": True}])

    def failing(_document):
        found = next(judged)
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr("treatments.management.commands.checkin.judge", failing)
    with pytest.raises(SystemExit):
        call_command("checkin", str(good), str(good))
    failed, sound = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert failed["errors"] == ["document: it can't be judged (ZeroDivisionError)"]
    assert sound == {"sound": True}
