"""Rules T01-T18: transcranial magnetic stimulation. Devices are cleared, not approved."""

from treatments.rules.criteria.tms.fit import FIT
from treatments.rules.criteria.tms.screening import SCREENING

TMS = tuple(sorted((*SCREENING, *FIT), key=lambda rule: rule.id))
