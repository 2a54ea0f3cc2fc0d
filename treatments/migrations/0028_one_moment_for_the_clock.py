"""The desk's clock counts from one moment; the hours away are no longer kept beside it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0027_counted_since")]

    operations = [
        migrations.AlterField(
            model_name="referral",
            name="counted_since",
            field=models.DateTimeField(verbose_name="clock counts from"),
        ),
        migrations.RemoveField(model_name="referral", name="paused_hours"),
    ]
