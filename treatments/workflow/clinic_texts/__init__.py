"""The texts that a clinic may write in its own words, without code: one row a text, with its closed list of placeholders."""

from treatments.workflow.clinic_texts.letters import LETTERS
from treatments.workflow.clinic_texts.placeholders import (
    BadTextError,
    fill,
    has_single_brace,
    placeholders_of,
    unknown_placeholders,
)
from treatments.workflow.clinic_texts.text import PLACEHOLDERS, ClinicText, Kind

__all__ = [
    "CLINIC_TEXTS",
    "PLACEHOLDERS",
    "BadTextError",
    "ClinicText",
    "Kind",
    "fill",
    "has_single_brace",
    "placeholders_of",
    "unknown_placeholders",
]

CLINIC_TEXTS: dict[str, ClinicText] = {row.key: row for row in LETTERS}
