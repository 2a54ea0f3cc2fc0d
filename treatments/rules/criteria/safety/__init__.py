"""Rules S01-S21: safety and general findings, whichever treatment is in mind."""

from .body import BODY
from .mind import MIND
from .suicide import SUICIDE

SAFETY = tuple(sorted((*SUICIDE, *MIND, *BODY), key=lambda rule: rule.id))
