"""The database itself refuses to change or remove what was sent about an alert."""

from django.db import migrations

from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    dependencies = [("treatments", "0020_on_call_sendings")]

    operations = [guarded("treatments_oncallsending", "What was sent about an alert is append-only.")]
