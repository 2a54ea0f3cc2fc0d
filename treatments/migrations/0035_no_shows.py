"""How many visits of a consult the person did not come to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0034_clinic_hours"),
    ]

    operations = [
        migrations.AddField(
            model_name="consult",
            name="no_shows",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="did not come"),
        ),
    ]
