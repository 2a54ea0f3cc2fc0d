"""What is kept for searching gets each surname as a whole and each first name in one, and loses apostrophes.

Frozen: what treatments/search.py makes of a name today. The words of preferred names stay as they are, but for
apostrophes: they are sealed with the answers.
"""

import re
import unicodedata

from django.db import migrations

AT_ONCE = 2_000
WHOLE = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ħ": "h"}
)
APOSTROPHES = dict.fromkeys(map(ord, "'`´‘’‚‛′‵ʹʻʼʽʾʿˈˊˋ＇"))


def words_in(name: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", name.translate(APOSTROPHES).casefold())
    letters = "".join(each for each in apart if not unicodedata.combining(each)).translate(WHOLE)
    return re.findall(r"[^\W_]+", letters)


def searched(search: str, first_name: str, last_name: str) -> str:
    first = words_in(first_name)
    parts = [search.translate(APOSTROPHES), *(["".join(first)] if len(first) > 1 else [])]
    return " ".join([*parts, f"={''.join(words_in(last_name))}="])


def fill(apps, schema_editor):
    rows = apps.get_model("treatments", "Referral").objects.filter(erased_at=None).order_by("pk")
    last = 0
    while found := list(
        rows.filter(pk__gt=last).values_list("pk", "search", "first_name", "last_name")[:AT_ONCE]
    ):
        last = found[-1][0]
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE treatments_referral SET search = %s WHERE id = %s",
                [(searched(search, first, surname), pk) for pk, search, first, surname in found],
            )


def take_out(apps, schema_editor):
    """What was added goes; an apostrophe does not come back, and is found as before without it."""
    rows = apps.get_model("treatments", "Referral").objects.filter(search__contains=" =").order_by("pk")
    for row in rows.only("pk", "search").iterator():
        row.search = row.search.rpartition(" =")[0]
        row.save(update_fields=["search"])


class Migration(migrations.Migration):
    dependencies = [("treatments", "0032_kept_or_erased")]

    operations = [migrations.RunPython(fill, take_out)]
