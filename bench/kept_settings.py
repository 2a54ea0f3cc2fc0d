"""The wizard's settings with our way to read sessions and a connection that is kept, as our side has them."""

from bench.wizard_settings import *  # noqa: F403
from bench.wizard_settings import DATABASES

SESSION_ENGINE = "clinic.sessions"
DATABASES["default"]["CONN_MAX_AGE"] = None
