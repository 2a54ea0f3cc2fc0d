"""Rules T01-T16: transcranial magnetic stimulation. Devices are cleared, not approved."""

from .fit import FIT
from .screening import SCREENING

TMS = tuple(sorted((*SCREENING, *FIT), key=lambda rule: rule.id))
