"""What came from the patient brings a referral back to the desk."""

from django.db import migrations, models

ORDER = (
    models.OrderBy(models.F("hold_rank"), descending=True),
    models.F("waiting_since"),
    models.F("id"),
)


class Migration(migrations.Migration):
    dependencies = [("treatments", "0004_on_call")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="attention",
            field=models.CharField(
                blank=True,
                choices=[
                    ("message", "the patient wrote"),
                    ("answered", "the patient answered"),
                    ("no_answer", "no answer from the patient"),
                    ("withdrawn", "the patient withdrew"),
                ],
                default="",
                max_length=9,
                verbose_name="needs a look",
            ),
        ),
        migrations.RemoveIndex(model_name="referral", name="referral_desk"),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                *ORDER,
                condition=models.Q(
                    ("state__in", ("new", "in_review")),
                    ("returned_at__isnull", False),
                    ("attention__gt", ""),
                    _connector="OR",
                ),
                name="referral_desk",
            ),
        ),
    ]
