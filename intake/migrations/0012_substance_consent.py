"""The substance-use consent as a record of its own: rows that are only added, and until when it holds."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import intake.models.substance_consent
from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0011_erased"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "submission",
            "substance_use_until",
            models.DateTimeField(editable=False, null=True, verbose_name="substance use shared until"),
        ),
        migrations.CreateModel(
            name="SubstanceConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=intake.models.substance_consent.step_choices,
                        max_length=7,
                        verbose_name="step",
                    ),
                ),
                (
                    "version",
                    models.CharField(blank=True, max_length=20, verbose_name="version of the text"),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=intake.models.substance_consent.scope_choices,
                        max_length=20,
                        verbose_name="scope",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="expires")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substance_consents",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "substance-use consent",
                "verbose_name_plural": "substance-use consents",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "step"),
                        name="intake_substance_consent_once",
                        violation_error_message="This consent is given once and revoked once.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expires_at__isnull", False), ("step", "given")),
                            models.Q(("expires_at", None), ("step", "revoked")),
                            _connector="OR",
                        ),
                        name="intake_substance_consent_given_expires",
                        violation_error_message="A consent that is given has a day on which it expires.",
                    ),
                ],
            },
        ),
        guarded(
            "intake_substanceconsent",
            "Substance-use consents are append-only.",
            "submission_id = NEW.submission_id AND step = NEW.step",
        ),
    ]
