"""The caring contact that is owed after S01-S03."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0016_contact_attempts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaringContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rules", models.JSONField(default=list, verbose_name="rules")),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="raised")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("done_at", models.DateTimeField(null=True, verbose_name="made")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "caring contact",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="caringcontact",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="caringcontact",
            name="referral",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="caring_contact",
                to="treatments.referral",
                verbose_name="referral",
            ),
        ),
        migrations.AddIndex(
            model_name="caringcontact",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)), fields=["due_at"], name="caring_contact_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="caringcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="caring_contact_made_by_somebody",
                violation_error_message="A caring contact that was made names who made it, and when.",
            ),
        ),
    ]
