"""The day until which a consult is postponed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0009_consult_outcome")]

    operations = [
        migrations.AddField(
            model_name="consult",
            name="not_before",
            field=models.DateField(null=True, verbose_name="postponed until"),
        ),
    ]
