"""The on-call rota: who hears of a safety alert, when, and by what."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import treatments.models.rota


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0017_alert_handed_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        choices=treatments.models.rota.rank_choices, verbose_name="first or second"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(null=True, verbose_name="weekday")),
                ("first_day", models.DateField(null=True, verbose_name="first day")),
                ("last_day", models.DateField(null=True, verbose_name="last day")),
                ("begins", models.TimeField(verbose_name="from")),
                ("ends", models.TimeField(verbose_name="to")),
                (
                    "channel",
                    models.CharField(
                        choices=treatments.models.rota.channel_choices, max_length=8, verbose_name="by"
                    ),
                ),
                (
                    "webhook",
                    models.CharField(blank=True, max_length=500, verbose_name="address of the webhook"),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of the on-call rota",
                "verbose_name_plural": "on-call rota",
                "default_permissions": ("change",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_day", None),
                                ("last_day", None),
                                ("weekday__isnull", False),
                                ("weekday__range", (0, 6)),
                            ),
                            models.Q(
                                ("first_day__isnull", False), ("last_day__isnull", False), ("weekday", None)
                            ),
                            _connector="OR",
                        ),
                        name="shift_is_weekly_or_by_dates",
                        violation_error_message="A row is for a weekday or for dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day", None),
                            ("last_day__gt", models.F("first_day")),
                            models.Q(("ends__gt", models.F("begins")), ("last_day", models.F("first_day"))),
                            _connector="OR",
                        ),
                        name="shift_ends_after_it_begins",
                        violation_error_message="A row ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel", "webhook"), ("webhook", ""), _connector="XOR"),
                        name="shift_has_an_address_where_it_needs_one",
                        violation_error_message="A webhook has an address, and nothing else has.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("first_day", None)),
                        fields=("person", "rank", "channel", "weekday", "begins", "ends"),
                        name="shift_weekly_once",
                        violation_error_message="This row is in the rota already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("weekday", None)),
                        fields=("person", "rank", "channel", "first_day", "last_day", "begins", "ends"),
                        name="shift_by_dates_once",
                        violation_error_message="This row is in the rota already.",
                    ),
                ],
            },
        ),
    ]
