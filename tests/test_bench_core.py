"""The benchmark of the core: it measures real assessments, and fails above its limit."""

import pytest

from bench import core
from tests.documents import complete_document


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(core, "DRAWN", 5)
    monkeypatch.setattr(core, "ROUNDS", 1)


def test_it_prints_median_and_percentile_of_both_kinds_and_passes_under_the_limit(monkeypatch, capsys):
    monkeypatch.setattr(core, "LIMIT", 10_000.0)
    assert core.main() == 0
    *lines, last = capsys.readouterr().out.splitlines()
    kinds = ["worked examples", "drawn", "readiness, worked examples", "readiness, drawn"]
    assert [line.split("  ")[0] for line in lines] == kinds
    assert all("median" in line and "95 %" in line for line in lines)
    assert last.startswith("A readiness takes ")


def test_it_fails_above_the_limit(monkeypatch, capsys):
    monkeypatch.setattr(core, "LIMIT", 0.0)
    assert core.main() == 1
    assert "Over the limit" in capsys.readouterr().out


def test_it_fails_where_a_readiness_takes_more_than_so_many_assessments(monkeypatch, capsys):
    monkeypatch.setattr(core, "LIMIT", 10_000.0)
    monkeypatch.setattr(core, "TIMES", 0.0)
    assert core.main() == 1
    assert "more than 0 times" in capsys.readouterr().out


def test_it_draws_the_same_documents_each_time():
    assert core.drawn() == core.drawn()


def test_it_times_an_assessment(monkeypatch):
    assessed = []
    monkeypatch.setattr(core, "assess", assessed.append)
    document = complete_document()
    assert core.milliseconds(document) >= 0
    assert assessed == [document]
