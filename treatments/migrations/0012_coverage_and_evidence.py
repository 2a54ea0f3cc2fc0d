"""What pays for a person, what supports their answers, who reviewed a payer's pack; where a referral stands before its payer."""

import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import treatments.models.json_type


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_append_only"),
        ("treatments", "0011_figure_count"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Coverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(default=1, verbose_name="rank")),
                ("started", models.DateTimeField(verbose_name="since")),
                ("ended", models.DateTimeField(null=True, verbose_name="until")),
                ("payer", models.BinaryField(verbose_name="payer")),
                ("payer_name", models.BinaryField(null=True, verbose_name="payer's name")),
                ("line", models.BinaryField(null=True, verbose_name="line of business")),
                ("packs", models.BinaryField(null=True, verbose_name="policies")),
                ("plan", models.BinaryField(null=True, verbose_name="plan")),
                ("member_id", models.BinaryField(null=True, verbose_name="member ID")),
                ("group_number", models.BinaryField(null=True, verbose_name="group number")),
                ("subscriber", models.BinaryField(null=True, verbose_name="subscriber")),
                ("relation", models.BinaryField(null=True, verbose_name="relation")),
                ("payer_phone", models.BinaryField(null=True, verbose_name="payer's phone")),
                ("payer_fax", models.BinaryField(null=True, verbose_name="payer's fax")),
                ("contracted", models.BinaryField(null=True, verbose_name="contract with the payer")),
                ("benefits_checked_on", models.DateField(null=True, verbose_name="benefits checked on")),
                ("benefits_note", models.BinaryField(null=True, verbose_name="what the benefits check said")),
            ],
            options={
                "verbose_name": "coverage",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="written down")),
                ("on", models.DateField(verbose_name="day")),
                ("treatment", models.CharField(blank=True, max_length=16, verbose_name="treatment")),
                ("key", models.BinaryField(verbose_name="what")),
                ("value", models.BinaryField(verbose_name="value")),
                ("about", models.BinaryField(null=True, verbose_name="about")),
            ],
            options={
                "verbose_name": "entry",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="written down")),
                ("on", models.DateField(verbose_name="day")),
                ("about", models.BinaryField(verbose_name="about")),
                ("strength", models.CharField(max_length=5, verbose_name="strength")),
                ("agrees", models.CharField(max_length=3, verbose_name="agrees")),
                ("kind", models.BinaryField(verbose_name="kind")),
                ("says", models.BinaryField(null=True, verbose_name="what it says")),
                ("informant", models.BinaryField(null=True, verbose_name="who said it")),
                ("place", models.BinaryField(null=True, verbose_name="where it lies")),
            ],
            options={
                "verbose_name": "evidence",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PackReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pack", models.CharField(max_length=40, verbose_name="pack")),
                ("version", models.CharField(max_length=40, verbose_name="version")),
                ("at", models.DateTimeField(verbose_name="when")),
            ],
            options={
                "verbose_name": "pack of criteria",
                "verbose_name_plural": "packs of criteria",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="written down")),
                ("on", models.DateField(verbose_name="day")),
                ("said", models.BinaryField(verbose_name="scale and total")),
                ("strength", models.CharField(max_length=5, verbose_name="strength")),
            ],
            options={
                "verbose_name": "score",
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="referral",
            name="referral_erased_holds_nothing",
        ),
        migrations.RemoveIndex(
            model_name="referral",
            name="referral_desk",
        ),
        migrations.AddField(
            model_name="referral",
            name="payer_changes_on",
            field=models.DateField(editable=False, null=True, verbose_name="payer changes on"),
        ),
        migrations.AddField(
            model_name="referral",
            name="payer_state",
            field=models.JSONField(default=dict, editable=False, verbose_name="payer"),
        ),
        migrations.AddField(
            model_name="referral",
            name="payer_state_masked",
            field=models.JSONField(
                default=dict, editable=False, verbose_name="payer without protected answers"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("desk_rank__gt", 0)),
                fields=[
                    "-desk_rank",
                    "waiting_since",
                    "id",
                    "state",
                    "hold_rank",
                    "received_at",
                    "counted_since",
                    "language",
                    "owner",
                    "findings",
                    "findings_masked",
                    "payer_state",
                    "payer_state_masked",
                ],
                name="referral_desk",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("payer_changes_on"),
                condition=models.Q(("payer_changes_on__isnull", False)),
                name="referral_payer_changes",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("date_of_birth__isnull", False), ("erased_at", None)),
                    models.Q(
                        ("erased_at__isnull", False),
                        ("erasure_asked_at", None),
                        ("legal_hold_since", None),
                        ("state", "closed"),
                        ("date_of_birth", None),
                        ("email", ""),
                        ("first_name", ""),
                        ("last_name", ""),
                        ("phone", ""),
                        ("phone_digits", ""),
                        ("clinician_level", ""),
                        ("cssrs", ""),
                        ("findings", {}),
                        ("findings_masked", {}),
                        ("fired", []),
                        ("hold_rules", []),
                        ("phq9", None),
                        ("payer_changes_on", None),
                        ("payer_state", {}),
                        ("payer_state_masked", {}),
                    ),
                    _connector="OR",
                ),
                name="referral_erased_holds_nothing",
                violation_error_message="Of somebody who was erased nothing is kept, and whoever is kept has a birth date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    treatments.models.json_type.JsonType("payer_state"), models.Value("object")
                ),
                name="referral_payer_state_is_an_object",
                violation_error_message="What is known of the payer is kept by the treatment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    treatments.models.json_type.JsonType("payer_state_masked"), models.Value("object")
                ),
                name="referral_payer_state_masked_is_an_object",
                violation_error_message="What is known of the payer is kept by the treatment.",
            ),
        ),
        migrations.AddField(
            model_name="coverage",
            name="benefits_checked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="coverage",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="coverage",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="coverages",
                to="treatments.referral",
                verbose_name="referral",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="treatments.referral",
                verbose_name="referral",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="treatments.referral",
                verbose_name="referral",
            ),
        ),
        migrations.AddField(
            model_name="packreview",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="score",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scores",
                to="treatments.referral",
                verbose_name="referral",
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended__isnull", True)),
                fields=("referral", "rank"),
                name="coverage_one_current_of_a_rank",
                violation_error_message="One coverage of a rank counts at a time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.CheckConstraint(
                condition=models.Q(("rank__in", (1, 2))),
                name="coverage_is_primary_or_secondary",
                violation_error_message="A coverage is the primary or the secondary one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("benefits_checked_by__isnull", True), ("benefits_checked_on__isnull", True)),
                    models.Q(("benefits_checked_by__isnull", False), ("benefits_checked_on__isnull", False)),
                    _connector="OR",
                ),
                name="coverage_benefits_checked_by_somebody",
                violation_error_message="A benefits check says who made it, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="packreview",
            constraint=models.UniqueConstraint(
                fields=("pack", "version"),
                name="pack_review_once_a_version",
                violation_error_message="This version of the pack was reviewed already.",
            ),
        ),
    ]
