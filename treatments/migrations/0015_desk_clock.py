"""The desk's clock in columns: since when it stands, and how long it stood before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treatments", "0014_events_of_the_queues")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="paused_hours",
            field=models.FloatField(default=0, verbose_name="working hours not at the desk"),
        ),
        migrations.AddField(
            model_name="referral",
            name="paused_since",
            field=models.DateTimeField(null=True, verbose_name="clock stopped"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paused_since__isnull", True),
                    models.Q(("state__in", ("new", "in_review")), _negated=True),
                    _connector="OR",
                ),
                name="referral_clock_stands_away_from_the_desk",
                violation_error_message="The clock of a referral that lies at the desk runs.",
            ),
        ),
    ]
