"""Where a person is pointed to when another service fits better: its kinds, and what a patient may be shown of one.

The services themselves are rows that the clinic keeps (``treatments.models.OutsideServiceVersion``).
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


@dataclass(frozen=True, slots=True)
class OutsideService:
    """A kind of service. ``note_required``: staff must write what was arranged, say which service and who knows of it."""

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

# What a status page may not hold: somebody may look over the person's shoulder.
HEALTH_WORDS = re.compile(
    r"depress|depres|suicid|psych|psiqu|psico|mental|bipolar|mood|\bect\b|\btms\b|ketamin|spravato"
    r"|therap|terapia|addict|adicci|alcohol|drug|droga|substance|sustancia|perinatal|behavio|conductual|anxiety|ansiedad|rehab|detox|sober",
    re.IGNORECASE,
)


def health_word_in(text: str) -> str:
    """The first word or part of one that tells of somebody's health, "" where there is none."""
    found = HEALTH_WORDS.search(text)
    return found[0] if found else ""


def place_of(service: int) -> str:
    """How the action names a service of the clinic's list; a bare code names a kind."""
    return f"service-{service}"


def service_in(place: str) -> int | None:
    """The number of the service that ``place`` names, None where it names a kind, or nothing."""
    found = re.fullmatch(r"service-([0-9]{1,9})", place)
    return int(found[1]) if found else None
