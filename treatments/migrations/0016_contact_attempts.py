"""Contact attempts, and the day on which a referral's next one is due."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0015_desk_clock"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                        choices=[
                            ("call", "Call"),
                            ("text", "Text message"),
                            ("email", "Email"),
                            ("letter", "Letter"),
                        ],
                        max_length=8,
                        verbose_name="channel",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("voicemail", "Message left on voicemail"),
                            ("no_answer", "No answer"),
                            ("wrong_number", "Wrong number or address"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("next_due", models.DateField(null=True, verbose_name="next attempt due")),
            ],
            options={
                "verbose_name": "contact attempt",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="contact_due_on",
            field=models.DateField(null=True, verbose_name="next contact attempt due"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("contact_due_on"),
                condition=models.Q(("contact_due_on__isnull", False)),
                name="referral_contact_due",
            ),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="contactattempt",
            name="referral",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contact_attempts",
                to="treatments.referral",
                verbose_name="referral",
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
    ]
