"""The purge, and nothing else, may lift the guards of what is append-only."""

from django.db import migrations

from intake.migrations._append_only import purgeable

GUARDED = {
    "treatments_event": "Events are append-only.",
    "treatments_alertentry": "What staff did about an alert is append-only.",
    "treatments_riskassessment": "Risk assessments are append-only.",
    "treatments_oncallsending": "What was sent about an alert is append-only.",
}


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0010_sent_answers_locked"),
        ("treatments", "0026_newest_risk"),
    ]

    operations = [purgeable(table, words) for table, words in GUARDED.items()]
