"""The clinic's side; starts listening to the patient's side when Django is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreatmentsConfig(AppConfig):
    name = "treatments"
    verbose_name = _("Referrals and consults")

    def ready(self) -> None:
        from intake.status import set_status_source
        from treatments import checks  # noqa: F401  (registers them)
        from treatments.reading.public_status import public_status_of
        from treatments.triage import (
            patient_updates,  # noqa: F401  (connect their receivers)
        )

        set_status_source(public_status_of)
