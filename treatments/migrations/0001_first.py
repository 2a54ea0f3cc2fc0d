"""The tables of the clinic's side, and its queues."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import intake.models.submission
import treatments.catalog
import treatments.models.consult
import treatments.models.contact
import treatments.models.event
import treatments.models.json_type
import treatments.models.referral


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("intake", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SafetyAlert",
            fields=[],
            options={
                "verbose_name": "safety alert",
                "verbose_name_plural": "safety alerts",
                "proxy": True,
                "default_permissions": ("view",),
                "indexes": [],
                "constraints": [],
            },
            bases=("intake.alarm",),
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
                ("why", models.TextField(blank=True, verbose_name="reason for routing")),
                (
                    "return_reason",
                    models.CharField(blank=True, max_length=32, verbose_name="reason for returning"),
                ),
                ("booked_for", models.DateField(null=True, verbose_name="booked for")),
                ("not_before", models.DateField(null=True, verbose_name="postponed until")),
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
                ("date_of_birth", models.DateField(verbose_name="date of birth")),
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
                (
                    "hold_rank",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(hold="urgent", then=models.Value(2)),
                            models.When(hold="same_day", then=models.Value(1)),
                            default=models.Value(0),
                        ),
                        output_field=models.SmallIntegerField(verbose_name="hold rank"),
                    ),
                ),
                ("hold_released_at", models.DateTimeField(null=True, verbose_name="hold released")),
                ("hold_released_ruleset", models.CharField(blank=True, max_length=16)),
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
        migrations.CreateModel(
            name="Event",
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
                        choices=treatments.models.event.kind_choices, max_length=32, verbose_name="what"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                ("from_state", models.CharField(blank=True, max_length=16, verbose_name="from")),
                ("to_state", models.CharField(blank=True, max_length=16, verbose_name="to")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                ("assessment", models.JSONField(null=True, verbose_name="assessment")),
                ("version", models.PositiveIntegerField(default=0)),
                ("asked", models.CharField(blank=True, max_length=64)),
                ("before", models.JSONField(null=True)),
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
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                ("note", models.TextField(blank=True, verbose_name="note")),
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
            name="Acknowledgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done", models.TextField(verbose_name="what was done")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "alarm",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acknowledgement",
                        to="intake.alarm",
                    ),
                ),
            ],
            options={
                "verbose_name": "acknowledgement",
                "default_permissions": (),
                "indexes": [models.Index(fields=["at"], name="acknowledgement_at")],
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
                ("note", models.TextField(blank=True, verbose_name="note")),
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
            name="OnCallNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            ],
            options={
                "verbose_name": "on-call notice",
                "verbose_name_plural": "on-call notices",
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["due_at"],
                        name="on_call_notices_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("alarm", "channel"),
                        name="on_call_one_notice_per_alarm_and_channel",
                        violation_error_message="The on-call person is told of this alarm on this channel already.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("new", "in_review")),
                    ("returned_at__isnull", False),
                    ("attention__gt", ""),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("hold_rank__gt", 0)),
                    _connector="OR",
                ),
                fields=[
                    "-hold_rank",
                    "waiting_since",
                    "id",
                    "hold",
                    "state",
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
                condition=models.Q(
                    ("state__in", ("new", "in_review")),
                    ("returned_at__isnull", False),
                    ("attention__gt", ""),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("hold_rank__gt", 0)),
                    _connector="OR",
                ),
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
                models.OrderBy(models.F("hold_rank"), descending=True),
                models.F("waiting_since"),
                models.F("id"),
                name="referral_by_hold",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("state"),
                models.OrderBy(models.F("hold_rank"), descending=True),
                models.F("waiting_since"),
                models.F("id"),
                name="referral_by_state",
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
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "awaiting_patient"),
                    models.Q(("answer_by", None), ("chase_at", None)),
                    _connector="OR",
                ),
                name="referral_waits_only_for_an_answer",
                violation_error_message="Only a referral that waits for the patient has a date for the answer.",
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
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["referral", "at"], name="event_timeline"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["kind", "at"], name="event_kind_at"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["at", "id"], name="event_newest"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor", "at"], name="event_by_actor"),
        ),
        migrations.AddConstraint(
            model_name="duplicatelink",
            constraint=models.UniqueConstraint(
                fields=("first", "second"),
                name="duplicate_linked_once",
                violation_error_message="These two referrals are linked already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))),
                name="duplicate_in_order",
                violation_error_message="A referral is not a duplicate of itself.",
            ),
        ),
        migrations.AddIndex(
            model_name="contactattempt",
            index=models.Index(fields=["referral", "at"], name="contact_of_referral"),
        ),
        migrations.AddConstraint(
            model_name="contactattempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "reached"), _negated=True),
                    ("next_due__isnull", True),
                    _connector="OR",
                ),
                name="contact_reached_needs_no_next",
                violation_error_message="Somebody who was reached is not due for another attempt.",
            ),
        ),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "accepted", "booked"])),
                fields=["treatment", "-priority", "opened_at", "id", "not_before", "state"],
                name="consult_queue",
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
    ]
