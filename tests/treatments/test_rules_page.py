"""The page of rules to sign: complete, and never stale."""

from pathlib import Path

from intake.questionnaire.dangers import DANGERS
from treatments.management.rules_page import page
from treatments.rules.criteria import RULES

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_in_the_docs_is_what_the_command_prints():
    assert DOCS.read_text(encoding="utf-8") == page(), "stale: run `manage.py rules > docs/rules.md`"


def test_every_rule_stands_on_the_page_once():
    lines = page().splitlines()
    assert all(lines.count(f"### {rule.id}") == 1 for rule in RULES)


def test_what_is_not_verified_is_marked():
    text = page()
    for rule in RULES:
        row = text.split(f"### {rule.id}\n")[1].split("\n### ")[0]
        assert ("**not verified**" in row.split("\n## ")[0]) is not rule.verified, rule.id


def test_there_is_a_place_to_sign():
    assert "## Sign-off" in page()
    assert "Signature" in page()


def test_it_says_which_rules_are_ticked_before_routing():
    sections = page().split("### ")[1:]
    ticked = {
        section[:3] for section in sections if "- **Before routing:** whoever routes ticks it" in section
    }
    assert ticked == {rule.id for rule in RULES if rule.before_routing} == {"S04", "D10"}


def test_it_prints_the_settings_that_a_clinician_signs_with_the_rules():
    settings = page().split("## Settings to sign")[1].split("## Sign-off")[0]
    assert "| `HELP_PAGES` | `rising` | `every` |" in settings
    assert "| `PC_PTSD5_CUTOFF_WOMEN` | 4 | 3 |" in settings


def test_every_unsafe_answer_stands_under_its_kind_of_help():
    help_part = page().split("## Help after an unsafe answer")[1].split("\n## ")[0]
    for danger in DANGERS:
        assert help_part.count(f"{danger.title} (") == 1
