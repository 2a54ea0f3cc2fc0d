"""What staff wrote so far is sealed, in batches, each with the key of its submission; and opened on the way back."""

from django.db import migrations

from intake.migrations._sealing import sealed
from treatments.migrations._sealed_columns import SEALED

HOLDERS = {
    "event": ("submission", "referral__submission"),
    "alertentry": ("submission",),
    "duplicatelink": ("first__submission",),
    "feedback": ("consult__referral__submission",),
}


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("treatments", "0022_sealed_columns")]

    operations = [
        sealed(
            "treatments",
            model,
            *HOLDERS.get(model, ("referral__submission",)),
            **{name: kind for name, (kind, _words) in columns.items()},
        )
        for model, columns in SEALED.items()
    ]
