"""Each acknowledgement of an alarm becomes an entry of its form's alert, and back.

An alert is closed up to an alarm where that one and all before it were acknowledged; what was done about a
later one, with an earlier one still open, is a note. No unsafe answer is closed by the move.
"""

from itertools import groupby, takewhile

from django.db import migrations


def to_entries(apps, schema_editor) -> None:
    Alarm, Entry = apps.get_model("intake", "Alarm"), apps.get_model("treatments", "AlertEntry")
    rows = apps.get_model("treatments", "Acknowledgement").objects.order_by("alarm_id")
    known = {row.alarm_id: row for row in rows.iterator()}
    forms = {row.alarm.submission_id for row in rows.select_related("alarm").iterator()}
    alarms = Alarm.objects.filter(submission__in=forms).order_by("submission_id", "pk")
    for form, of_form in groupby(alarms.iterator(), key=lambda alarm: alarm.submission_id):
        rang = [alarm.pk for alarm in of_form]
        done = list(takewhile(known.__contains__, rang))
        last = max(done, key=lambda pk: (known[pk].at, pk), default=None)
        answered = sorted((pk for pk in rang if pk in known), key=lambda pk: (known[pk].at, pk))
        for pk in answered:
            Entry.objects.create(
                submission_id=form,
                kind="closed" if pk == last else "note",
                by_id=known[pk].actor_id,
                at=known[pk].at,
                text=known[pk].done or "-",
                newest_alarm_id=done[-1] if pk == last else pk,
            )


def to_acknowledgements(apps, schema_editor) -> None:
    """The closing acknowledges all that it saw; takings and notes have no place there."""
    Alarm, Entry = apps.get_model("intake", "Alarm"), apps.get_model("treatments", "AlertEntry")
    Acknowledgement = apps.get_model("treatments", "Acknowledgement")
    for entry in Entry.objects.filter(kind="closed").order_by("pk").iterator():
        for alarm in Alarm.objects.filter(submission=entry.submission_id, pk__lte=entry.newest_alarm_id):
            Acknowledgement.objects.get_or_create(
                alarm=alarm, defaults={"actor_id": entry.by_id, "at": entry.at, "done": entry.text}
            )


class Migration(migrations.Migration):
    dependencies = [("treatments", "0004_alert_entries")]

    operations = [migrations.RunPython(to_entries, to_acknowledgements)]
