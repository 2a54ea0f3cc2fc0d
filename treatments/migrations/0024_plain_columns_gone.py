"""The plain columns go; the sealed ones take their names."""

from django.db import migrations, models
from django.db.models import Q

from intake.migrations._append_only import guarded, unguarded
from treatments.migrations._sealed_columns import EVENTS, GUARDED, NEVER_EMPTY, SEALED

COLUMNS = [(model, name, words) for model, of in SEALED.items() for name, (_kind, words) in of.items()]


class Migration(migrations.Migration):
    dependencies = [("treatments", "0023_seal_what_staff_wrote")]

    operations = [
        migrations.RunPython(EVENTS.allow, EVENTS.forbid),
        *(unguarded(*each) for each in GUARDED),
        *(migrations.RemoveField(model, name) for model, name, _words in COLUMNS),
        *(migrations.RenameField(model, f"{name}_sealed", name) for model, name, _words in COLUMNS),
        *(
            migrations.AlterField(
                model, name, models.BinaryField(verbose_name=words, null=(model, name) not in NEVER_EMPTY)
            )
            for model, name, words in COLUMNS
        ),
        migrations.AddConstraint(
            "alertentry",
            models.CheckConstraint(
                name="alert_closed_by_words",
                condition=~Q(kind="closed", text__isnull=True) & ~Q(kind="closed", reached="nobody"),
                violation_error_message="Who closes an alert says what was done.",
            ),
        ),
        migrations.AddConstraint(
            "riskassessment",
            models.CheckConstraint(
                name="risk_assessment_high_release_names_who",
                condition=~Q(level="high", hold="release") | Q(carried_by__isnull=False),
                violation_error_message="A release at high names who carries out the plan.",
            ),
        ),
        *(guarded(*each) for each in GUARDED),
        migrations.RunPython(EVENTS.forbid, EVENTS.allow),
    ]
