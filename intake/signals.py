"""What the patient's side announces; it never knows who listens."""

from django.dispatch import Signal

# Sent inside the transaction that locks the answers, with ``submission``. A receiver that raises undoes
# the sending: keep receivers to one insert.
submitted = Signal()
