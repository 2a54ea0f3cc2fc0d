"""The clinic's side; starts listening to the patient's side when Django is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TreatmentsConfig(AppConfig):
    name = "treatments"
    verbose_name = _("Referrals and consults")

    def ready(self) -> None:
        from treatments.triage import arrival  # noqa: F401  (connects its receiver)
