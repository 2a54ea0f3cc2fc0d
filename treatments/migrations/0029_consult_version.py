"""Each consult has a version of its own: a team's page goes stale by what concerns that team only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0028_one_moment_for_the_clock")]

    operations = [
        migrations.AddField(
            model_name="consult",
            name="version",
            field=models.PositiveIntegerField(default=0, verbose_name="version"),
        )
    ]
