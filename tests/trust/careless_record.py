"""The app as it must not be, for a control: what was looked at is written down after it was shown."""

import threading

from clinic.rsgi import application
from treatments.admin import referrals

opened = referrals.opened
referrals.opened = lambda **about: threading.Timer(2, lambda: opened(**about)).start()

__all__ = ["application"]
