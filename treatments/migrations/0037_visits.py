"""The visits of a consult, each a row; and what a consult keeps of them for lists."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import treatments.models.visit


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0036_desk_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("starts", models.TimeField(null=True, verbose_name="from")),
                ("ends", models.TimeField(null=True, verbose_name="to")),
                ("until", models.DateTimeField(verbose_name="over at")),
                ("place", models.BinaryField(null=True, verbose_name="room, place or video")),
                ("with_whom", models.BinaryField(null=True, verbose_name="with whom")),
                ("bring", models.BinaryField(null=True, verbose_name="what to bring")),
                ("message", models.BinaryField(null=True, verbose_name="note to the patient")),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=treatments.models.visit.end_choices,
                        max_length=8,
                        verbose_name="how it ended",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=treatments.models.visit.answer_choices,
                        max_length=16,
                        verbose_name="the patient's answer",
                    ),
                ),
                ("remind_on", models.DateField(null=True, verbose_name="next reminder")),
                ("to_call", models.BooleanField(default=False, verbose_name="to be told by phone")),
                ("passed_at", models.DateTimeField(null=True, verbose_name="marked as passed")),
                ("calendar", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("moves", models.PositiveSmallIntegerField(default=0, verbose_name="times moved")),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="consult",
            name="target_from",
            field=models.DateTimeField(null=True, verbose_name="target counts from"),
        ),
        migrations.AddField(
            model_name="consult",
            name="visit_at",
            field=models.DateTimeField(null=True, verbose_name="visit at"),
        ),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                condition=models.Q(("state__in", ("accepted", "booked"))),
                fields=["treatment", "state", "target_from"],
                name="consult_target",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="consult",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="treatments.consult",
                verbose_name="consult",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["day"], name="visit_day"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("remind_on__isnull", False)), fields=["remind_on"], name="visit_remind"
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("ended", ""), ("passed_at__isnull", True)),
                fields=["until"],
                name="visit_passing",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                condition=models.Q(("ended", "no_show")), fields=["ended_at"], name="visit_missed"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended", ""), ("ended_at__isnull", True)),
                    models.Q(models.Q(("ended", ""), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="visit_ended_has_a_moment",
                violation_error_message="A visit that ended says when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended", ""), ("remind_on__isnull", True), _connector="OR"),
                name="visit_ended_reminds_nobody",
                violation_error_message="Nobody is reminded of a visit that has ended.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                name="visit_ends_after_it_starts",
                violation_error_message="A visit ends after it starts.",
            ),
        ),
    ]
