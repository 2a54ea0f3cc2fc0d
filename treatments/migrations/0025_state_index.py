"""Lists of one state, however rare, are found by an index in the desk's own order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0024_search_index")]

    operations = [
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
    ]
