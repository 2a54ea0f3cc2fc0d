"""What staff do about an alert: who is on it, notes, and how it was closed."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import treatments.models.alert


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0003_alarms_append_only"),
        ("treatments", "0003_search_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AlertEntry",
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
                        choices=treatments.models.alert.entry_choices, max_length=8, verbose_name="what"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("text", models.TextField(blank=True, verbose_name="what was done")),
                (
                    "reached",
                    models.CharField(
                        blank=True,
                        choices=treatments.models.alert.reached_choices,
                        max_length=8,
                        verbose_name="reached",
                    ),
                ),
                ("next_call_at", models.DateTimeField(null=True, verbose_name="next call")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "newest_alarm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.alarm"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alert_entries",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of an alert",
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "at"], name="alert_entry_kind_at")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "closed")),
                        fields=("newest_alarm",),
                        name="alert_closed_once_up_to_an_alarm",
                        violation_error_message="This alert is closed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "closed"), ("text", ""), _negated=True),
                            models.Q(("kind", "closed"), ("reached", "nobody"), _negated=True),
                        ),
                        name="alert_closed_by_words",
                        violation_error_message="Who closes an alert says what was done.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_call_at", None),
                            models.Q(("kind", "note"), ("reached", "nobody")),
                            _connector="OR",
                        ),
                        name="alert_next_call_where_nobody_was_reached",
                        violation_error_message="The next call is planned where nobody was reached.",
                    ),
                ],
            },
        ),
    ]
