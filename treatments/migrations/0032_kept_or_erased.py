"""What keeps a referral longer than its time, and that it was erased: then nothing that tells of the person is left."""

from django.db import migrations, models
from django.db.models import Q


def moment(name: str, words: str) -> migrations.AddField:
    return migrations.AddField(
        "referral", name, models.DateTimeField(editable=False, null=True, verbose_name=words)
    )


def found_by(column: str, name: str, condition: Q) -> migrations.AddIndex:
    return migrations.AddIndex("referral", models.Index(models.F(column), condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [("treatments", "0031_closing_time")]

    operations = [
        moment("legal_hold_since", "legal hold since"),
        moment("erasure_asked_at", "erasure asked for"),
        moment("erased_at", "erased"),
        migrations.AlterField(
            "referral", "date_of_birth", models.DateField(null=True, verbose_name="date of birth")
        ),
        found_by("closed_at", "referral_to_purge", Q(("erased_at", None), ("state", "closed"))),
        found_by("legal_hold_since", "referral_legal_hold", Q(("legal_hold_since__isnull", False))),
        found_by("erasure_asked_at", "referral_erasure", Q(("erasure_asked_at__isnull", False))),
        migrations.AddConstraint(
            "referral",
            models.CheckConstraint(
                name="referral_erased_holds_nothing",
                condition=Q(
                    Q(("date_of_birth__isnull", False), ("erased_at", None)),
                    Q(
                        ("erased_at__isnull", False),
                        *(("erasure_asked_at", None), ("legal_hold_since", None), ("state", "closed")),
                        *(("date_of_birth", None), ("email", ""), ("first_name", ""), ("last_name", "")),
                        *(("phone", ""), ("phone_digits", ""), ("clinician_level", ""), ("cssrs", "")),
                        *(("findings", {}), ("findings_masked", {}), ("fired", []), ("hold_rules", [])),
                        ("phq9", None),
                    ),
                    _connector="OR",
                ),
                violation_error_message=(
                    "Of somebody who was erased nothing is kept, and whoever is kept has a birth date."
                ),
            ),
        ),
    ]
