"""The database itself refuses to change or remove a version of what the clinic set itself."""

from django.db import migrations

from intake.migrations._append_only import guarded


class Migration(migrations.Migration):
    dependencies = [("treatments", "0005_clinic_texts")]

    operations = [
        guarded(
            "treatments_clinictextversion",
            "Versions of texts are append-only.",
            "key = NEW.key AND language = NEW.language AND version = NEW.version",
        ),
        guarded(
            "treatments_clinicprofile",
            "Versions of the profile of the clinic are append-only.",
            "version = NEW.version",
        ),
        guarded(
            "treatments_outsideserviceversion",
            "Versions of outside services are append-only.",
            "service = NEW.service AND version = NEW.version",
        ),
        guarded(
            "treatments_noticedefaults",
            "Versions of who hears what are append-only.",
            "version = NEW.version",
        ),
    ]
