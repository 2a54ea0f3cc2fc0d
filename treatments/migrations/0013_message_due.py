"""A message is due exactly while it stands first among a referral's flags; what is due is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0012_referral_flags")]

    operations = [
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                models.F("message_due_at"),
                condition=models.Q(("message_due_at__isnull", False)),
                name="referral_message_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("attention", "message"), ("message_due_at", None), _connector="XOR"),
                name="referral_message_is_due_until_dealt_with",
                violation_error_message=(
                    "A message has a time until which it is dealt with, and only a message."
                ),
            ),
        ),
    ]
