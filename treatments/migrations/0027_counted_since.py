"""The moment from which the desk's clock counts, made from the working hours that a referral was away."""

from django.db import migrations, models
from django.utils import timezone

from treatments.models.desk_clock import moment_before, worked


def count(apps, schema_editor):
    Referral = apps.get_model("treatments", "Referral")
    Referral.objects.update(counted_since=models.F("waiting_since"))
    for row in Referral.objects.filter(paused_hours__gt=0).iterator():
        end = row.paused_since or timezone.now()
        lain = max(0.0, worked(row.waiting_since, end) - row.paused_hours)
        Referral.objects.filter(pk=row.pk).update(counted_since=moment_before(end, lain))


def take_apart(apps, schema_editor):
    Referral = apps.get_model("treatments", "Referral")
    for row in Referral.objects.exclude(counted_since=models.F("waiting_since")).iterator():
        away = worked(row.waiting_since, row.counted_since)
        Referral.objects.filter(pk=row.pk).update(paused_hours=away)


class Migration(migrations.Migration):
    dependencies = [("treatments", "0026_held_stay_on_the_desk")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="counted_since",
            field=models.DateTimeField(null=True, verbose_name="clock counts from"),
        ),
        migrations.RunPython(count, take_apart),
    ]
