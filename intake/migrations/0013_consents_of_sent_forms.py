"""The consents given with the forms that were sent before they were a record of their own."""

import json
from datetime import timedelta

from django.db import migrations

from intake.encryption.keys import master_keys
from intake.encryption.sealing import ready, unseal
from intake.migrations._sealing import OWNERS, owner_of

HOLDS = timedelta(days=2 * 365)
BATCH = 500


def derive(apps, _schema_editor) -> None:
    """Given when the form was sent, by the text that was shown; with two years from then on."""
    Submission = apps.get_model("intake", "Submission")
    Consent = apps.get_model("intake", "SubstanceConsent")
    sent = Submission.objects.filter(state="submitted", key__isnull=False, substance_consents=None)
    last = None
    while rows := list((sent.filter(pk__gt=last) if last else sent).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        agreed = []
        for row in rows:
            owner = owner_of(row.pk)
            key = ready(master_keys(), bytes(row.key), owner)
            told = json.loads(unseal(key, bytes(row.answers), f"{OWNERS}.answers|".encode() + owner))
            consent = told.get("consent", {})
            if consent.get("substance_use_agreed") == "yes":
                row.substance_use_until = row.submitted_at + HOLDS
                agreed.append((row, str(consent.get("substance_use_notice", ""))[:20]))
        Consent.objects.bulk_create(
            Consent(
                submission=row,
                step="given",
                version=version,
                scope="care_teams",
                at=row.submitted_at,
                expires_at=row.substance_use_until,
            )
            for row, version in agreed
        )
        Submission.objects.bulk_update([row for row, _version in agreed], ["substance_use_until"])


class Migration(migrations.Migration):
    dependencies = [("intake", "0012_substance_consent")]

    operations = [migrations.RunPython(derive, migrations.RunPython.noop)]
