"""Every field of an intake as data: the one declaration.

The patient's forms, the check-your-answers page, the answers staff read, the interchange format and its
validation all come from ``SECTIONS``; none repeats the list. Change a question here and it changes
everywhere; change a key and stored intakes no longer fit.
"""

from django.utils.translation import gettext_lazy as _

from intake.fields.antidepressants import ANTIDEPRESSANTS
from intake.fields.health import HEALTH
from intake.fields.kinds import Answers, Field, Kind, Reader, choice
from intake.fields.person import ABOUT, CONSENT, PRACTICAL, REASON
from intake.fields.screens import ANXIETY, MOOD, SAFETY
from intake.fields.story import HISTORY, SUBSTANCES
from intake.fields.treatments_tried import MEDICINES, OTHER_TREATMENTS

SECTIONS: dict[str, tuple[Field, ...]] = {
    fields[0].section: fields
    for fields in (
        ABOUT,
        REASON,
        MOOD,
        SAFETY,
        ANXIETY,
        HISTORY,
        SUBSTANCES,
        ANTIDEPRESSANTS,
        OTHER_TREATMENTS,
        MEDICINES,
        HEALTH,
        PRACTICAL,
        CONSENT,
    )
}
FIELDS: tuple[Field, ...] = tuple(field for fields in SECTIONS.values() for field in fields)
BY_PATH: dict[str, Field] = {field.path: field for field in FIELDS}
LANGUAGES = ("en", "es")
# The one answer outside the sections: it stands at the top of a document.
LANGUAGE = choice(
    "language",
    "contact",
    _("Which language should we speak with you?"),
    (("en", "English"), ("es", "Español")),
)

__all__ = ["BY_PATH", "FIELDS", "LANGUAGE", "LANGUAGES", "SECTIONS", "Answers", "Field", "Kind", "Reader"]
