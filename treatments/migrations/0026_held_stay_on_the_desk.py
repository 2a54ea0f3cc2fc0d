"""A held referral lies at the desk while the patient or a team has it."""

from django.db import migrations, models

ORDER = (
    models.OrderBy(models.F("hold_rank"), descending=True),
    models.F("waiting_since"),
    models.F("id"),
)


class Migration(migrations.Migration):
    dependencies = [("treatments", "0025_state_index")]

    operations = [
        migrations.RemoveIndex(model_name="referral", name="referral_desk"),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                *ORDER,
                condition=models.Q(
                    ("state__in", ("new", "in_review")),
                    ("returned_at__isnull", False),
                    ("attention__gt", ""),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("hold_rank__gt", 0)),
                    _connector="OR",
                ),
                name="referral_desk",
            ),
        ),
    ]
