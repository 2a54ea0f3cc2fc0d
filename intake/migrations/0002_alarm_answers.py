"""Alarms keep the answer that raised them, and every change of it."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="alarm", name="answer", field=models.JSONField(null=True, verbose_name="answer")
        ),
        migrations.CreateModel(
            name="AlarmChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answer", models.JSONField(default=dict, verbose_name="answer")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed")),
                (
                    "alarm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="intake.alarm",
                    ),
                ),
            ],
            options={"verbose_name": "change of an unsafe answer", "default_permissions": ()},
        ),
    ]
