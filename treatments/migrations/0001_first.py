"""The tables of the clinic's side, and its queues. Databases that took every step of before stand where this one leads."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import intake.models.submission
import treatments.catalog
import treatments.models.alert
import treatments.models.consult
import treatments.models.contact
import treatments.models.event
import treatments.models.json_type
import treatments.models.on_call
import treatments.models.referral
import treatments.models.risk_assessment
import treatments.models.rota
import treatments.models.visit


class Migration(migrations.Migration):
    replaces = [
        ("treatments", "0004_alert_entries"),
        ("treatments", "0005_acknowledgements_to_entries"),
        ("treatments", "0006_one_alert_a_form"),
        ("treatments", "0008_alert_holds"),
        ("treatments", "0009_open_alerts_hold"),
        ("treatments", "0010_risk_assessment"),
        ("treatments", "0012_referral_flags"),
        ("treatments", "0013_message_due"),
        ("treatments", "0014_upkeep"),
        ("treatments", "0015_event_account"),
        ("treatments", "0017_alert_handed_over"),
        ("treatments", "0018_on_call_rota"),
        ("treatments", "0019_named_responders"),
        ("treatments", "0020_on_call_sendings"),
        ("treatments", "0022_sealed_columns"),
        ("treatments", "0023_seal_what_staff_wrote"),
        ("treatments", "0024_plain_columns_gone"),
        ("treatments", "0025_sweep_plain_text"),
        ("treatments", "0026_newest_risk"),
        ("treatments", "0028_event_from_address"),
        ("treatments", "0029_record_chain"),
        ("treatments", "0030_chain_what_stands"),
        ("treatments", "0031_closing_time"),
        ("treatments", "0032_kept_or_erased"),
        ("treatments", "0033_search_names"),
        ("treatments", "0034_clinic_hours"),
        ("treatments", "0035_no_shows"),
        ("treatments", "0036_desk_groups"),
        ("treatments", "0037_visits"),
        ("treatments", "0038_booked_dates_to_visits"),
        ("treatments", "0039_desk_settings"),
        ("treatments", "0040_question_while_routed"),
        ("treatments", "0041_queue_groups"),
        ("treatments", "0042_desk_index_with_keys"),
    ]

    initial = True

    dependencies = [
        ("intake", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordMark",
            fields=[
                ("kind", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField()),
                ("link", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("digest", models.BinaryField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Upkeep",
            fields=[
                (
                    "kind",
                    models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="kind"),
                ),
                ("at", models.DateTimeField(verbose_name="last done")),
                ("seconds", models.FloatField(verbose_name="took")),
            ],
            options={
                "verbose_name": "upkeep",
                "verbose_name_plural": "upkeep",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[],
            options={
                "verbose_name": "safety alert",
                "verbose_name_plural": "safety alerts",
                "proxy": True,
                "default_permissions": ("view",),
                "indexes": [],
                "constraints": [],
            },
            bases=("intake.submission",),
        ),
        migrations.CreateModel(
            name="ClinicHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField(verbose_name="since")),
                ("words", models.CharField(max_length=100, verbose_name="hours in words")),
                ("days", models.JSONField(verbose_name="working days")),
                ("opens", models.TimeField(verbose_name="work begins")),
                ("closes", models.TimeField(verbose_name="work ends")),
                ("holidays", models.JSONField(verbose_name="holidays")),
                ("targets", models.JSONField(verbose_name="targets")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "clinic hours",
                "verbose_name_plural": "clinic hours",
                "default_permissions": ("change",),
            },
        ),
        migrations.CreateModel(
            name="Consult",
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
                        choices=treatments.catalog.choices, max_length=16, verbose_name="treatment"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=treatments.models.consult.state_choices,
                        default="waiting",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "priority",
                    models.SmallIntegerField(
                        choices=treatments.models.consult.priority_choices, default=0, verbose_name="priority"
                    ),
                ),
                ("why", models.BinaryField(null=True, verbose_name="reason for routing")),
                (
                    "return_reason",
                    models.CharField(blank=True, max_length=32, verbose_name="reason for returning"),
                ),
                ("booked_for", models.DateField(null=True, verbose_name="booked for")),
                ("visit_at", models.DateTimeField(null=True, verbose_name="visit at")),
                ("target_from", models.DateTimeField(null=True, verbose_name="target counts from")),
                ("not_before", models.DateField(null=True, verbose_name="postponed until")),
                ("no_shows", models.PositiveSmallIntegerField(default=0, verbose_name="did not come")),
                ("outcome", models.CharField(blank=True, max_length=32, verbose_name="outcome")),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="waiting since"),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="routed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "consult",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PsychotherapyConsult",
            fields=[],
            options={
                "verbose_name": "psychotherapy consults",
                "verbose_name_plural": "psychotherapy consults",
                "permissions": [
                    (
                        "work_psychotherapyconsult",
                        "Can accept, return, book and complete psychotherapy consults",
                    )
                ],
                "proxy": True,
                "default_permissions": ("view",),
                "indexes": [],
                "constraints": [],
            },
            bases=("treatments.consult",),
        ),
        migrations.CreateModel(
            name="SpravatoConsult",
            fields=[],
            options={
                "verbose_name": "Spravato consults",
                "verbose_name_plural": "Spravato consults",
                "permissions": [
                    ("work_spravatoconsult", "Can accept, return, book and complete Spravato consults")
                ],
                "proxy": True,
                "default_permissions": ("view",),
                "indexes": [],
                "constraints": [],
            },
            bases=("treatments.consult",),
        ),
        migrations.CreateModel(
            name="TmsConsult",
            fields=[],
            options={
                "verbose_name": "TMS consults",
                "verbose_name_plural": "TMS consults",
                "permissions": [("work_tmsconsult", "Can accept, return, book and complete TMS consults")],
                "proxy": True,
                "default_permissions": ("view",),
                "indexes": [],
                "constraints": [],
            },
            bases=("treatments.consult",),
        ),
        migrations.CreateModel(
            name="KeySetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "keys of the desk",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OnCallNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=treatments.models.on_call.level_choices, default=0, verbose_name="as"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "Email"), ("webhook", "Webhook")],
                        max_length=8,
                        verbose_name="channel",
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(default=django.utils.timezone.now, null=True, verbose_name="due"),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="failed attempts")),
                ("times", models.PositiveIntegerField(default=0, verbose_name="times told")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="last told")),
                ("last_error", models.CharField(blank=True, max_length=80, verbose_name="last error")),
                (
                    "alarm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="intake.alarm",
                        verbose_name="alert",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="intake.outgoingmail",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "on-call notice",
                "verbose_name_plural": "on-call notices",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="OnCallSending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sendings",
                        to="treatments.oncallnotice",
                    ),
                ),
            ],
            options={
                "verbose_name": "sending of an on-call notice",
                "default_permissions": (),
            },
        ),
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
                        choices=treatments.catalog.choices, max_length=16, unique=True, verbose_name="queue"
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
                        violation_error_message="A queue's limit is at least one open consult. Pause it instead.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("alert_open", models.BooleanField(default=False, verbose_name="alert open")),
                (
                    "hold_rank",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(hold="urgent", then=models.Value(2)),
                            models.When(hold="same_day", then=models.Value(1)),
                            models.When(alert_open=True, then=models.Value(1)),
                            default=models.Value(0),
                        ),
                        output_field=models.SmallIntegerField(verbose_name="hold rank"),
                    ),
                ),
                ("check_due", models.BooleanField(default=False, verbose_name="check due")),
                (
                    "desk_rank",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("returned_at__isnull", False),
                                        ("attention__gt", ""),
                                        _connector="OR",
                                    ),
                                    ("hold", "urgent"),
                                ),
                                then=models.Value(6),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("returned_at__isnull", False),
                                        ("attention__gt", ""),
                                        _connector="OR",
                                    ),
                                    models.Q(("hold", "same_day"), ("alert_open", True), _connector="OR"),
                                ),
                                then=models.Value(5),
                            ),
                            models.When(
                                models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(
                                        ("clinician_level", "high"),
                                        models.Q(("check_due", True), ("clinician_level", "moderate")),
                                        _connector="OR",
                                    ),
                                ),
                                then=models.Value(4),
                            ),
                            models.When(
                                models.Q(
                                    ("returned_at__isnull", False), ("attention__gt", ""), _connector="OR"
                                ),
                                then=models.Value(3),
                            ),
                            models.When(state="new", then=models.Value(2)),
                            models.When(state="in_review", then=models.Value(1)),
                            default=models.Value(0),
                        ),
                        output_field=models.SmallIntegerField(verbose_name="place on the desk"),
                    ),
                ),
                ("need", models.JSONField(default=dict, editable=False, verbose_name="what is needed")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed at")),
                (
                    "legal_hold_since",
                    models.DateTimeField(editable=False, null=True, verbose_name="legal hold since"),
                ),
                (
                    "erasure_asked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="erasure asked for"),
                ),
                ("erased_at", models.DateTimeField(editable=False, null=True, verbose_name="erased")),
                ("reference", models.CharField(max_length=9, unique=True, verbose_name="reference")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=intake.models.submission.language_choices,
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("first_name", models.CharField(max_length=500, verbose_name="first name")),
                ("last_name", models.CharField(max_length=500, verbose_name="last name")),
                ("date_of_birth", models.DateField(null=True, verbose_name="date of birth")),
                ("phone", models.CharField(blank=True, max_length=500, verbose_name="phone")),
                ("email", models.CharField(blank=True, max_length=500, verbose_name="email")),
                ("phone_digits", models.CharField(blank=True, editable=False, max_length=10)),
                ("search", models.TextField(blank=True, editable=False, verbose_name="search words")),
                (
                    "state",
                    models.CharField(
                        choices=treatments.models.referral.state_choices,
                        default="new",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                (
                    "close_reason",
                    models.CharField(blank=True, max_length=32, verbose_name="reason for closing"),
                ),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                ("waiting_since", models.DateTimeField(verbose_name="waiting since")),
                ("returned_at", models.DateTimeField(null=True, verbose_name="returned by a team")),
                ("flags", models.JSONField(default=dict, verbose_name="flags")),
                (
                    "attention",
                    models.CharField(
                        blank=True,
                        choices=treatments.models.referral.attention_choices,
                        default="",
                        max_length=9,
                        verbose_name="needs a look",
                    ),
                ),
                ("message_due_at", models.DateTimeField(null=True, verbose_name="message due")),
                ("chase_at", models.DateTimeField(null=True, verbose_name="remind the patient")),
                ("answer_by", models.DateTimeField(null=True, verbose_name="answer by")),
                ("contact_due_on", models.DateField(null=True, verbose_name="next contact attempt due")),
                ("paused_since", models.DateTimeField(null=True, verbose_name="clock stopped")),
                ("counted_since", models.DateTimeField(verbose_name="clock counts from")),
                ("assessed_at", models.DateTimeField(null=True, verbose_name="assessed")),
                ("ruleset", models.CharField(blank=True, max_length=16, verbose_name="ruleset")),
                (
                    "hold",
                    models.CharField(
                        choices=treatments.models.referral.hold_choices,
                        default="same_day",
                        max_length=8,
                        verbose_name="hold",
                    ),
                ),
                ("hold_rules", models.JSONField(default=list, verbose_name="rules that hold")),
                ("hold_released_at", models.DateTimeField(null=True, verbose_name="hold released")),
                ("hold_released_ruleset", models.CharField(blank=True, max_length=16)),
                (
                    "clinician_level",
                    models.CharField(
                        blank=True,
                        choices=treatments.models.referral.risk_choices,
                        max_length=8,
                        verbose_name="clinician's level",
                    ),
                ),
                ("next_check_at", models.DateTimeField(null=True, verbose_name="next check")),
                ("fired", models.JSONField(default=list, verbose_name="rules that fired")),
                ("findings", models.JSONField(default=dict, verbose_name="findings")),
                (
                    "findings_masked",
                    models.JSONField(default=dict, verbose_name="findings without protected answers"),
                ),
                ("phq9", models.SmallIntegerField(null=True, verbose_name="PHQ-9")),
                ("cssrs", models.CharField(blank=True, max_length=12, verbose_name="suicide screen")),
                (
                    "adequate_trials",
                    models.SmallIntegerField(null=True, verbose_name="adequate trials without benefit"),
                ),
                (
                    "antidepressants",
                    models.SmallIntegerField(null=True, verbose_name="antidepressants named"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referral",
                        to="intake.submission",
                        verbose_name="submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "referral",
                "verbose_name_plural": "referrals",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="consult",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consults",
                to="treatments.referral",
                verbose_name="referral",
            ),
        ),
        migrations.CreateModel(
            name="CaringContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rules", models.JSONField(default=list, verbose_name="rules")),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="raised")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("done_at", models.DateTimeField(null=True, verbose_name="made")),
                ("note", models.BinaryField(null=True, verbose_name="note")),
                ("taken_over_at", models.DateTimeField(null=True, verbose_name="taken over elsewhere")),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caring_contact",
                        to="treatments.referral",
                        verbose_name="referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "caring contact",
                "default_permissions": (),
            },
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
                ("also_with", models.BinaryField(null=True, verbose_name="also spoke with")),
                ("ideation", models.BinaryField(verbose_name="ideation")),
                ("plan", models.BinaryField(verbose_name="plan")),
                ("intent", models.BinaryField(verbose_name="intent")),
                ("behavior", models.BinaryField(verbose_name="behavior")),
                ("risk_factors", models.BinaryField(verbose_name="risk factors")),
                ("protective_factors", models.BinaryField(verbose_name="protective factors")),
                (
                    "level",
                    models.CharField(
                        choices=treatments.models.referral.risk_choices, max_length=8, verbose_name="level"
                    ),
                ),
                ("next_steps", models.BinaryField(verbose_name="plan to lower the risk")),
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
                ("covers", models.BinaryField(null=True, verbose_name="rules and answers looked at")),
                ("carried_by", models.BinaryField(null=True, verbose_name="who carries out the plan")),
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
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="newest_risk",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="treatments.riskassessment",
            ),
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("query", models.CharField(max_length=300, verbose_name="filters and order")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "ordering": ("name", "pk"),
                "default_permissions": (),
            },
        ),
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
            },
        ),
        migrations.AddField(
            model_name="oncallnotice",
            name="shift",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="treatments.shift",
            ),
        ),
        migrations.CreateModel(
            name="TickPass",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="last pass")),
            ],
            options={
                "verbose_name": "last pass of the tick",
                "verbose_name_plural": "last pass of the tick",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="tick_pass_is_one_row",
                        violation_error_message="Only the last pass is kept.",
                    )
                ],
            },
        ),
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
                (
                    "consult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="treatments.consult",
                        verbose_name="consult",
                    ),
                ),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "default_permissions": (),
            },
        ),
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
                ("text", models.BinaryField(null=True, verbose_name="what was done")),
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
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked to take over",
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
                            models.Q(("kind", "closed"), ("text__isnull", True), _negated=True),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "asked"), ("to__isnull", False)),
                            models.Q(models.Q(("kind", "asked"), _negated=True), ("to", None)),
                            _connector="OR",
                        ),
                        name="alert_handed_over_by_name",
                        violation_error_message="An alert is handed over to somebody by name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verdict", models.CharField(max_length=16, verbose_name="verdict")),
                ("note", models.BinaryField(null=True, verbose_name="note")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
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
                    "consult",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="treatments.consult",
                        verbose_name="consult",
                    ),
                ),
            ],
            options={
                "verbose_name": "feedback",
                "verbose_name_plural": "feedback",
                "default_permissions": (),
                "indexes": [models.Index(fields=["at"], name="feedback_at")],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_address", models.GenericIPAddressField(null=True, verbose_name="from where")),
                (
                    "kind",
                    models.CharField(
                        choices=treatments.models.event.kind_choices, max_length=32, verbose_name="what"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("from_state", models.CharField(blank=True, max_length=16, verbose_name="from")),
                ("to_state", models.CharField(blank=True, max_length=16, verbose_name="to")),
                ("note", models.BinaryField(null=True, verbose_name="note")),
                ("details", models.BinaryField(null=True, verbose_name="details")),
                ("assessment", models.BinaryField(null=True, verbose_name="assessment")),
                ("version", models.PositiveIntegerField(default=0)),
                ("asked", models.CharField(blank=True, max_length=64)),
                ("before", models.JSONField(null=True)),
                ("link", models.BinaryField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "consult",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="treatments.consult",
                    ),
                ),
                (
                    "shared_key",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.sharedkey",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.submission",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="treatments.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["referral", "at"], name="event_timeline"),
                    models.Index(fields=["kind", "at"], name="event_kind_at"),
                    models.Index(fields=["at", "id"], name="event_newest"),
                    models.Index(fields=["actor", "at"], name="event_by_actor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicateLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.BinaryField(null=True, verbose_name="note")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatments.referral",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="treatments.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "link between duplicates",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"),
                        name="duplicate_linked_once",
                        violation_error_message="These two referrals are linked already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="duplicate_in_order",
                        violation_error_message="A referral is not a duplicate of itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "channel",
                    models.CharField(
                        choices=treatments.models.contact.channel_choices,
                        max_length=8,
                        verbose_name="channel",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=treatments.models.contact.outcome_choices,
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("note", models.BinaryField(null=True, verbose_name="note")),
                ("next_due", models.DateField(null=True, verbose_name="next attempt due")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_attempts",
                        to="treatments.referral",
                        verbose_name="referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact attempt",
                "default_permissions": (),
                "indexes": [models.Index(fields=["referral", "at"], name="contact_of_referral")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "reached"), _negated=True),
                            ("next_due__isnull", True),
                            _connector="OR",
                        ),
                        name="contact_reached_needs_no_next",
                        violation_error_message="Somebody who was reached is not due for another attempt.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "accepted", "booked"])),
                fields=["treatment", "-priority", "opened_at", "id", "not_before", "state", "target_from"],
                name="consult_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                condition=models.Q(("state__in", ("accepted", "booked"))),
                fields=["treatment", "state", "target_from"],
                name="consult_target",
            ),
        ),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                condition=models.Q(("state", "completed")), fields=["ended_at"], name="consult_completed"
            ),
        ),
        migrations.AddConstraint(
            model_name="consult",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "accepted", "booked"])),
                fields=("referral", "treatment"),
                name="consult_one_open_per_treatment",
                violation_error_message="This referral is in that queue already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consult",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "returned"), ("return_reason", ""), _connector="XOR"),
                name="consult_returned_has_a_reason",
                violation_error_message="A returned consult has a reason, and only a returned one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["waiting", "accepted", "booked"])),
                    models.Q(
                        models.Q(("state__in", ["waiting", "accepted", "booked"]), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="consult_ended_has_an_end",
                violation_error_message="A consult has an end once it is completed, returned or withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consult",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "booked"), _negated=True),
                    ("booked_for__isnull", False),
                    _connector="OR",
                ),
                name="consult_booked_has_a_date",
                violation_error_message="A booked consult has a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consult",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", ""), ("state", "completed"), _connector="OR"),
                name="consult_outcome_once_completed",
                violation_error_message="Only a completed consult has an outcome.",
            ),
        ),
        migrations.AddIndex(
            model_name="caringcontact",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)), fields=["due_at"], name="caring_contact_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="caringcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="caring_contact_made_by_somebody",
                violation_error_message="A caring contact that was made names who made it, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("level", "low"), ("next_check_at__isnull", True), ("next_check_by__isnull", True)
                    ),
                    models.Q(("next_check_at__isnull", False), ("next_check_by__isnull", False)),
                    _connector="OR",
                ),
                name="risk_assessment_names_its_next_check",
                violation_error_message="A next check says when and who; above low there is one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskassessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hold", "release"), ("level", "high"), _negated=True),
                    ("carried_by__isnull", False),
                    _connector="OR",
                ),
                name="risk_assessment_high_release_names_who",
                violation_error_message="A release at high names who carries out the plan.",
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
                ],
                name="referral_desk",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("owner"),
                models.F("id"),
                condition=models.Q(("desk_rank__gt", 0)),
                name="referral_desk_of",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("answer_by"), condition=models.Q(("answer_by__isnull", False)), name="referral_asked"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.OrderBy(models.F("desk_rank"), descending=True),
                models.F("waiting_since"),
                models.F("id"),
                name="referral_by_place",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("desk_rank"), descending=True),
                models.F("waiting_since"),
                models.F("id"),
                name="referral_by_state",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("hold_rank"), condition=models.Q(("hold_rank__gt", 0)), name="referral_held"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("next_check_at"), condition=models.Q(("check_due", False)), name="referral_check"
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(models.F("received_at"), name="referral_received"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("contact_due_on"),
                condition=models.Q(("contact_due_on__isnull", False)),
                name="referral_contact_due",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("message_due_at"),
                condition=models.Q(("message_due_at__isnull", False)),
                name="referral_message_due",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("id"),
                condition=models.Q(("assessed_at__isnull", True)),
                name="referral_not_assessed",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(models.F("date_of_birth"), name="referral_born"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(models.F("phone_digits"), name="referral_phone"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(django.db.models.functions.text.Lower("email"), name="referral_email"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("closed_at"),
                condition=models.Q(("erased_at", None), ("state", "closed")),
                name="referral_to_purge",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("legal_hold_since"),
                condition=models.Q(("legal_hold_since__isnull", False)),
                name="referral_legal_hold",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("erasure_asked_at"),
                condition=models.Q(("erasure_asked_at__isnull", False)),
                name="referral_erasure",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "closed"), ("closed_at", None), _connector="XOR"),
                name="referral_closed_at_a_time",
                violation_error_message="A closed referral has the time it was closed, and only a closed one.",
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
                condition=models.Q(
                    ("state__in", ("in_review", "awaiting_patient", "routed")),
                    models.Q(("answer_by", None), ("chase_at", None)),
                    _connector="OR",
                ),
                name="referral_asks_while_it_is_handled",
                violation_error_message="Only a referral that is handled has a date for the patient’s answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("attention", "message"), ("message_due_at", None), _connector="XOR"),
                name="referral_message_is_due_until_dealt_with",
                violation_error_message="A message has a time until which it is dealt with, and only a message.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "closed"), ("close_reason", ""), _connector="XOR"),
                name="referral_closed_has_a_reason",
                violation_error_message="A closed referral has a reason, and only a closed one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paused_since__isnull", True),
                    models.Q(("state__in", ("new", "in_review")), _negated=True),
                    _connector="OR",
                ),
                name="referral_clock_stands_away_from_the_desk",
                violation_error_message="The clock of a referral that lies at the desk runs.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner__isnull", False), ("state", "new"), _negated=True),
                name="referral_in_review_was_claimed",
                violation_error_message="A referral that someone handles is no longer new.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("assessed_at__isnull", False), models.Q(("hold", "none"), _negated=True), _connector="OR"
                ),
                name="referral_unassessed_is_held",
                violation_error_message="A referral that was not assessed is held.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    treatments.models.json_type.JsonType("findings"), models.Value("object")
                ),
                name="referral_findings_are_an_object",
                violation_error_message="Findings are kept by the treatment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    treatments.models.json_type.JsonType("findings_masked"), models.Value("object")
                ),
                name="referral_findings_masked_are_an_object",
                violation_error_message="Findings are kept by the treatment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("user", "name"),
                name="saved_view_named_once",
                violation_error_message="You have a view of this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("first_day", None),
                        ("last_day", None),
                        ("weekday__isnull", False),
                        ("weekday__range", (0, 6)),
                    ),
                    models.Q(("first_day__isnull", False), ("last_day__isnull", False), ("weekday", None)),
                    _connector="OR",
                ),
                name="shift_is_weekly_or_by_dates",
                violation_error_message="A row is for a weekday or for dates.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day", None),
                    ("last_day__gt", models.F("first_day")),
                    models.Q(("ends__gt", models.F("begins")), ("last_day", models.F("first_day"))),
                    _connector="OR",
                ),
                name="shift_ends_after_it_begins",
                violation_error_message="A row ends after it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel", "webhook"), ("webhook", ""), _connector="XOR"),
                name="shift_has_an_address_where_it_needs_one",
                violation_error_message="A webhook has an address, and nothing else has.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("first_day", None)),
                fields=("person", "rank", "channel", "weekday", "begins", "ends"),
                name="shift_weekly_once",
                violation_error_message="This row is in the rota already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="shift",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None), ("weekday", None)),
                fields=("person", "rank", "channel", "first_day", "last_day", "begins", "ends"),
                name="shift_by_dates_once",
                violation_error_message="This row is in the rota already.",
            ),
        ),
        migrations.AddIndex(
            model_name="oncallnotice",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="on_call_notices_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person", None)),
                fields=("alarm", "channel"),
                name="on_call_one_notice_per_alarm_and_channel",
                violation_error_message="The on-call person is told of this alarm on this channel already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("alarm", "level", "person", "channel"),
                name="on_call_one_notice_per_alarm_and_responder",
                violation_error_message="This person is told of this alarm already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="oncallnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 0), ("person", None)),
                    models.Q(("level__gt", 0), ("person__isnull", False)),
                    _connector="OR",
                ),
                name="on_call_address_is_nobody_in_person",
                violation_error_message="A responder is a person, and the on-call address is none.",
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
