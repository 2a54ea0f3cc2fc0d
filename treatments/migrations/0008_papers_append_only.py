"""The database itself refuses to change or remove a letter, and a paper that was printed."""

from django.db import migrations

from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    dependencies = [("treatments", "0007_letters_and_records")]

    operations = [
        guarded("treatments_letter", "Letters are append-only."),
        guarded("treatments_printedpaper", "Printed papers are append-only."),
    ]
