"""Who was told outside the app about an alarm, and when that is due again."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0003_dashboard_indexes"), ("intake", "0003_outbox")]

    operations = [
        migrations.CreateModel(
            name="OnCallNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "alarm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="intake.alarm",
                        verbose_name="alert",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "Email"), ("webhook", "Webhook")],
                        max_length=8,
                        verbose_name="channel",
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(default=django.utils.timezone.now, null=True, verbose_name="due"),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="failed attempts")),
                ("times", models.PositiveIntegerField(default=0, verbose_name="times told")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="last told")),
                ("last_error", models.CharField(blank=True, max_length=80, verbose_name="last error")),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="intake.outgoingmail",
                    ),
                ),
            ],
            options={
                "verbose_name": "on-call notice",
                "verbose_name_plural": "on-call notices",
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="on_call_notices_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alarm", "channel"),
                        name="on_call_one_notice_per_alarm_and_channel",
                        violation_error_message="The on-call person is told of this alarm on this channel already.",
                    )
                ],
            },
        ),
    ]
