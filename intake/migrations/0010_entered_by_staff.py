"""Intakes that staff enter for a person on the phone: who enters them, and one at a time."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0009_mail_about_a_question"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="entered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="source",
            field=models.CharField(
                choices=[
                    ("web", "Filled in online"),
                    ("paper", "Entered from paper"),
                    ("phone", "Entered by staff on the phone"),
                    ("demo", "Invented for the demonstration"),
                ],
                default="web",
                max_length=5,
                verbose_name="source",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("entered_by", None), ("source", "phone"), _connector="OR"),
                name="intake_entered_on_the_phone",
                violation_error_message="Staff enter an intake only for a person on the phone.",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("entered_by__isnull", False), ("expired_at", None), ("state", "draft")),
                fields=("entered_by",),
                name="intake_one_entered_at_a_time",
                violation_error_message="You are entering another intake already.",
            ),
        ),
    ]
