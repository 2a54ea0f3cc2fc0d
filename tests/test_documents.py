"""The documents: generated pages are as new as the code."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic import environment, settings_page
from intake.questionnaire.dangers import DANGERS, URGENCY_WORDS
from intake.scales import AUDIT_C, DRUG_ITEM, GAD7, PC_PTSD5, PHQ9
from tests.documents import complete_document, worked_example
from treatments.management import interchange_page
from treatments.rules.criteria import RULES
from treatments.rules.engine import assess

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


# --- Generated pages -----------------------------------------------------------------------------


def test_the_page_of_settings_is_what_the_code_reads() -> None:
    assert read("settings.md") == settings_page.page(), (
        "run: python -m clinic.settings_page > docs/settings.md"
    )


def test_every_setting_that_is_read_stands_on_the_page_once() -> None:
    listed = [name for _title, rows in settings_page.GROUPS for name, _meaning, _words in rows]
    assert sorted(listed) == sorted(environment.READ)


def test_the_page_of_the_interchange_format_is_what_the_fields_say() -> None:
    assert read("interchange.md") == interchange_page.page(), (
        "run: manage.py interchange > docs/interchange.md"
    )


def keys_in(value: object) -> Iterator[str]:
    match value:
        case dict():
            yield from value
            for part in value.values():
                yield from keys_in(part)
        case list():
            for part in value:
                yield from keys_in(part)


@pytest.mark.parametrize(
    "document",
    [
        *(worked_example(name)["document"] for name in ("v01", "v03", "v12")),
        complete_document(**{"safety.cssrs.q4": "yes", "history.bipolar_diagnosis": "not_sure"}),
        {"format": "clinic-intake/1", "submitted_on": "2026-11-20"},
    ],
    ids=["v01", "v03", "v12", "unsafe", "empty"],
)
def test_every_key_of_an_assessment_stands_on_the_page(document: dict) -> None:
    described = read("interchange.md").split("## An assessment")[1]
    assert [key for key in keys_in(assess(document)) if f"`{key}`" not in described] == []


# --- Clinical content ----------------------------------------------------------------------------


def test_every_instrument_and_every_group_of_rules_stands_on_the_clinical_page() -> None:
    page = read("clinical.md")
    titles = [scale.title["en"] for scale in (PHQ9, GAD7, AUDIT_C, DRUG_ITEM, PC_PTSD5)]
    assert [title for title in titles if f"| {title} |" not in page] == []
    assert [rule.id for rule in RULES if f"\n| {rule.id[0]} |" not in page] == []


def test_the_clinical_page_names_every_danger_with_its_urgency() -> None:
    rows = {
        key: next(line for line in read("clinical.md").splitlines() if line.startswith(f"| {words} |"))
        for key, words in URGENCY_WORDS
    }
    assert [danger.key for danger in DANGERS if str(danger.title) not in rows[danger.urgency]] == []
