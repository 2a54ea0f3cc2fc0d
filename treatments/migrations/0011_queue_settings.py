"""Which consult queues are paused, and how many open consults each should hold."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0010_consult_not_before")]

    operations = [
        migrations.CreateModel(
            name="QueueSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("tms", "TMS"),
                            ("spravato", "Spravato (esketamine)"),
                            ("psychotherapy", "Psychotherapy"),
                        ],
                        max_length=16,
                        unique=True,
                        verbose_name="queue",
                    ),
                ),
                ("paused", models.BooleanField(default=False, verbose_name="paused")),
                (
                    "paused_note",
                    models.CharField(blank=True, max_length=200, verbose_name="why, and until when"),
                ),
                ("most_open", models.PositiveIntegerField(null=True, verbose_name="most open consults")),
                ("version", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "queue setting",
                "verbose_name_plural": "queue settings",
                "default_permissions": ("change",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paused", True), ("paused_note", ""), _connector="OR"),
                        name="queue_note_only_while_paused",
                        violation_error_message="Only a paused queue has a note on its pause.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_open", None), ("most_open__gte", 1), _connector="OR"),
                        name="queue_holds_at_least_one",
                        violation_error_message=(
                            "A queue's limit is at least one open consult. Pause it instead."
                        ),
                    ),
                ],
            },
        ),
    ]
