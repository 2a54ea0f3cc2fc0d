"""Requests for records, letters, and every paper as it was printed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import treatments.models.paper
import treatments.models.record_request


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0006_clinic_texts_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "occasion",
                    models.CharField(
                        choices=treatments.models.paper.occasion_choices,
                        max_length=8,
                        verbose_name="occasion",
                    ),
                ),
                ("to_name", models.BinaryField(verbose_name="to")),
                ("to_place", models.BinaryField(null=True, verbose_name="address or fax")),
                ("text", models.BinaryField(verbose_name="text")),
                ("agreed_on", models.DateField(null=True, verbose_name="agreed on")),
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
                    "consult",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatments.consult",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="treatments.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RecordRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                ("to_name", models.BinaryField(verbose_name="who is asked")),
                ("to_role", models.BinaryField(verbose_name="what they are")),
                ("phone", models.BinaryField(null=True, verbose_name="phone")),
                ("fax", models.BinaryField(null=True, verbose_name="fax")),
                ("what", models.BinaryField(verbose_name="what is asked for")),
                ("paths", models.BinaryField(null=True, verbose_name="answers that it is about")),
                (
                    "state",
                    models.CharField(
                        choices=treatments.models.record_request.request_states,
                        default="draft",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("release_signed_on", models.DateField(null=True, verbose_name="release signed")),
                ("sent_on", models.DateField(null=True, verbose_name="sent")),
                ("due_on", models.DateField(null=True, verbose_name="due")),
                ("received_on", models.DateField(null=True, verbose_name="received")),
                ("received", models.BinaryField(null=True, verbose_name="what came")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consult",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record_requests",
                        to="treatments.consult",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="record_requests",
                        to="treatments.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for records",
                "verbose_name_plural": "requests for records",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PrintedPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "kind",
                    models.CharField(
                        choices=treatments.models.paper.paper_choices, max_length=8, verbose_name="what"
                    ),
                ),
                ("body", models.BinaryField(verbose_name="sheet")),
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
                    "consult",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatments.consult",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="treatments.letter",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="treatments.referral",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="treatments.recordrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "printed paper",
                "verbose_name_plural": "printed papers",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="recordrequest",
            index=models.Index(
                condition=models.Q(("state__in", ("sent", "chased"))),
                fields=["due_on"],
                name="record_request_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "canceled")),
                    models.Q(
                        ("due_on__isnull", False),
                        ("release_signed_on__isnull", False),
                        ("sent_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="record_request_sent_is_released",
                violation_error_message="A request that was sent says when, and when the release was signed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_on__isnull", False), ("state", "received")),
                    models.Q(models.Q(("state", "received"), _negated=True), ("received_on__isnull", True)),
                    _connector="OR",
                ),
                name="record_request_received_has_a_day",
                violation_error_message="What was received has a day, and only that.",
            ),
        ),
    ]
