"""Sentences that staff start a question to a patient from, as shipped: at school grade 6, in English and Spanish.

Beside them are places for the clinic's own, which are empty as shipped and offered once something is written there.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow.clinic_texts.text import ENGLISH, SPANISH, ClinicText, Kind

LONGEST_SENTENCES = 1_000  # characters: a message has more room
OWN_SENTENCES = 8


def _row(key: str, label: Text, en: str, es: str) -> ClinicText:
    default = {ENGLISH: en, SPANISH: es}
    return ClinicText(key, label, ("clinic", "clinic_phone"), default, Kind.QUESTION, LONGEST_SENTENCES)


QUESTIONS = (
    _row(
        "question_more",
        _("More is needed"),
        "Thank you for your form. We need to know a bit more before we go on. Please answer below.",
        "Gracias por su formulario. Necesitamos saber un poco más para seguir. Por favor conteste abajo.",
    ),
    _row(
        "question_medicines",
        _("Names and doses of medicines"),
        "Please look at the names and doses on your bottles. Then answer below. A guess is fine.",
        "Por favor mire los nombres y las dosis en sus frascos. Luego conteste abajo. Puede ser aproximado.",
    ),
    _row(
        "question_unclear",
        _("An answer is not clear"),
        "We were not sure what you meant in some answers. Please look at them again.",
        "No entendimos bien algunas de sus respuestas. Por favor mírelas otra vez.",
    ),
    _row(
        "question_by_phone",
        _("Or by phone"),
        "Would you like to answer by phone? Then call us at {clinic_phone}. You can also answer below.",
        "¿Prefiere contestar por teléfono? Llámenos al {clinic_phone}. También puede contestar abajo.",
    ),
    *(
        _row(
            f"question_own_{n}",
            format_lazy("{words} {n}", words=_("The clinic's own sentences"), n=n),
            "",
            "",
        )
        for n in range(1, OWN_SENTENCES + 1)
    ),
)
