"""Each time that an on-call notice was given is a row of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0019_named_responders"),
    ]

    operations = [
        migrations.CreateModel(
            name="OnCallSending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sendings",
                        to="treatments.oncallnotice",
                    ),
                ),
            ],
            options={
                "verbose_name": "sending of an on-call notice",
                "default_permissions": (),
            },
        ),
    ]
