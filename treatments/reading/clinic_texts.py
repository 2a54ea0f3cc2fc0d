"""The clinic's texts as they count now, and who the clinic is on paper: what letters and pages are made from."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

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
    """Each sentence that a question may start from; the clinic is named in it as on the patient's pages.

    One of the clinic's own, which has no words as shipped, is named by how it begins, and is none without words.
    """
    here = settings_of(None)
    values = {"clinic": here.name, "clinic_phone": here.phone}
    rows = [row for row in CLINIC_TEXTS.values() if row.kind is Kind.QUESTION]
    newest = ClinicTextVersion.objects.newest().filter(key__in=[row.key for row in rows])
    own = {(version.key, version.language): version.body for version in newest}
    found = []
    for row in rows:
        spoken = language if language in row.default else "en"
        words, english = (
            fill(own.get((row.key, each)) or row.default_in(each), values) for each in (spoken, "en")
        )
        label = row.label if row.default_in("en") else Truncator(english or words).chars(60)
        if words:
            found.append(QuestionStart(row.key, label, language, words, "" if words == english else english))
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
            unwritten = own is None and not row.default_in(language)
            kinds[row.kind].append({"row": row, "language": language, "own": own, "unwritten": unwritten})
    return [(KIND_WORDS[kind], rows) for kind, rows in kinds.items()]


def earlier_versions(key: str, language: str) -> list[ClinicTextVersion]:
    """The newest first, each with who wrote it; the first one is what counts now."""
    rows = ClinicTextVersion.objects.filter(key=key, language=language).select_related("by")
    return list(rows.order_by("-version")[:SHOWN])
