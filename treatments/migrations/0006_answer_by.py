"""Until when a question to the patient is open, and when they are reminded of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0005_needs_a_look")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="chase_at",
            field=models.DateTimeField(null=True, verbose_name="remind the patient"),
        ),
        migrations.AddField(
            model_name="referral",
            name="answer_by",
            field=models.DateTimeField(null=True, verbose_name="answer by"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("answer_by"),
                condition=models.Q(("answer_by__isnull", False)),
                name="referral_asked",
            ),
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
    ]
