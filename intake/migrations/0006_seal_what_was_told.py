"""What people told so far is sealed, in batches, each with the key of its submission; and opened on the way back."""

from django.db import migrations

from intake.migrations._sealing import keyed, sealed


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("intake", "0005_sealed_columns")]

    operations = [
        migrations.RunPython(keyed, migrations.RunPython.noop),
        sealed("intake", "Submission", "", answers="json"),
        sealed("intake", "Alarm", "submission", answer="json"),
        sealed("intake", "AlarmChange", "alarm__submission", answer="json"),
        sealed("intake", "Message", "submission", text="text"),
        sealed("intake", "Question", "submission", message="text", fields="json"),
        sealed("intake", "Amendment", "submission", changes="json"),
    ]
