"""Which dangers ring by answers that were given after sending."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from intake.fields import Answers
from intake.questionnaire import amendments
from intake.questionnaire.dangers import Danger, fields_in
from intake.questionnaire.intake import INTAKE


def rung_by(
    given: Mapping[str, object], known: Mapping[str, object], before: Answers, at: datetime
) -> list[Danger]:
    """The dangers that the answers ``given`` at this time make among those ``before``.

    Asked again and unsafe again rings again; but not the fields of what is ``known``, where ``before`` was as unsafe.
    """
    day = {"today": timezone.localdate(at).isoformat()}
    after = {**amendments.laid_over(before, given), **day}
    fields = fields_in(amendments.nested(given))
    again = fields & fields_in(amendments.nested(known))
    found = INTAKE.newly_unsafe(after, {**before, **day}, again)
    return found + [
        danger for danger in INTAKE.newly_unsafe(after, {}, fields - again) if danger not in found
    ]
