"""An alert is handed over to somebody by name; SQLite rebuilds the table, which is then guarded again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from intake.migrations._append_only import guarded, unguarded

GUARDED = ("treatments_alertentry", "What staff did about an alert is append-only.")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("treatments", "0016_cache_table"),
    ]

    operations = [
        unguarded(*GUARDED),
        migrations.AddField(
            model_name="alertentry",
            name="to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked to take over",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "asked"), ("to__isnull", False)),
                    models.Q(models.Q(("kind", "asked"), _negated=True), ("to", None)),
                    _connector="OR",
                ),
                name="alert_handed_over_by_name",
                violation_error_message="An alert is handed over to somebody by name.",
            ),
        ),
        guarded(*GUARDED),
    ]
