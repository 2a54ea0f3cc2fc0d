"""What made an answer of after sending: asked, on the help page, or added. Rows of before say nothing of it."""

from django.db import migrations, models

import intake.models.question


class Migration(migrations.Migration):
    dependencies = [("intake", "0013_consents_of_sent_forms")]

    operations = [
        migrations.AddField(
            "amendment",
            "kind",
            models.CharField(
                choices=intake.models.question.kind_choices, max_length=5, null=True, verbose_name="kind"
            ),
        ),
    ]
