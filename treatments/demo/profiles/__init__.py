"""Clinical pictures by name: what each changes in the typical intake, as dotted path and new answer.

``ABSENT`` takes an answer away. ``health.bp_date`` is a number of days before
the form arrived. ``medicines.list`` holds what is taken besides the trials still taken.
"""

from treatments.demo.profiles.answers import ABSENT
from treatments.demo.profiles.body import BODY
from treatments.demo.profiles.circumstances import CIRCUMSTANCES
from treatments.demo.profiles.mind import MIND
from treatments.demo.profiles.tried import MEDICINES_TRIED

PROFILES: dict[str, dict] = MEDICINES_TRIED | MIND | BODY | CIRCUMSTANCES

__all__ = ["ABSENT", "PROFILES"]
