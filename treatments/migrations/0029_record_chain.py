"""The column by which each event follows the one before, and where the record begins and was last found whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0028_event_from_address")]

    operations = [
        # Nullable: SQLite adds it without building the table anew, so the triggers stand.
        migrations.AddField("event", "link", models.BinaryField(editable=False, null=True)),
        migrations.CreateModel(
            name="RecordMark",
            fields=[
                ("kind", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField()),
                ("link", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("digest", models.BinaryField()),
            ],
            options={"default_permissions": ()},
        ),
    ]
