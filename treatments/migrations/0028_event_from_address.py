"""From where somebody of the staff asked, or tried to sign in, stands with the event."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0027_purge_lifts_guards")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="from_address",
            field=models.GenericIPAddressField(null=True, verbose_name="from where"),
        ),
    ]
