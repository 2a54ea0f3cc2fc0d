"""Rules E01-E19: esketamine nasal spray (Spravato), by its label and its safety programme."""

from .fit import FIT
from .illness import ILLNESS
from .intake_of_drugs import INTAKE_OF_DRUGS

SPRAVATO = tuple(sorted((*ILLNESS, *INTAKE_OF_DRUGS, *FIT), key=lambda rule: rule.id))
