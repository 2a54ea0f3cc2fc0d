"""Makes a visit of each day that was booked, and says from when the targets of those consults count."""

from datetime import datetime, time, timedelta

from django.db import migrations
from django.utils import timezone

BATCH = 500
HOW = {"booked": "", "completed": "held", "returned": "canceled", "withdrawn": "canceled"}


def to_visits(apps, schema_editor):
    """Of a completed consult it took place, of one given back it did not; no reminder goes out of a time unknown."""
    Consult, Visit = (apps.get_model("treatments", name) for name in ("Consult", "Visit"))
    zone = timezone.get_current_timezone()
    rows = Consult.objects.filter(booked_for__isnull=False, state__in=HOW, visits=None).order_by("pk")
    for consult in rows.iterator(BATCH):
        until = datetime.combine(consult.booked_for + timedelta(days=1), time.min, zone)
        how = HOW[consult.state]
        Visit.objects.create(
            consult=consult,
            day=consult.booked_for,
            until=until,
            ended=how,
            ended_at=consult.ended_at if how else None,
        )
        if not how:
            begins = datetime.combine(consult.booked_for, time.min, zone)
            Consult.objects.filter(pk=consult.pk).update(visit_at=begins, target_from=until)
    _since_accepted(apps)


def _since_accepted(apps):
    """The last time that its team took it up, or that nobody came."""
    Consult, Event = (apps.get_model("treatments", name) for name in ("Consult", "Event"))
    for consult in Consult.objects.filter(state="accepted").order_by("pk").iterator(BATCH):
        events = Event.objects.filter(consult=consult, to_state="accepted").exclude(from_state="accepted")
        since = events.order_by("-pk").values_list("at", flat=True).first()
        Consult.objects.filter(pk=consult.pk).update(target_from=since or consult.opened_at)


def to_days(apps, schema_editor):
    """The days of the visits that stand are in the consults still; the next migration back drops the rows."""


class Migration(migrations.Migration):
    dependencies = [("treatments", "0037_visits")]

    operations = [migrations.RunPython(to_visits, to_days)]
