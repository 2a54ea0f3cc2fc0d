"""The database itself refuses to change or remove what staff did about an alert."""

from django.db import migrations

from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    dependencies = [("treatments", "0006_one_alert_a_form")]

    operations = [guarded("treatments_alertentry", "What staff did about an alert is append-only.")]
