"""What a mail is about, so that it can be withdrawn; and who wants no messages about appointments."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0017_told_to_staff"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="about",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name="MessagesStopped",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="since")),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages_stopped",
                        to="intake.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "stopped messages",
                "verbose_name_plural": "stopped messages",
                "default_permissions": (),
            },
        ),
    ]
