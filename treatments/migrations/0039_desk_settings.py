"""What staff set for themselves at the desk: views of the worklist under a name, and single keys."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("treatments", "0038_booked_dates_to_visits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeySetting",
            fields=[
                ("id", ID),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "keys of the desk", "default_permissions": ()},
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", ID),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("query", models.CharField(max_length=300, verbose_name="filters and order")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "ordering": ("name", "pk"),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "name"),
                        name="saved_view_named_once",
                        violation_error_message="You have a view of this name.",
                    )
                ],
            },
        ),
    ]
