"""The app's own settings with the session wizard and stock crispy-bootstrap5 in place of our pages."""

from clinic.settings import *  # noqa: F403
from clinic.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "formtools", "crispy_bootstrap5"]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
# Ours compresses the pages of ``intake`` only.
MIDDLEWARE[MIDDLEWARE.index("clinic.middleware.CompressPatientPages")] = (
    "django.middleware.gzip.GZipMiddleware"
)
ROOT_URLCONF = "bench.wizard"
TEMPLATES[0]["DIRS"].append(str(BASE_DIR / "bench" / "templates"))  # noqa: F405
# As Django comes: how sessions are read and connections kept is part of what is measured on our side.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
DATABASES["default"]["CONN_MAX_AGE"] = 0
DEBUG_PROPAGATE_EXCEPTIONS = True
