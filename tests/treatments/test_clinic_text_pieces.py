"""The clinic's texts as data: their closed lists of placeholders, and how they are checked and filled in."""

import re

import pytest

from tests.intake.readability import grade
from tests.intake.test_readability import MOST_OF_ONE
from treatments.workflow.clinic_texts import (
    CLINIC_TEXTS,
    PLACEHOLDERS,
    BadTextError,
    ClinicText,
    Kind,
    fill,
    has_single_brace,
    placeholders_of,
    unknown_placeholders,
)
from treatments.workflow.clinic_texts.text import LONGEST_TEXT

LETTERS = [row for row in CLINIC_TEXTS.values() if row.kind is Kind.LETTER]
NAMES_A_PERSON = {
    "patient",
    "birth_date",
    "recipient",
    "writer",
    "decided",
    "dates",
    "reason",
    "next_step",
    "what",
}


def test_the_letters_are_these():
    assert [row.key for row in LETTERS] == [
        "letter_routed",
        "letter_accepted",
        "letter_returned",
        "letter_first_visit",
        "letter_outcome",
        "letter_closed",
        "record_request",
        "fax_cover",
        "release",
    ]
    assert all(set(row.default) == {"en", "es"} for row in LETTERS)


@pytest.mark.parametrize("row", CLINIC_TEXTS.values(), ids=CLINIC_TEXTS)
def test_each_text_is_within_its_own_limits_and_uses_known_placeholders(row):
    assert set(row.placeholders) <= set(PLACEHOLDERS)
    for language in row.default:
        values = {name: PLACEHOLDERS[name].example_in(language) for name in row.placeholders}
        assert "{" not in fill(row.default_in(language), values)
        assert len(row.default_in(language)) <= min(row.longest, LONGEST_TEXT)


@pytest.mark.parametrize("row", LETTERS, ids=lambda row: row.key)
def test_no_letter_speaks_of_suicide_or_substance_use(row):
    said = " ".join((*row.default.values(), str(row.label)))
    assert not re.search(r"suicid|kill|self-harm|alcohol|drug|substance|droga|sustancia", said, re.IGNORECASE)


def test_the_cover_of_a_fax_has_no_placeholder_that_could_name_a_person():
    assert not set(CLINIC_TEXTS["fax_cover"].placeholders) & NAMES_A_PERSON


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dear {recipient}, {patient} and {recipient}", ("recipient", "patient")),
        ("{{patient}}", ()),
        ("{{{patient}}}", ("patient",)),
        ("{patient.__class__} {0} {} {a[b]} {a!r:>9}", ("patient.__class__", "0", "", "a[b]", "a!r:>9")),
        ("none", ()),
    ],
)
def test_what_stands_in_single_braces_is_found_whatever_it_is(text, names):
    assert placeholders_of(text) == names
    assert unknown_placeholders(text, {"recipient", "patient"}) == tuple(
        name for name in names if name not in {"recipient", "patient"}
    )


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("{a", True),
        ("a}", True),
        ("{{a}", True),
        ("{a}}", True),
        ("{{a}}", False),
        ("{a{b}", True),
        ("{a}", False),
    ],
)
def test_a_brace_without_its_partner_is_found(text, is_so):
    assert has_single_brace(text) is is_so


def test_filling_in_is_plain():
    values = {"patient": "{clinic} {{x}} %s", "clinic": "Ours"}
    assert fill("{{patient}} is {patient} of {clinic}", values) == "{patient} is {clinic} {{x}} %s of Ours"


@pytest.mark.parametrize(
    "text", ["{other}", "{patient.real}", "{patient!r}", "{}", "{ patient }", "{patient", "}"]
)
def test_what_cannot_be_filled_in_is_refused_and_tells_no_value(text):
    with pytest.raises(BadTextError) as fault:
        fill(text, {"patient": "Maria"})
    assert "Maria" not in str(fault.value)


def test_a_shipped_text_outside_its_own_list_stops_the_start():
    for wrong in ("{patient}", "{"):
        with pytest.raises(ValueError, match="x \\(en\\) is no text"):
            ClinicText("x", "X", ("clinic",), {"en": wrong})


@pytest.mark.parametrize(
    "row",
    [row for row in CLINIC_TEXTS.values() if row.kind is Kind.QUESTION and row.default_in("en")],
    ids=lambda row: row.key,
)
def test_the_sentences_to_patients_are_easy_to_read(row):
    assert grade(row.default_in("en").replace("{clinic_phone}", "the number below")) <= MOST_OF_ONE
    assert set(row.default) == {"en", "es"}
