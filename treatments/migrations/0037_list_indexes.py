"""The worklist's filters and a queue's order read an index alone, however many referrals lie there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0036_what_needs_me")]

    operations = [
        migrations.RemoveIndex(model_name="consult", name="consult_queue"),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "accepted", "booked"])),
                fields=["treatment", "-priority", "opened_at", "id", "not_before", "state"],
                name="consult_queue",
            ),
        ),
        migrations.RemoveIndex(model_name="referral", name="referral_desk"),
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
                    "tms",
                    "spravato",
                    "psychotherapy",
                ],
                name="referral_desk",
            ),
        ),
    ]
