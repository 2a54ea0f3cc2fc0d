"""What a text is that a clinic may write in its own words: its key, what may stand in it, and how it was shipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow.clinic_texts.placeholders import fill, has_single_brace, unknown_placeholders

ENGLISH, SPANISH = "en", "es"
LONGEST_TEXT = 6_000  # characters


class Kind(StrEnum):
    LETTER = "letter"
    QUESTION = "question"
    WORDS = "words"


KIND_WORDS: dict[Kind, Text] = {
    Kind.LETTER: _("Letters and forms on paper"),
    Kind.QUESTION: _("Sentences to start a question to a patient from"),
    Kind.WORDS: _("Words of reasons"),
}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """``words`` tell staff what stands there; ``example`` is invented, by language where it is no name or number."""

    words: Text
    example: Mapping[str, str]

    def example_in(self, language: str) -> str:
        return self.example.get(language) or self.example[ENGLISH]


@dataclass(frozen=True, slots=True)
class ClinicText:
    """``default`` is the text as shipped, by language; ``placeholders`` are all that may stand in it, none in words."""

    key: str
    label: Text
    placeholders: tuple[str, ...]
    default: Mapping[str, Text]
    kind: Kind = Kind.LETTER
    longest: int = LONGEST_TEXT

    def __post_init__(self) -> None:
        for language, text in self.default.items() if self.placeholders else ():
            if unknown_placeholders(str(text), self.placeholders) or has_single_brace(str(text)):
                raise ValueError(f"{self.key} ({language}) is no text of its own list of placeholders")

    def default_in(self, language: str) -> str:
        return str(self.default.get(language) or self.default[ENGLISH])

    def with_examples(self, body: str, language: str) -> str:
        """``body``, which holds nothing but placeholders of this text, with invented values."""
        return fill(body, {name: PLACEHOLDERS[name].example_in(language) for name in self.placeholders})


PLACEHOLDERS: dict[str, Placeholder] = {
    "patient": Placeholder(_("the person's name"), {"en": "Maria Example"}),
    "birth_date": Placeholder(
        _("the person's birth date"), {"en": "March 4, 1979", "es": "4 de marzo de 1979"}
    ),
    "recipient": Placeholder(_("who the paper goes to"), {"en": "Dr. Robin Sample"}),
    "writer": Placeholder(_("the member of staff who sends it"), {"en": "Cora Coordinator"}),
    "clinic": Placeholder(_("the clinic's legal name"), {"en": "Sample Mood Clinic"}),
    "clinic_address": Placeholder(
        _("the clinic's address"), {"en": "1 Example Street\nSampletown, NY 10000"}
    ),
    "clinic_phone": Placeholder(_("the clinic's phone"), {"en": "(555) 010-0100"}),
    "clinic_fax": Placeholder(_("the clinic's fax"), {"en": "(555) 010-0101"}),
    "today": Placeholder(
        _("the day it is written"), {"en": "November 30, 2026", "es": "30 de noviembre de 2026"}
    ),
    "decided": Placeholder(
        _("what was decided"),
        {"en": "a consult with the TMS team", "es": "una consulta con el equipo de TMS"},
    ),
    "dates": Placeholder(
        _("the days of visits"),
        {"en": "December 14, 2026, 9:00 am", "es": "14 de diciembre de 2026, 9:00 a. m."},
    ),
    "reason": Placeholder(
        _("the reason, in words for letters, which tell nobody's safety"),
        {"en": "The team has no room at present.", "es": "El equipo no tiene lugar por ahora."},
    ),
    "next_step": Placeholder(
        _("what comes next"),
        {"en": "We will call the patient this week.", "es": "Llamaremos al paciente esta semana."},
    ),
    "what": Placeholder(
        _("which records"),
        {
            "en": "medication list and last visit note",
            "es": "lista de medicamentos y nota de la última visita",
        },
    ),
    "request_number": Placeholder(_("the number of the request"), {"en": "R-1042"}),
}
