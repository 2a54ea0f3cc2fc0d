"""The database itself refuses to change or remove what supports an answer, and who reviewed a pack."""

from django.db import migrations

from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    dependencies = [("treatments", "0012_coverage_and_evidence")]

    operations = [
        guarded("treatments_evidence", "What supports an answer is append-only."),
        guarded("treatments_entry", "What supports an answer is append-only."),
        guarded("treatments_score", "What supports an answer is append-only."),
        guarded("treatments_packreview", "Reviews of packs are append-only."),
    ]
