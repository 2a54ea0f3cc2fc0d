"""Removes events from the oldest end, for the purge; nothing else removes one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intake.models.purge_guard import guards_lifted
from treatments.models import Event, RecordMark


def purge_events(before: datetime, *, first_kept: int | None = None, at: datetime | None = None) -> int:
    """Remove the oldest events up to the first that is not from ``before``; how many.

    With ``first_kept`` that event and all after it stay, whenever they were. The newest always stays. On SQLite it is noted where the chain begins now, in the same transaction. On PostgreSQL
    only the role that owns the tables can.
    """
    with transaction.atomic():
        late = Q(at__gte=before) if first_kept is None else Q(at__gte=before) | Q(pk__gte=first_kept)
        kept = Event.objects.filter(late).order_by("pk").first()
        kept = kept or Event.objects.order_by("pk").last()
        old = Event.objects.filter(pk__lt=kept.pk) if kept else Event.objects.none()
        last = old.order_by("pk").last()
        if kept is None or last is None:
            return 0
        if last.link is not None:
            begins, link = RecordMark.Kind.BEGINS, bytes(last.link)
            RecordMark.made(begins, number=kept.pk, link=link, at=at or timezone.now()).save()
        with guards_lifted(Event):
            return old._raw_delete(old.db)
