"""The database itself refuses to change or remove what is only ever added."""

from django.db import migrations

from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    replaces = [
        ("treatments", "0002_events_append_only"),
        ("treatments", "0007_alert_entries_append_only"),
        ("treatments", "0011_risk_assessments_append_only"),
        ("treatments", "0021_on_call_sendings_append_only"),
        ("treatments", "0027_purge_lifts_guards"),
    ]

    dependencies = [("treatments", "0001_first")]

    operations = [
        guarded("treatments_event", "Events are append-only."),
        guarded("treatments_alertentry", "What staff did about an alert is append-only."),
        guarded("treatments_riskassessment", "Risk assessments are append-only."),
        guarded("treatments_oncallsending", "What was sent about an alert is append-only."),
    ]
