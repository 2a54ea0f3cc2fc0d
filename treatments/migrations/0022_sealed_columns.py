"""The columns in which notes, details and assessments are sealed, still empty."""

import django.db.models.deletion
from django.db import migrations, models

from intake.migrations._append_only import guarded, unguarded
from treatments.migrations._sealed_columns import EVENTS, GUARDED, NEVER_EMPTY, SEALED


def blank_again(model: str, name: str) -> migrations.SeparateDatabaseAndState:
    """On the way back the column is made before it is filled: known to migrations alone, no table is touched."""
    state = migrations.AlterField(model, name, models.TextField(default=""))
    return migrations.SeparateDatabaseAndState(state_operations=[state])


class Migration(migrations.Migration):
    dependencies = [("intake", "0009_shared_keys"), ("treatments", "0021_on_call_sendings_append_only")]

    operations = [
        migrations.RunPython(EVENTS.allow, EVENTS.forbid),
        *(unguarded(*each) for each in GUARDED),
        # On the way back these are made again when what they ask for is there.
        migrations.RemoveConstraint("alertentry", "alert_closed_by_words"),
        migrations.RemoveConstraint("riskassessment", "risk_assessment_high_release_names_who"),
        *(blank_again(model, name) for model, name in sorted(NEVER_EMPTY)),
        migrations.AddField(
            "event",
            "shared_key",
            models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.sharedkey",
            ),
        ),
        *(
            migrations.AddField(model, f"{name}_sealed", models.BinaryField(null=True))
            for model, columns in SEALED.items()
            for name in columns
        ),
        *(guarded(*each) for each in GUARDED),
        migrations.RunPython(EVENTS.forbid, EVENTS.allow),
    ]
