"""Where a person is pointed to when another service fits better: one table, shown to staff and kept with the event."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


@dataclass(frozen=True, slots=True)
class OutsideService:
    """``note_required``: staff must write what was arranged, say which service and who knows of it."""

    code: str
    label: Text
    note_required: bool


OUTSIDE_SERVICES: dict[str, OutsideService] = {
    row.code: row
    for row in (
        OutsideService("medication_consult", _("Medication consult"), False),
        OutsideService("ect_center", _("ECT center"), True),
        OutsideService("primary_care", _("Primary care"), False),
        OutsideService("crisis_service", _("Crisis service"), True),
        OutsideService("perinatal_psychiatry", _("Perinatal psychiatry"), True),
        OutsideService("mood_disorder_clinic", _("Mood-disorder clinic"), True),
    )
}
