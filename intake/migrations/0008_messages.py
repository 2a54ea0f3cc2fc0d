"""What a person writes after sending: messages, and that they take the form back."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_alarms_of_amendments")]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("message", "Message"), ("withdrawal", "Takes the form back")],
                        default="message",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "message of a patient",
                "verbose_name_plural": "messages of patients",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "withdrawal"), models.Q(("text", ""), _negated=True), _connector="OR"
                        ),
                        name="intake_message_says_something",
                        violation_error_message="A message has a text.",
                    )
                ],
            },
        )
    ]
