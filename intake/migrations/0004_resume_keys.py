"""Links and codes that bring a person back to their draft; digests only."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_outbox")]

    operations = [
        migrations.CreateModel(
            name="ResumeKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="resume_keys",
                        to="intake.submission",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("link", "E-mailed link"), ("code", "Printed code")], max_length=4
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "way back to a draft",
                "verbose_name_plural": "ways back to drafts",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "code")),
                        fields=("submission",),
                        name="intake_one_code_per_draft",
                        violation_error_message="This draft has a code already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expires_at__isnull", False), ("kind", "link")),
                            models.Q(("expires_at", None), ("kind", "code")),
                            _connector="OR",
                        ),
                        name="intake_links_expire_codes_do_not",
                        violation_error_message="A link has a time at which it expires, a code has none.",
                    ),
                ],
            },
        ),
    ]
