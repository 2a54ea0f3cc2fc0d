"""The treatments a clinic offers, each with the queue its consult team works through."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


@dataclass(frozen=True, slots=True)
class Treatment:
    """``key`` is the name in assessments and consults; ``queue`` is the admin page of its team."""

    key: str
    name: Text
    short: Text
    queue: Text


TREATMENTS: dict[str, Treatment] = {
    treatment.key: treatment
    for treatment in (
        Treatment("tms", _("TMS"), _("TMS"), _("TMS consults")),
        Treatment("spravato", _("Spravato (esketamine)"), _("Spravato"), _("Spravato consults")),
        Treatment("psychotherapy", _("Psychotherapy"), _("Therapy"), _("Psychotherapy consults")),
    )
}


def choices() -> list[tuple[str, Text]]:
    """Each key with its name. A function, so that a treatment more makes no migration."""
    return [(treatment.key, treatment.name) for treatment in TREATMENTS.values()]
