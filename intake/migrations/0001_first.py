"""The tables of the patient's side. Databases that took every step of before stand where this one leads."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import intake.models.coming_back
import intake.models.outbox
import intake.models.question
import intake.models.said
import intake.models.submission
import intake.models.substance_consent


class Migration(migrations.Migration):
    replaces = [
        ("intake", "0002_alarm_answers"),
        ("intake", "0004_mail_account"),
        ("intake", "0005_sealed_columns"),
        ("intake", "0006_seal_what_was_told"),
        ("intake", "0007_plain_columns_gone"),
        ("intake", "0008_sweep_plain_text"),
        ("intake", "0009_shared_keys"),
        ("intake", "0011_erased"),
        ("intake", "0012_substance_consent"),
        ("intake", "0013_consents_of_sent_forms"),
        ("intake", "0014_amendment_kind"),
        ("intake", "0015_reminders_and_texts"),
        ("intake", "0016_unread_words"),
        ("intake", "0017_told_to_staff"),
        ("intake", "0018_appointment_mail"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("danger", models.CharField(max_length=40, verbose_name="what")),
                (
                    "urgency",
                    models.CharField(
                        choices=[("urgent", "Urgent"), ("same_day", "Same day")],
                        max_length=8,
                        verbose_name="urgency",
                    ),
                ),
                ("answer", models.BinaryField(null=True, verbose_name="answer")),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="raised")),
            ],
            options={
                "verbose_name": "alarm",
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message", models.BinaryField(verbose_name="message to the patient")),
                ("fields", models.BinaryField(verbose_name="asked")),
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
            ],
            options={
                "verbose_name": "question to a patient",
                "verbose_name_plural": "questions to patients",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SharedKey",
            fields=[
                ("key", models.BinaryField(null=True)),
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AlarmChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("answer", models.BinaryField(verbose_name="answer")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed")),
                (
                    "alarm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="intake.alarm"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an unsafe answer",
                "default_permissions": (),
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
                (
                    "as_told_by",
                    models.CharField(
                        choices=intake.models.said.who_choices,
                        max_length=10,
                        null=True,
                        verbose_name="as told by",
                    ),
                ),
                ("informant", models.BinaryField(null=True, verbose_name="who that is")),
                (
                    "how",
                    models.CharField(
                        choices=intake.models.said.how_choices, max_length=7, null=True, verbose_name="how"
                    ),
                ),
                ("said_at", models.DateTimeField(null=True, verbose_name="said")),
                ("notes", models.BinaryField(null=True, verbose_name="said beside it")),
                (
                    "kind",
                    models.CharField(
                        choices=intake.models.question.kind_choices,
                        max_length=5,
                        null=True,
                        verbose_name="kind",
                    ),
                ),
                ("changes", models.BinaryField(verbose_name="changes")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="given")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendment",
                        to="intake.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="alarm",
            name="amendment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alarms",
                to="intake.amendment",
            ),
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("key", models.BinaryField(null=True)),
                ("answers", models.BinaryField(verbose_name="answers")),
                ("unread", models.BinaryField(null=True, verbose_name="words that could not be read")),
                ("progress", models.JSONField(default=dict, verbose_name="progress")),
                (
                    "saved_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="last saved"),
                ),
                ("erased_at", models.DateTimeField(editable=False, null=True, verbose_name="erased")),
                (
                    "remind_by",
                    models.CharField(
                        choices=intake.models.coming_back.channel_choices,
                        max_length=4,
                        null=True,
                        verbose_name="remind by",
                    ),
                ),
                ("reminded_at", models.DateTimeField(null=True, verbose_name="reminded")),
                ("reminders", models.PositiveSmallIntegerField(null=True, verbose_name="reminders sent")),
                (
                    "substance_use_until",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="substance use shared until"
                    ),
                ),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "reference",
                    models.CharField(
                        editable=False, max_length=9, null=True, unique=True, verbose_name="reference"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("submitted", "Submitted")],
                        default="draft",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=intake.models.submission.source_choices,
                        default="web",
                        max_length=5,
                        verbose_name="source",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=intake.models.submission.language_choices,
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("surname", models.CharField(blank=True, max_length=500, verbose_name="surname")),
                ("born_on", models.DateField(null=True, verbose_name="born on")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="started"),
                ),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="received")),
                ("submitted_on", models.DateField(null=True, verbose_name="date sent")),
                ("expired_at", models.DateTimeField(null=True, verbose_name="expired")),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "submission",
            },
        ),
        migrations.CreateModel(
            name="ResumeKey",
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
                        choices=[("link", "E-mailed link"), ("code", "Printed code")], max_length=4
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resume_keys",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "way back to a draft",
                "verbose_name_plural": "ways back to drafts",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="question",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="intake.submission"
            ),
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=intake.models.outbox.purpose_choices, max_length=16, verbose_name="purpose"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=intake.models.coming_back.channel_choices,
                        default="mail",
                        max_length=4,
                        verbose_name="channel",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=40)),
                ("to", models.CharField(blank=True, max_length=500, verbose_name="to")),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="written"),
                ),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="due")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("last_error", models.CharField(blank=True, max_length=80, verbose_name="last error")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent")),
                ("given_up_at", models.DateTimeField(null=True, verbose_name="given up")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "outgoing mail",
                "verbose_name_plural": "outgoing mail",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="MessagesStopped",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="since")),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages_stopped",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "stopped messages",
                "verbose_name_plural": "stopped messages",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                        choices=[("message", "Message"), ("withdrawal", "Takes the form back")],
                        default="message",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.BinaryField(null=True, verbose_name="text")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="sent")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "message of a patient",
                "verbose_name_plural": "messages of patients",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="amendment",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="amendments", to="intake.submission"
            ),
        ),
        migrations.AddField(
            model_name="alarm",
            name="submission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="alarms", to="intake.submission"
            ),
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
                ("version", models.CharField(blank=True, max_length=20, verbose_name="version of the text")),
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
            },
        ),
        migrations.CreateModel(
            name="Try",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted_as", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "try",
                "verbose_name_plural": "tries",
                "default_permissions": (),
                "indexes": [models.Index(fields=["counted_as", "at"], name="intake_tries_counted")],
            },
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                models.F("saved_at"), condition=models.Q(("state", "draft")), name="intake_drafts"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reference__isnull", True),
                        ("state", "draft"),
                        ("submitted_at__isnull", True),
                        ("submitted_on__isnull", True),
                    ),
                    models.Q(
                        ("reference__isnull", False),
                        ("state", "submitted"),
                        ("submitted_at__isnull", False),
                        ("submitted_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="intake_submitted_has_reference_and_time",
                violation_error_message="A sent intake has a reference and the time it was sent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("expired_at", None), ("state", "draft"), _connector="OR"),
                name="intake_only_drafts_expire",
                violation_error_message="Only a draft expires, never an intake that was sent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None),
                    models.Q(("born_on", None), ("key", None), ("state", "submitted"), ("surname", "")),
                    _connector="OR",
                ),
                name="intake_erased_holds_nothing",
                violation_error_message="Of somebody who was erased nothing is kept.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("entered_by", None), ("source", "phone"), _connector="OR"),
                name="intake_entered_on_the_phone",
                violation_error_message="Staff enter an intake only for a person on the phone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entered_by__isnull", False), ("expired_at", None), ("state", "draft")),
                fields=("entered_by",),
                name="intake_one_entered_at_a_time",
                violation_error_message="You are entering another intake already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="resumekey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "code")),
                fields=("submission",),
                name="intake_one_code_per_draft",
                violation_error_message="This draft has a code already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="resumekey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expires_at__isnull", False), ("kind", "link")),
                    models.Q(("expires_at", None), ("kind", "code")),
                    _connector="OR",
                ),
                name="intake_links_expire_codes_do_not",
                violation_error_message="A link has a time at which it expires, a code has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("submission",),
                name="intake_one_open_question",
                violation_error_message="This person has a question to answer already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at", None)),
                    models.Q(("ended_at__isnull", False), models.Q(("end", ""), _negated=True)),
                    _connector="OR",
                ),
                name="intake_question_ends_in_one_way",
                violation_error_message="A question that has ended says how.",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                condition=models.Q(("given_up_at", None), ("sent_at", None)),
                fields=["purpose", "due_at", "id"],
                name="intake_mail_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_up_at", None), ("sent_at", None)),
                    models.Q(
                        models.Q(("sent_at", None), ("given_up_at", None), _connector="OR"),
                        ("body", ""),
                        ("to", ""),
                    ),
                    _connector="OR",
                ),
                name="intake_mail_ends_once_without_its_text",
                violation_error_message="A mail is sent or given up, and then its text is not kept.",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "withdrawal"), ("text__isnull", False), _connector="OR"),
                name="intake_message_says_something",
                violation_error_message="A message has a text.",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "told"),
                        ("as_told_by__isnull", False),
                        ("by__isnull", False),
                        ("how__isnull", False),
                        ("said_at__isnull", False),
                        models.Q(
                            models.Q(("as_told_by", "patient"), ("informant", None)),
                            models.Q(
                                models.Q(("as_told_by", "patient"), _negated=True),
                                ("informant__isnull", False),
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        models.Q(("kind", "told"), _negated=True),
                        ("as_told_by", None),
                        ("by", None),
                        ("how", None),
                        ("informant", None),
                        ("notes", None),
                        ("said_at", None),
                    ),
                    _connector="OR",
                ),
                name="intake_told_says_who",
                violation_error_message="What was told to staff says by whom, how, when, and who recorded it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alarm",
            constraint=models.UniqueConstraint(
                fields=("amendment", "danger"),
                name="intake_one_alarm_per_amendment_and_danger",
                violation_error_message="This alarm has been raised already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="substanceconsent",
            constraint=models.UniqueConstraint(
                fields=("submission", "step"),
                name="intake_substance_consent_once",
                violation_error_message="This consent is given once and revoked once.",
            ),
        ),
        migrations.AddConstraint(
            model_name="substanceconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expires_at__isnull", False), ("step", "given")),
                    models.Q(("expires_at", None), ("step", "revoked")),
                    _connector="OR",
                ),
                name="intake_substance_consent_given_expires",
                violation_error_message="A consent that is given has a day on which it expires.",
            ),
        ),
    ]
