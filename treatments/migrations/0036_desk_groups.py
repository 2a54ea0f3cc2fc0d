"""The worklist's four groups: one number by which it is grouped and sorted, and what its rows say is needed."""

from django.db import migrations, models
from django.db.models import F, Q, Value, When

CAME = Q(("returned_at__isnull", False), ("attention__gt", ""), _connector="OR")
OPEN = Q(("state", "closed"), _negated=True)
STANDS = Q(OPEN, *CAME.children, _connector="OR")
HIGH = Q(
    ("clinician_level", "high"), Q(("check_due", True), ("clinician_level", "moderate")), _connector="OR"
)
RANK = models.GeneratedField(
    db_persist=True,
    expression=models.Case(
        When(Q(STANDS, ("hold", "urgent")), then=Value(6)),
        When(Q(STANDS, Q(("hold", "same_day"), ("alert_open", True), _connector="OR")), then=Value(5)),
        When(Q(OPEN, HIGH), then=Value(4)),
        When(CAME, then=Value(3)),
        When(state="new", then=Value(2)),
        When(state="in_review", then=Value(1)),
        default=Value(0),
    ),
    output_field=models.SmallIntegerField(verbose_name="place on the desk"),
)
ON_THE_DESK = Q(("desk_rank__gt", 0))
INDEXES = (
    models.Index(
        condition=ON_THE_DESK,
        fields=[
            *("-desk_rank", "waiting_since", "id", "state", "hold_rank", "received_at", "counted_since"),
            *("language", "owner", "findings", "findings_masked"),
        ],
        name="referral_desk",
    ),
    models.Index("owner", condition=ON_THE_DESK, name="referral_desk_of"),
    models.Index(F("desk_rank").desc(), "waiting_since", "id", name="referral_by_place"),
    models.Index("state", F("desk_rank").desc(), "waiting_since", "id", name="referral_by_state"),
    models.Index("hold_rank", condition=Q(("hold_rank__gt", 0)), name="referral_held"),
    models.Index("next_check_at", condition=Q(("check_due", False)), name="referral_check"),
)
COLUMNS: dict[str, models.Field] = {
    "antidepressants": models.SmallIntegerField(null=True, verbose_name="antidepressants named"),
    "check_due": models.BooleanField(default=False, verbose_name="check due"),
    "need": models.JSONField(default=dict, editable=False, verbose_name="what is needed"),
    "desk_rank": RANK,
}
GONE = ("referral_desk", "referral_desk_of", "referral_by_hold", "referral_by_state")


class Migration(migrations.Migration):
    dependencies = [("treatments", "0035_no_shows")]

    operations = [
        *(migrations.RemoveIndex("referral", name) for name in GONE),
        *(migrations.AddField("referral", name, column) for name, column in COLUMNS.items()),
        *(migrations.AddIndex("referral", index) for index in INDEXES),
    ]
