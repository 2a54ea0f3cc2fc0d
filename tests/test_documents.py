"""The documents: generated pages are as new as the code, and what is cited is there."""

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import get_commands

from clinic import environment, settings_page
from intake.fields.urgency import PRESSING
from intake.questionnaire.dangers import DANGERS
from intake.scales import AUDIT_C, DRUG_ITEM, GAD7, PC_PTSD5, PHQ9
from tests.documents import ABSENT, complete_document, worked_example
from treatments.management import glossary_lists, interchange_page
from treatments.rules.criteria import RULES
from treatments.rules.engine import assess
from treatments.workflow.states import CONSULT_MOVES, REFERRAL_MOVES

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


def test_the_lists_of_the_glossary_are_those_of_the_tables() -> None:
    assert read("glossary.md").endswith(glossary_lists.lists()), "run: manage.py glossary"


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
        complete_document(**{"safety.cssrs": ABSENT, "safety.asq": {"q1": "yes", "q5": "no"}}),
        {"format": "clinic-intake/1", "submitted_on": "2026-11-20"},
    ],
    ids=["v01", "v03", "v12", "unsafe", "asq", "empty"],
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
        for key, words in PRESSING
    }
    assert [danger.key for danger in DANGERS if str(danger.title) not in rows[danger.urgency]] == []


# --- Decisions -----------------------------------------------------------------------------------

RECORDS = sorted((DOCS / "decisions").iterdir())
STATUS = re.compile(
    r"\*\*Status:\*\* (accepted|superseded by record (\d+))\. \*\*Date:\*\* (\d{4}-\d{2}-\d{2})\."
)


def test_the_records_are_numbered_without_a_gap() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == [*range(1, len(RECORDS) + 1)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_opens_with_its_number_its_status_and_its_date(record: Path) -> None:
    title, blank, status, *rest = record.read_text(encoding="utf-8").splitlines()
    assert title.startswith(f"# {int(record.name[:4])}. ")
    assert blank == ""
    found = STATUS.fullmatch(status)
    assert found, status
    assert date.fromisoformat(found[3])
    assert [line for line in rest if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
    ]


# --- Citations -----------------------------------------------------------------------------------

# Files of others, kept as they came.
NOT_OURS = ("package-lock.json", "axe.min.js", ".LICENSE.txt", ".svg", ".png", "not_in_table.txt")
# Pages that stood in no repository: what they said is on the pages of docs/.
NOWHERE = ("clinical " + "reference", "intake " + "dictionary", "the " + "specification")
ELSEWHERE = {"docs/source/tasks/phq9.rst"}  # in the project that a scale names as its source
CITED_PATH = re.compile(r"(?<![\w/.])docs/[\w./-]*\w/?")
CITED_PAGE = re.compile(r"(?<![\w/.*-])[\w-]+\.md\b")
CITED_RECORD = re.compile(r"\b[Rr]ecords? \[?(\d+)\b")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def ours() -> Iterator[tuple[Path, str]]:
    """``(file, text)`` of every text file in the repository that is our own."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        file = ROOT / name
        if not name.endswith(NOT_OURS) and file.exists():
            yield file, file.read_text(encoding="utf-8")


OURS = list(ours())
PAGES = [(file, text) for file, text in OURS if file.suffix == ".md"]


def cited(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """``(file, what it cites)`` for every match in a file of ours."""
    for file, text in OURS:
        for found in pattern.finditer(text):
            yield str(file.relative_to(ROOT)), found[1] if pattern.groups else found[0]


def test_every_path_into_the_documents_leads_somewhere() -> None:
    wrong = [
        (file, path)
        for file, path in cited(CITED_PATH)
        if path not in ELSEWHERE and not (ROOT / path).exists()
    ]
    assert wrong == []


def test_every_page_that_is_named_is_in_the_repository() -> None:
    here = {file.name for file, _text in PAGES}
    assert [(file, page) for file, page in cited(CITED_PAGE) if page not in here] == []


def test_every_record_that_is_named_is_there() -> None:
    assert [(file, number) for file, number in cited(CITED_RECORD) if int(number) > len(RECORDS)] == []


def test_nothing_cites_what_is_in_no_repository() -> None:
    wrong = [
        (str(file.relative_to(ROOT)), words)
        for file, text in OURS
        for words in NOWHERE
        if words in " ".join(text.split()).casefold()
    ]
    assert wrong == []


def test_every_link_of_a_page_leads_somewhere() -> None:
    wrong = [
        (file.name, link)
        for file, text in PAGES
        for link in LINK.findall(text)
        if "://" not in link and not (file.parent / link).exists()
    ]
    assert wrong == []


# --- House rules ---------------------------------------------------------------------------------

CITED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")


def test_every_house_rule_says_how_it_is_held() -> None:
    rules = re.findall(r"^(\d+)\. (.*)$", read("house-rules.md"), re.MULTILINE)
    assert [int(number) for number, _text in rules] == [*range(1, 30)]
    assert [
        number for number, text in rules if not re.search(r"\*(Test:|By review\.|Checked by)\*", text)
    ] == []


def test_every_test_that_is_named_is_there() -> None:
    missing = []
    for file, text in PAGES:
        for path, name in CITED_TEST.findall(text):
            source = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else ""
            if not source or (name and f"def {name}(" not in source):
                missing.append((file.name, path, name))
    assert missing == []


def test_the_states_of_the_architecture_are_those_of_the_tables() -> None:
    rows = [
        line.strip("| ").split(" | ")
        for line in read("architecture.md").splitlines()
        if line.startswith("| ")
    ]
    written = {row[0]: set(row[1].split(", ")) for row in rows if len(row) >= 2}
    for moves in (REFERRAL_MOVES, CONSULT_MOVES):
        assert {state: set(after) for state, after in moves.items() if after} == {
            state: written[state] for state, after in moves.items() if after
        }


# --- Code that pages name ------------------------------------------------------------------------

NAMED_COMMAND = re.compile(r"manage\.py ([a-z_]+)")
NAMED_TARGET = re.compile(r"`make ([a-z-]+)|^make ([a-z-]+) +#", re.MULTILINE)


def test_every_command_that_a_page_names_is_there_and_ours_are_all_explained() -> None:
    commands = get_commands()
    named = {command for _file, text in PAGES for command in NAMED_COMMAND.findall(text)}
    assert named - set(commands) == {"help"}
    ours = {name for name, app in commands.items() if app in ("intake", "treatments")} - {"makemigrations"}
    table = read("deploying.md").split("## Commands")[1]
    assert {name for name in ours if f"`{name}" not in table} == set()


def test_every_target_of_make_that_a_page_names_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {one or other for _file, text in PAGES for one, other in NAMED_TARGET.findall(text)}
    assert named - targets == set()


# --- Code that pages name ------------------------------------------------------------------------

NAMED_CODE = re.compile(r"`((?:clinic|intake|treatments|templates|tests|bench|scripts|styles)/[\w./-]*)`")


def test_every_file_that_a_page_names_is_there() -> None:
    wrong = [
        (file.name, path)
        for file, text in PAGES
        for path in NAMED_CODE.findall(text)
        if not (ROOT / path).exists()
    ]
    assert wrong == []
