"""What possible duplicates are found by: the digits of the phone, and indexes on them, birth date and email."""

import django.db.models.functions.text
from django.db import migrations, models


def fill(apps, schema_editor):
    """The digits of every phone number, as ``Referral.save`` keeps them."""
    Referral = apps.get_model("treatments", "Referral")
    some = []
    for referral in Referral.objects.exclude(phone="").only("phone").iterator():
        digits = "".join(filter(str.isdigit, referral.phone))[-10:]
        referral.phone_digits = digits if len(digits) >= 7 else ""
        some.append(referral)
        if len(some) == 1000:
            Referral.objects.bulk_update(some, ["phone_digits"])
            some = []
    Referral.objects.bulk_update(some, ["phone_digits"])


class Migration(migrations.Migration):
    dependencies = [("treatments", "0017_caring_contacts")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="phone_digits",
            field=models.CharField(blank=True, editable=False, max_length=10),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(models.F("date_of_birth"), name="referral_born"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(models.F("phone_digits"), name="referral_phone"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(django.db.models.functions.text.Lower("email"), name="referral_email"),
        ),
    ]
