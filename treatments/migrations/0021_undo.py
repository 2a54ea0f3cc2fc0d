"""What an undo of a move restores, kept with its event."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0020_consult_priority")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="before",
            field=models.JSONField(null=True),
        ),
    ]
