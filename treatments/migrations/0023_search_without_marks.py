"""The words a referral is found by are kept without accents, as those typed are compared."""

from unicodedata import combining, normalize

from django.db import migrations

WHOLE = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"})


def strip(apps, schema_editor):
    Referral = apps.get_model("treatments", "Referral")
    some = []
    for referral in Referral.objects.only("search").iterator():
        apart = normalize("NFKD", referral.search.casefold())
        plain = "".join(letter for letter in apart if not combining(letter)).translate(WHOLE)
        if plain != referral.search:
            referral.search = plain
            some.append(referral)
        if len(some) == 1000:
            Referral.objects.bulk_update(some, ["search"])
            some = []
    Referral.objects.bulk_update(some, ["search"])


class Migration(migrations.Migration):
    dependencies = [("treatments", "0022_desk_permissions")]

    # Backwards the words stay without accents: they are only copies, written anew with the next change.
    operations = [migrations.RunPython(strip, migrations.RunPython.noop)]
