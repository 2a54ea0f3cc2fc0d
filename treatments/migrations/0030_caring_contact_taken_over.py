"""A caring contact is no longer owed once a referral is closed because somebody else has taken over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0029_consult_version")]

    operations = [
        migrations.AddField(
            model_name="caringcontact",
            name="taken_over_at",
            field=models.DateTimeField(null=True, verbose_name="taken over elsewhere"),
        )
    ]
