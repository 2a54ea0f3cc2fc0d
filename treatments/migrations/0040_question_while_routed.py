"""A question to the patient has its dates whatever the referral's state is, as long as it is handled and open."""

from django.db import migrations, models
from django.db.models import Q

NAME = "referral_waits_only_for_an_answer"
NO_DATES = Q(chase_at=None, answer_by=None)


class Migration(migrations.Migration):
    dependencies = [("treatments", "0039_desk_settings")]

    operations = [
        migrations.RemoveConstraint("referral", NAME),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(
                name="referral_asks_while_it_is_handled",
                condition=Q(state__in=("in_review", "awaiting_patient", "routed")) | NO_DATES,
                violation_error_message="Only a referral that is handled has a date for the patient’s answer.",
            ),
        ),
    ]
