"""Rules S01-S22: safety and general findings, whichever treatment is in mind."""

from treatments.rules.criteria.safety.body import BODY
from treatments.rules.criteria.safety.mind import MIND
from treatments.rules.criteria.safety.suicide import SUICIDE

SAFETY = tuple(sorted((*SUICIDE, *MIND, *BODY), key=lambda rule: rule.id))
