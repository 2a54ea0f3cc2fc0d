"""The permission to enter an intake for a person on the phone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("treatments", "0012_feedback")]

    operations = [
        migrations.AlterModelOptions(
            name="referral",
            options={
                "default_permissions": ("view",),
                "permissions": [
                    ("claim_referral", "Can claim a referral"),
                    ("route_referral", "Can route a referral to consult queues"),
                    ("ask_patient", "Can ask the patient, and take a question back"),
                    ("close_referral", "Can close a referral"),
                    ("reopen_referral", "Can reopen a referral"),
                    ("note_referral", "Can add a note to a referral"),
                    ("release_hold", "Can release a safety hold"),
                    ("withdraw_consult", "Can withdraw a consult"),
                    ("export_referral", "Can export a referral"),
                    ("export_worklist", "Can export the worklist"),
                    ("enter_intake", "Can enter an intake for a person on the phone"),
                    ("read_substance_use", "Can read substance-use answers"),
                ],
                "verbose_name": "referral",
                "verbose_name_plural": "referrals",
            },
        ),
    ]
