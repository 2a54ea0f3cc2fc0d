"""Mail may say that a question waits."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0008_messages")]

    operations = [
        migrations.AlterField(
            model_name="outgoingmail",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("on_call", "Alert to the on-call address"),
                    ("come_back", "Link to come back"),
                    ("question", "A question waits"),
                ],
                max_length=16,
                verbose_name="purpose",
            ),
        )
    ]
