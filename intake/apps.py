"""The patient's side; when Django is ready it registers what a start asks of the database."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = _("Intakes")

    def ready(self) -> None:
        from intake.models import start_checks  # noqa: F401  (registers them)
