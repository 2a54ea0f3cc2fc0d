"""The priority of a consult."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0019_duplicates")]

    operations = [
        migrations.AddField(
            model_name="consult",
            name="priority",
            field=models.SmallIntegerField(
                choices=[(0, "Routine"), (1, "Soon"), (2, "Urgent")], default=0, verbose_name="priority"
            ),
        ),
    ]
