"""The clinic's side; when Django is ready it gathers its actions and starts listening to the patient's side."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TreatmentsConfig(AppConfig):
    name = "treatments"
    verbose_name = _("Referrals and consults")

    def ready(self) -> None:
        from intake.locations import set_settings_source
        from intake.status import set_status_source
        from treatments import checks, triage  # noqa: F401  (registers them)
        from treatments.admin import forms
        from treatments.models import run_role  # noqa: F401  (registers its checks)
        from treatments.models.clinic_hours import settings_here
        from treatments.models.clinic_text import own_words_here
        from treatments.models.record_chain import give_function, make_key
        from treatments.permissions import create_permissions
        from treatments.reading.public_status import public_status_of
        from treatments.workflow.own_words import set_words_source

        set_status_source(public_status_of)
        set_settings_source(settings_here)
        set_words_source(own_words_here)
        post_migrate.connect(create_permissions, sender=self)
        post_migrate.connect(make_key, sender=self)
        connection_created.connect(give_function, dispatch_uid="treatments.record_chain.give_function")
        load(triage)
        load(forms)


def load(package: ModuleType) -> None:
    """Import each module of ``package``: the functions and forms of actions, and the receivers."""
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
