"""The database itself refuses to change or remove a risk assessment."""

from django.db import migrations

from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    dependencies = [("treatments", "0010_risk_assessment")]

    operations = [guarded("treatments_riskassessment", "Risk assessments are append-only.")]
