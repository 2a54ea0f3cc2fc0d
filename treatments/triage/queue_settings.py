"""Pausing a consult queue and setting its limit, and what both mean for what is routed there."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.catalog import TREATMENTS
from treatments.models import Consult, Event, QueueSetting
from treatments.workflow import Refused
from treatments.workflow.actions.consults import queue_full, queue_paused
from treatments.workflow.events import QUEUE_SETTING


@transaction.atomic
def change_queue(
    *,
    treatment: str,
    actor: User,
    paused: bool,
    paused_note: str = "",
    most_open: int | None = None,
    seen: int | None = None,
    at: datetime | None = None,
) -> None:
    """Pause the queue or take it up again, and set how many open consults it should hold (None: no limit).

    ``seen`` is the version of the setting that the actor had before them. What is in the queue stays.
    """
    if treatment not in TREATMENTS or not permissions.may_set_queue(actor, treatment):
        raise PermissionDenied
    if most_open is not None and most_open < 1:
        raise Refused(_("A queue's limit is at least one open consult. Pause it instead."))
    QueueSetting.objects.get_or_create(treatment=treatment)
    setting = QueueSetting.objects.select_for_update().get(treatment=treatment)
    wanted = {"paused": paused, "paused_note": paused_note.strip() if paused else "", "most_open": most_open}
    changed = {key: value for key, value in wanted.items() if getattr(setting, key) != value}
    if not changed:
        return
    if seen is not None and seen != setting.version:
        raise Refused(_("Somebody else has changed this queue since you opened the page. Look at it again."))
    for key, value in wanted.items():
        setattr(setting, key, value)
    setting.version += 1
    setting.save()
    Event.objects.create(
        kind=QUEUE_SETTING.key,
        at=at or timezone.now(),
        actor=actor,
        note=setting.paused_note,
        details={"treatments": [treatment], "paused": paused, "most_open": most_open},
    )


def refuse_paused(treatments: Iterable[str]) -> None:
    """Refuse what would be routed to a paused queue."""
    settings = QueueSetting.every()
    sentences = [
        queue_paused(settings[key].queue, settings[key].paused_note)
        for key in treatments
        if settings[key].paused
    ]
    if sentences:
        raise Refused(" ".join(sentences))


def open_consults() -> dict[str, int]:
    """How many consults are open in each queue."""
    rows = Consult.objects.open().order_by().values_list("treatment").annotate(number=Count("pk"))
    return dict.fromkeys(TREATMENTS, 0) | dict(rows)


def queue_words() -> list[str]:
    """What whoever routes should know: which queues are paused, and which are full."""
    settings = QueueSetting.every()
    limited = any(setting.most_open is not None and not setting.paused for setting in settings.values())
    counts = open_consults() if limited else {}
    sentences = []
    for key, setting in settings.items():
        if setting.paused:
            sentences.append(queue_paused(setting.queue, setting.paused_note))
        elif setting.most_open is not None and counts[key] >= setting.most_open:
            sentences.append(queue_full(setting.queue, counts[key], setting.most_open))
    return sentences
