"""What the clinic's side stores: referrals, consults, safety alerts and the events of all of them.

Only ``treatments.triage`` writes here.
"""

from treatments.models.alert import Acknowledgement, SafetyAlert
from treatments.models.consult import QUEUES, Consult, PsychotherapyConsult, SpravatoConsult, TmsConsult
from treatments.models.event import Event
from treatments.models.referral import Referral

__all__ = [
    "QUEUES",
    "Acknowledgement",
    "Consult",
    "Event",
    "PsychotherapyConsult",
    "Referral",
    "SafetyAlert",
    "SpravatoConsult",
    "TmsConsult",
]
