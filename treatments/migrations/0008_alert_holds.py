"""An open alert holds, beside what the rules ask for; the rank of what stands counts both.

A generated column can't be altered: it is made anew, with the indexes that lie on it.
"""

from django.db import migrations, models

ON_THE_DESK = models.Q(
    ("state__in", ("new", "in_review")),
    ("returned_at__isnull", False),
    ("attention__gt", ""),
    models.Q(models.Q(("state", "closed"), _negated=True), ("hold_rank__gt", 0)),
    _connector="OR",
)
HELD = (
    models.When(hold="urgent", then=models.Value(2)),
    models.When(hold="same_day", then=models.Value(1)),
)


RANK = models.GeneratedField(
    db_persist=True,
    expression=models.Case(
        *HELD, models.When(alert_open=True, then=models.Value(1)), default=models.Value(0)
    ),
    output_field=models.SmallIntegerField(verbose_name="hold rank"),
)
INDEXES = (
    models.Index(
        condition=ON_THE_DESK,
        fields=[
            *("-hold_rank", "waiting_since", "id", "state", "received_at", "counted_since"),
            *("language", "owner", "findings", "findings_masked"),
        ],
        name="referral_desk",
    ),
    models.Index("owner", condition=ON_THE_DESK, name="referral_desk_of"),
    models.Index(models.F("hold_rank").desc(), "waiting_since", "id", name="referral_by_hold"),
    models.Index("state", models.F("hold_rank").desc(), "waiting_since", "id", name="referral_by_state"),
)


class Migration(migrations.Migration):
    dependencies = [("treatments", "0007_alert_entries_append_only")]

    operations = [
        *(migrations.RemoveIndex("referral", index.name) for index in INDEXES),
        migrations.AddField(
            "referral", "alert_open", models.BooleanField(default=False, verbose_name="alert open")
        ),
        migrations.RemoveField("referral", "hold_rank"),
        migrations.AddField("referral", "hold_rank", RANK),
        *(migrations.AddIndex("referral", index) for index in INDEXES),
    ]
