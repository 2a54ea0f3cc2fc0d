"""The texts that a clinic may write in its own words, without code: one row a text, with its closed list of placeholders."""

from treatments.workflow.clinic_texts.letters import LETTERS
from treatments.workflow.clinic_texts.placeholders import (
    BadTextError,
    fill,
    has_single_brace,
    placeholders_of,
    unknown_placeholders,
)
from treatments.workflow.clinic_texts.questions import QUESTIONS
from treatments.workflow.clinic_texts.text import KIND_WORDS, PLACEHOLDERS, ClinicText, Kind
from treatments.workflow.clinic_texts.words import WORDS

__all__ = [
    "CLINIC_TEXTS",
    "KIND_WORDS",
    "PLACEHOLDERS",
    "BadTextError",
    "ClinicText",
    "Kind",
    "fill",
    "has_single_brace",
    "placeholders_of",
    "unknown_placeholders",
]

CLINIC_TEXTS: dict[str, ClinicText] = {row.key: row for row in (*LETTERS, *QUESTIONS, *WORDS)}
