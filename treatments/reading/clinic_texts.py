"""The clinic's texts as they count now, and who the clinic is on paper: what letters and pages are made from."""

from dataclasses import dataclass
from typing import Any

from intake.fields.kinds import Text
from intake.locations import settings_of
from treatments.models import ClinicProfile, ClinicTextVersion
from treatments.workflow.clinic_texts import (
    CLINIC_TEXTS,
    KIND_WORDS,
    Kind,
    fill,
)

SHOWN = 20  # versions


def text_of(key: str, language: str = "en") -> str:
    """The newest version, else the text as shipped; English where it has none in ``language``."""
    row = CLINIC_TEXTS[key]
    if language not in row.default:
        language = "en"
    return ClinicTextVersion.newest(key, language).body or row.default_in(language)


def clinic_values() -> dict[str, str]:
    """The placeholders that are the clinic itself, with what stands there now."""
    here = ClinicProfile.newest()
    return {
        "clinic": here.legal_name,
        "clinic_address": here.address,
        "clinic_phone": here.phone,
        "clinic_fax": here.fax,
    }


@dataclass(frozen=True, slots=True)
class QuestionStart:
    """``words`` are in the person's ``language``, ``english`` says the same to staff, "" where it is that already."""

    key: str
    label: Text
    language: str
    words: str
    english: str


def question_starts(language: str) -> list[QuestionStart]:
    """Each sentence that a question may start from; the clinic is named in it as on the patient's pages."""
    here = settings_of(None)
    values = {"clinic": here.name, "clinic_phone": here.phone}
    found = []
    for row in CLINIC_TEXTS.values():
        if row.kind is Kind.QUESTION:
            words, english = (fill(text_of(row.key, each), values) for each in (language, "en"))
            alike = "" if words == english else english
            found.append(QuestionStart(row.key, row.label, language, words, alike))
    return found


# --- What the administrator's pages show ----------------------------------------------------------------


def every_text() -> list[tuple[object, list[dict[str, Any]]]]:
    """By kind: each text in each language, with its newest version where it isn't as shipped."""
    newest = {(row.key, row.language): row for row in ClinicTextVersion.objects.newest().select_related("by")}
    kinds: dict[Kind, list[dict[str, Any]]] = {kind: [] for kind in KIND_WORDS}
    for row in CLINIC_TEXTS.values():
        for language in row.default:
            version = newest.get((row.key, language))
            own = version if version is not None and version.body else None
            kinds[row.kind].append({"row": row, "language": language, "own": own})
    return [(KIND_WORDS[kind], rows) for kind, rows in kinds.items()]


def earlier_versions(key: str, language: str) -> list[ClinicTextVersion]:
    """The newest first, each with who wrote it; the first one is what counts now."""
    rows = ClinicTextVersion.objects.filter(key=key, language=language).select_related("by")
    return list(rows.order_by("-version")[:SHOWN])
