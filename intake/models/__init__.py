"""What the patient's side stores: submissions with their answers, alarms, ways back to a draft, mail to send."""

from intake.models.alarm import Alarm
from intake.models.message import Message
from intake.models.outbox import OutgoingMail
from intake.models.question import Amendment, Question
from intake.models.resume import Entered, ResumeKey, Try
from intake.models.submission import Changed, Locked, Submission

__all__ = [
    "Alarm",
    "Amendment",
    "Changed",
    "Entered",
    "Locked",
    "Message",
    "OutgoingMail",
    "Question",
    "ResumeKey",
    "Submission",
    "Try",
]
