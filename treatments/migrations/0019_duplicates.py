"""Links between referrals of the same person."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0018_phone_digits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicateLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "link between duplicates",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="duplicatelink",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="duplicatelink",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatments.referral"
            ),
        ),
        migrations.AddField(
            model_name="duplicatelink",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="treatments.referral"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatelink",
            constraint=models.UniqueConstraint(
                fields=("first", "second"),
                name="duplicate_linked_once",
                violation_error_message="These two referrals are linked already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))),
                name="duplicate_in_order",
                violation_error_message="A referral is not a duplicate of itself.",
            ),
        ),
    ]
