"""A clinician's risk assessments, and of the newest one what lists need."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import treatments.models.referral
import treatments.models.risk_assessment


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0009_open_alerts_hold"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="clinician_level",
            field=models.CharField(
                blank=True,
                choices=treatments.models.referral.risk_choices,
                max_length=8,
                verbose_name="clinician's level",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="next_check_at",
            field=models.DateTimeField(null=True, verbose_name="next check"),
        ),
        migrations.CreateModel(
            name="RiskAssessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "how",
                    models.CharField(
                        choices=treatments.models.risk_assessment.how_choices,
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("also_with", models.CharField(blank=True, max_length=500, verbose_name="also spoke with")),
                ("ideation", models.TextField(verbose_name="ideation")),
                ("plan", models.TextField(verbose_name="plan")),
                ("intent", models.TextField(verbose_name="intent")),
                ("behavior", models.TextField(verbose_name="behavior")),
                ("risk_factors", models.TextField(verbose_name="risk factors")),
                ("protective_factors", models.TextField(verbose_name="protective factors")),
                (
                    "level",
                    models.CharField(
                        choices=treatments.models.referral.risk_choices, max_length=8, verbose_name="level"
                    ),
                ),
                ("next_steps", models.TextField(verbose_name="plan to lower the risk")),
                ("next_check_at", models.DateTimeField(null=True, verbose_name="next check")),
                ("held", models.CharField(max_length=8, verbose_name="hold that stood")),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        choices=treatments.models.risk_assessment.hold_choices,
                        max_length=8,
                        verbose_name="what became of the hold",
                    ),
                ),
                ("covers", models.JSONField(default=dict, verbose_name="rules and answers looked at")),
                (
                    "carried_by",
                    models.CharField(blank=True, max_length=500, verbose_name="who carries out the plan"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "next_check_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who makes the next check",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_assessments",
                        to="treatments.referral",
                        verbose_name="referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "risk assessment",
                "verbose_name_plural": "risk assessments",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("level", "low"),
                                ("next_check_at__isnull", True),
                                ("next_check_by__isnull", True),
                            ),
                            models.Q(("next_check_at__isnull", False), ("next_check_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="risk_assessment_names_its_next_check",
                        violation_error_message="A next check says when and who; above low there is one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hold", "release"), ("level", "high"), _negated=True),
                            models.Q(("carried_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="risk_assessment_high_release_names_who",
                        violation_error_message="A release at high names who carries out the plan.",
                    ),
                ],
            },
        ),
    ]
