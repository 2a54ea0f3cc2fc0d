"""Who told staff what, how, when, and who recorded it; SQLite rebuilds the table, which is then guarded again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import intake.models.said
from intake.migrations._append_only import guarded, unguarded

GUARDED = ("intake_amendment", "Amendments are append-only.", "question_id = NEW.question_id")
PATIENT = Q(as_told_by="patient")
NOT_TOLD = Q(as_told_by=None, informant=None, how=None, said_at=None, by=None, notes=None)
SAYS_WHO = Q(as_told_by__isnull=False, how__isnull=False, said_at__isnull=False, by__isnull=False)
NAMED = Q(PATIENT & Q(informant=None)) | Q(~PATIENT & Q(informant__isnull=False))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("intake", "0016_unread_words"),
    ]

    operations = [
        unguarded(*GUARDED),
        migrations.AddField(
            "amendment",
            "as_told_by",
            models.CharField(
                choices=intake.models.said.who_choices, max_length=10, null=True, verbose_name="as told by"
            ),
        ),
        migrations.AddField(
            "amendment", "informant", models.BinaryField(null=True, verbose_name="who that is")
        ),
        migrations.AddField(
            "amendment",
            "how",
            models.CharField(
                choices=intake.models.said.how_choices, max_length=7, null=True, verbose_name="how"
            ),
        ),
        migrations.AddField("amendment", "said_at", models.DateTimeField(null=True, verbose_name="said")),
        migrations.AddField(
            "amendment",
            "by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            "amendment", "notes", models.BinaryField(null=True, verbose_name="said beside it")
        ),
        migrations.AddConstraint(
            "amendment",
            models.CheckConstraint(
                name="intake_told_says_who",
                condition=(Q(kind="told") & SAYS_WHO & NAMED) | (~Q(kind="told") & NOT_TOLD),
                violation_error_message=(
                    "What was told to staff says by whom, how, when, and who recorded it."
                ),
            ),
        ),
        guarded(*GUARDED),
    ]
