"""What lies at the desk of one coordinator is found by an index, however many others there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0035_tick_pass")]

    operations = [
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
    ]
