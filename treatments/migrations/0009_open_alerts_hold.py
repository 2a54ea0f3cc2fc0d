"""Referrals whose alert is open are held from now on."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def hold(apps, schema_editor) -> None:
    Alarm, Entry = apps.get_model("intake", "Alarm"), apps.get_model("treatments", "AlertEntry")
    closed = Entry.objects.filter(
        kind="closed", submission=OuterRef("submission"), newest_alarm__gte=OuterRef("pk")
    )
    ringing = Alarm.objects.filter(~Exists(closed), submission=OuterRef("submission"))
    apps.get_model("treatments", "Referral").objects.filter(Exists(ringing)).update(alert_open=True)


class Migration(migrations.Migration):
    dependencies = [("treatments", "0008_alert_holds")]

    operations = [migrations.RunPython(hold, migrations.RunPython.noop)]
