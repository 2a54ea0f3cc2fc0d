"""Rules E01-E22: esketamine nasal spray (Spravato), by its label and its safety program."""

from treatments.rules.criteria.spravato.fit import FIT
from treatments.rules.criteria.spravato.illness import ILLNESS
from treatments.rules.criteria.spravato.intake_of_drugs import INTAKE_OF_DRUGS

SPRAVATO = tuple(sorted((*ILLNESS, *INTAKE_OF_DRUGS, *FIT), key=lambda rule: rule.id))
