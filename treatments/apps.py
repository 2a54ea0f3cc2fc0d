"""The clinic's side; starts listening to the patient's side when Django is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreatmentsConfig(AppConfig):
    name = "treatments"
    verbose_name = _("Referrals and consults")

    def ready(self) -> None:
        from intake.status import tell_with
        from treatments import checks  # noqa: F401  (registers them)
        from treatments.reading.public_status import told
        from treatments.triage import (
            patient_updates,  # noqa: F401  (connect their receivers)
        )

        tell_with(told)
