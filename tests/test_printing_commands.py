"""The commands that print or write the generated pages: what they give is what is in the repository."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from intake.drugs.suggest import FILE
from intake.management.commands import drug_names
from treatments.management import ruleset_digest
from treatments.management.commands import glossary
from treatments.rules.version import DIGESTS, RULESET

DOCS = Path(__file__).parents[1] / "docs"


PAGES = {"rules": "rules", "states": "states", "interchange": "interchange", "payer_packs": "payers"}


@pytest.mark.parametrize("name", PAGES)
def test_a_command_prints_the_page_of_the_repository(name):
    out = StringIO()
    call_command(name, stdout=out)
    assert out.getvalue() == (DOCS / f"{PAGES[name]}.md").read_text(encoding="utf-8")


def test_the_glossary_keeps_its_words_and_gets_its_lists_anew(tmp_path, monkeypatch):
    page = tmp_path / "glossary.md"
    written = (DOCS / "glossary.md").read_text(encoding="utf-8")
    page.write_text(written[: len(written) - 40], encoding="utf-8")
    monkeypatch.setattr(glossary, "PAGE", page)
    call_command("glossary", stdout=StringIO())
    assert page.read_text(encoding="utf-8") == written


def test_the_list_of_drug_names_is_written_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(drug_names, "FILE", tmp_path / "names.json")
    call_command("drug_names", stdout=StringIO())
    assert (tmp_path / "names.json").read_bytes() == FILE.read_bytes()


@pytest.fixture
def rules_elsewhere(tmp_path, monkeypatch):
    """The folder of the rules for what writes there; what judges is read from its own."""
    today = ruleset_digest.digest()
    monkeypatch.setattr(ruleset_digest, "digest", lambda: today)
    monkeypatch.setattr(ruleset_digest, "RULES_FOLDER", tmp_path)
    return tmp_path / "version.py"


def test_recording_a_version_again_changes_its_line_alone(rules_elsewhere):
    rules_elsewhere.write_text(f'DIGESTS = {{\n    "older": "aa",\n    "{RULESET}": "bb",\n}}\n')
    out = StringIO()
    call_command("rules", "--record", stdout=out)
    assert rules_elsewhere.read_text() == (
        f'DIGESTS = {{\n    "older": "aa",\n    "{RULESET}": "{DIGESTS[RULESET]}",\n}}\n'
    )
    assert out.getvalue() == f"Recorded {DIGESTS[RULESET]}.\n"


def test_recording_a_new_version_adds_a_line(rules_elsewhere, monkeypatch):
    monkeypatch.setattr(ruleset_digest, "RULESET", "next")
    rules_elsewhere.write_text('DIGESTS = {\n    "older": "aa",\n}\n')
    ruleset_digest.record()
    assert rules_elsewhere.read_text() == (
        f'DIGESTS = {{\n    "older": "aa",\n    "next": "{DIGESTS[RULESET]}",\n}}\n'
    )
