"""Where a person is pointed to when another service fits better: one table, shown to staff and kept with the event."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


@dataclass(frozen=True, slots=True)
class Signpost:
    """``note_required``: staff must write what was arranged, say which service and who was told."""

    code: str
    label: Text
    note_required: bool


SIGNPOSTS: dict[str, Signpost] = {
    row.code: row
    for row in (
        Signpost("medication_consult", _("Medication consult"), False),
        Signpost("ect_centre", _("ECT centre"), True),
        Signpost("primary_care", _("Primary care"), False),
        Signpost("crisis_service", _("Crisis service"), True),
        Signpost("perinatal_psychiatry", _("Perinatal psychiatry"), True),
        Signpost("mood_disorder_clinic", _("Mood-disorder clinic"), True),
    )
}
