"""Words of reasons, endings and verdicts as texts of the clinic: short, in English, without placeholders."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow import own_words, reasons  # noqa: F401  (the tables tell their words)
from treatments.workflow.clinic_texts.text import ENGLISH, ClinicText, Kind

# What comes before the dot of a key.
TABLES: dict[str, Text] = {
    "close": _("Reason to close"),
    "return": _("Reason of a return"),
    "outcome": _("How a consult ended"),
    "verdict": _("What a team says of a referral"),
}


def _row(key: str, shipped: Text) -> ClinicText:
    label = format_lazy("{table}: {words}", table=TABLES[key.partition(".")[0]], words=shipped)
    return ClinicText(key, label, (), {ENGLISH: shipped}, Kind.WORDS, own_words.LONGEST_WORDS)


WORDS = tuple(_row(key, shipped) for key, shipped in own_words.SHIPPED.items())
