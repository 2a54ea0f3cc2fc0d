"""The keys of what hangs on nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0008_sweep_plain_text")]

    operations = [
        migrations.CreateModel(
            name="SharedKey",
            fields=[
                ("key", models.BinaryField(null=True)),
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
            options={"default_permissions": ()},
        )
    ]
