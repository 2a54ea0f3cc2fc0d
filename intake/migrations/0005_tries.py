"""Tries that are counted and limited, under keyed digests."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_resume_keys")]

    operations = [
        migrations.CreateModel(
            name="Try",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted_as", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "try",
                "verbose_name_plural": "tries",
                "default_permissions": (),
                "indexes": [models.Index(fields=["counted_as", "at"], name="intake_tries_counted")],
            },
        ),
    ]
