"""When a referral was closed, from which its years count: of those closed so far, the last event that closed it."""

from django.db import migrations, models
from django.db.models import Max

BATCH = 2_000


def date_the_closings(apps, schema_editor):
    referrals = apps.get_model("treatments", "Referral").objects.using(schema_editor.connection.alias)
    events = apps.get_model("treatments", "Event").objects.using(schema_editor.connection.alias)
    undated = referrals.filter(state="closed", closed_at=None)
    while batch := list(undated.order_by("pk").values_list("pk", "waiting_since")[:BATCH]):
        keys = [pk for pk, _since in batch]
        closings = events.filter(referral__in=keys, consult=None, to_state="closed").exclude(
            from_state="closed"
        )
        closed = dict(closings.order_by().values_list("referral").annotate(last=Max("at")))
        for pk, since in batch:
            referrals.filter(pk=pk).update(closed_at=closed.get(pk, since))


class Migration(migrations.Migration):
    dependencies = [("intake", "0011_erased"), ("treatments", "0030_chain_what_stands")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="closed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="closed at"),
        ),
        migrations.RunPython(date_the_closings, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "closed"), ("closed_at", None), _connector="XOR"),
                name="referral_closed_at_a_time",
                violation_error_message="A closed referral has the time it was closed, and only a closed one.",
            ),
        ),
    ]
