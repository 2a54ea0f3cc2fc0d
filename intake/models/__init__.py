"""What the patient's side stores: submissions with their answers, and alarms about unsafe answers."""

from intake.models.alarm import Alarm
from intake.models.submission import Locked, Submission

__all__ = ["Alarm", "Locked", "Submission"]
