"""A queue's order reads when a visit is over too, so that a visit that is over stands first."""

from django.db import migrations, models

OPEN = ["waiting", "accepted", "booked"]
FIELDS = ["treatment", "-priority", "opened_at", "id", "not_before", "state"]


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0040_question_while_routed"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="consult", name="consult_queue"),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                fields=[*FIELDS, "target_from"],
                name="consult_queue",
                condition=models.Q(state__in=OPEN),
            ),
        ),
    ]
