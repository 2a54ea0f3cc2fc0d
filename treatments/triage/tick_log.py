"""Notes that the tick has made a pass, so that staff are warned when it makes none."""

from datetime import datetime

from django.utils import timezone

from treatments.models import TickPass
from treatments.models.tick import ONLY


def note_pass(at: datetime | None = None) -> None:
    TickPass.objects.update_or_create(pk=ONLY, defaults={"at": at or timezone.now()})
