"""The permissions to assign, undo, contact, refer_elsewhere and link duplicates."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("treatments", "0021_undo")]

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
                    ("assign_referral", "Can assign a referral to a coordinator"),
                    ("undo_move", "Can undo their own last move"),
                    ("contact_patient", "Can log a contact attempt and a caring contact"),
                    ("refer_elsewhere", "Can point a person to another service"),
                    ("link_duplicate", "Can link duplicates, and undo it"),
                    ("enter_intake", "Can enter an intake for a person on the phone"),
                    ("read_substance_use", "Can read substance-use answers"),
                ],
                "verbose_name": "referral",
                "verbose_name_plural": "referrals",
            },
        ),
    ]
