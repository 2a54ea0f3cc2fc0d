"""Notes that the tick has made a pass, so that staff are warned when it makes none."""

from django.utils import timezone

from treatments.models import TickPass
from treatments.models.tick import ONLY


def note_pass() -> None:
    TickPass.objects.update_or_create(pk=ONLY, defaults={"at": timezone.now()})
