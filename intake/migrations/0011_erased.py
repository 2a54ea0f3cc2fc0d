"""When a person was erased; from then on the database holds neither their key nor what look-ups ask for."""

from django.db import migrations, models

from intake.migrations._sent_answers import locked, unlocked


class Migration(migrations.Migration):
    dependencies = [("intake", "0010_sent_answers_locked")]

    operations = [
        unlocked(),
        migrations.AddField(
            model_name="submission",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="erased"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("erased_at", None),
                    models.Q(("born_on", None), ("key", None), ("state", "submitted"), ("surname", "")),
                    _connector="OR",
                ),
                name="intake_erased_holds_nothing",
                violation_error_message="Of somebody who was erased nothing is kept.",
            ),
        ),
        locked(),
    ]
