"""Several flags of a referral at once, each with its time; until when a message is to be dealt with."""

from django.db import migrations, models

# The event that raised each flag, newest first: its time is the flag's.
RAISED_BY = {
    "message": ("message",),
    "answered": ("answered",),
    "no_answer": ("ask_expired", "chased"),
    "withdrawn": ("patient_withdrew",),
}


def move_flags(apps, schema_editor):
    """The one flag there was becomes the first of several; a message that waits already is due now."""
    Referral = apps.get_model("treatments", "Referral")
    Event = apps.get_model("treatments", "Event")
    for referral in Referral.objects.filter(attention__gt="").only("attention", "received_at").iterator():
        events = Event.objects.filter(referral_id=referral.pk, kind__in=RAISED_BY[referral.attention])
        at = events.order_by("-at").values_list("at", flat=True).first() or referral.received_at
        Referral.objects.filter(pk=referral.pk).update(
            flags={referral.attention: at.isoformat()},
            message_due_at=at if referral.attention == "message" else None,
        )


def only_the_first(apps, schema_editor):
    """Before, a missed visit was no flag; of several the first has stayed in its column."""
    apps.get_model("treatments", "Referral").objects.filter(attention="missed").update(attention="")


class Migration(migrations.Migration):
    dependencies = [("treatments", "0011_risk_assessments_append_only")]

    operations = [
        migrations.AddField(
            model_name="referral", name="flags", field=models.JSONField(default=dict, verbose_name="flags")
        ),
        migrations.AddField(
            model_name="referral",
            name="message_due_at",
            field=models.DateTimeField(null=True, verbose_name="message due"),
        ),
        migrations.RunPython(move_flags, only_the_first),
    ]
