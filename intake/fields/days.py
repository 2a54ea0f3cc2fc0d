"""Which day it may be where a person is, while the clinic's clock says another."""

from datetime import date, timedelta


def latest_anywhere(today: date) -> date:
    """The last day that has begun anywhere on Earth while it is ``today`` at the clinic."""
    return today + timedelta(days=1)
