"""What a clinic asks after sending, and the amended versions that the answers make."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_tries")]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message", models.TextField(verbose_name="message to the patient")),
                ("fields", models.JSONField(default=list, verbose_name="asked")),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked at"),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("answered", "Answered"),
                            ("taken_back", "Taken back"),
                            ("expired", "Not answered in time"),
                        ],
                        max_length=10,
                        verbose_name="end",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to a patient",
                "verbose_name_plural": "questions to patients",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("submission",),
                        name="intake_one_open_question",
                        violation_error_message="This person has a question to answer already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end", ""), ("ended_at", None)),
                            models.Q(("ended_at__isnull", False), models.Q(("end", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="intake_question_ends_in_one_way",
                        violation_error_message="A question that has ended says how.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("changes", models.JSONField(verbose_name="changes")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="given")),
                (
                    "question",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendment",
                        to="intake.question",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="intake.submission",
                    ),
                ),
            ],
            options={"verbose_name": "amendment", "default_permissions": (), "ordering": ["pk"]},
        ),
    ]
