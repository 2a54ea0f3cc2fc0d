"""When the tick made its last pass: one row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0034_result_indexes")]

    operations = [
        migrations.CreateModel(
            name="TickPass",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="last pass")),
            ],
            options={
                "verbose_name": "last pass of the tick",
                "verbose_name_plural": "last pass of the tick",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="tick_pass_is_one_row",
                        violation_error_message="Only the last pass is kept.",
                    )
                ],
            },
        ),
    ]
