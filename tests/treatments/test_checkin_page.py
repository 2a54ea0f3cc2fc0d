"""The pages on check-ins say what the code does: keys, values, items, numbers, and the room's tables."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.fields.check_in import OWN_ITEMS
from intake.questionnaire.check_in_alarms import TIERS
from tests.treatments.checkins import COURSE, document, gad7, on, phq9
from treatments.progress import judge, thresholds
from treatments.progress.document import CHECK_IN_FIELDS, OPTIONAL, REQUIRED
from treatments.rules.thresholds import Threshold

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "check-ins.md").read_text(encoding="utf-8")
CLINICAL = (DOCS / "clinical.md").read_text(encoding="utf-8").split("## 8. ")[1]


def keys_in(value: object) -> Iterator[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    yield from value if isinstance(value, dict) else ()
    for part in inner:
        yield from keys_in(part)


def test_every_key_that_comes_out_stands_on_the_page():
    result = judge(document(on(0, 12, gad7=gad7(3), items={"bladder": "yes"}), course=COURSE))
    described = PAGE.split("## Out")[1]
    assert [key for key in keys_in(result) if f"`{key}`" not in described] == []
    assert [tier for tier in TIERS if f"`{tier}`" not in described] == []


def test_every_key_that_goes_in_stands_on_the_page():
    described = PAGE.split("## Out")[0]
    keys = [*REQUIRED, *OPTIONAL, "at", *(field.key for field in CHECK_IN_FIELDS)]
    assert [key for key in keys if f"`{key}`" not in described] == []


def test_every_item_stands_there_with_its_words_and_in_its_order():
    rows = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| `")]
    found = [(row[0].strip("| `"), row[2]) for row in rows if len(row) == 4]
    assert found == [(item.field.key, str(item.field.question)) for item in OWN_ITEMS]


def test_the_document_of_the_page_is_judged_as_the_first_worked_case():
    shown = json.loads(PAGE.split("```json")[1].split("```")[0])
    assert judge(shown)["checkins"][0]["phq9"]["total"] == 17


NUMBERS = [
    *(row for row in vars(thresholds).values() if isinstance(row, Threshold)),
    *thresholds.STALE_IN.values(),
    *(row for pair in thresholds.OUTCOMES.values() for row in pair),
]


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.means)
def test_every_number_has_a_source_that_is_listed_and_stands_on_the_clinical_page(row):
    assert row.sources and all(source in thresholds.SOURCES for source in row.sources)
    assert row.reviewed == "2026-11-30"
    assert row.verified == (not {"memory", "proposed", "X11"}.intersection(row.sources))
    assert row.value == 50 or str(row.value) in CLINICAL  # half is said in a word


def test_every_source_is_used():
    assert set(thresholds.SOURCES) == {source for row in NUMBERS for source in row.sources}


def test_the_numbers_are_those_that_were_agreed_on():
    """Written out again: a change of one is a change of what is said of people, and a version of its own."""
    named = {name: row.value for name, row in vars(thresholds).items() if isinstance(row, Threshold)}
    assert named == {
        "START_FROM": 10,
        "RESPONSE": 50,
        "REMISSION_UNDER": 5,
        "PARTIAL": 25,
        "WORSE": 5,
        "RISING": 5,
        "RELIABLE": 6,
        "RELIABLE_GAD7": 4,
        "RELAPSE_FROM": 10,
        "RELAPSE_DAYS": 7,
        "LITTLE_CHANGE": 20,
        "LITTLE_CHANGE_DAYS": 28,
        "BASELINE_DAYS": 28,
        "STALE": 28,
    }
    assert judge(document(on(0, phq9(12))))["ruleset"] == "checkins.1"
