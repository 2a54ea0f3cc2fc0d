"""An alert is all alarms of one form; acknowledgements have become its entries."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("treatments", "0005_acknowledgements_to_entries")]

    operations = [
        migrations.DeleteModel(name="Acknowledgement"),
        migrations.DeleteModel(name="SafetyAlert"),
        migrations.CreateModel(
            name="Alert",
            fields=[],
            options={
                "verbose_name": "safety alert",
                "verbose_name_plural": "safety alerts",
                "proxy": True,
                "default_permissions": ("view",),
                "indexes": [],
                "constraints": [],
            },
            bases=("intake.submission",),
        ),
    ]
