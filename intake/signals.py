"""What the patient's side announces; it never knows who listens."""

from django.dispatch import Signal

# Each carries ``at``, the time at which it happened.

# Sent inside the transaction that locks the answers, with ``submission``. A receiver that raises undoes
# the sending: keep receivers to one insert.
submitted = Signal()

# Sent inside the transaction that stores them, with ``amendment`` or ``message``. A receiver that raises
# ``TooLate`` undoes it.
amended = Signal()
# With ``consent``: the person took back the consent to share substance-use answers.
consent_revoked = Signal()
written = Signal()


class TooLate(Exception):
    """What the person wants can't happen any more: it has happened already, or nobody waits for it now."""
