"""What the dashboard's counts per week need: arrivals by day, and events of one kind by day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0002_export_worklist")]

    operations = [
        migrations.AddIndex(
            model_name="referral", index=models.Index(models.F("received_at"), name="referral_received")
        ),
        migrations.AddIndex(
            model_name="event", index=models.Index(fields=["kind", "at"], name="event_kind_at")
        ),
    ]
