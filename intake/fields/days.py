"""Which day it may be where a person is, while the clinic's clock says another."""

from datetime import date, timedelta


def latest_anywhere(today: date) -> date:
    """The last day that has begun anywhere on Earth while it is ``today`` at the clinic.

    The last day that can be written has none after it.
    """
    return min(today, date.max - timedelta(days=1)) + timedelta(days=1)
