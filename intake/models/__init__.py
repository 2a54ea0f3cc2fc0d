"""What the patient's side stores: submissions with their answers, alarms, ways back to a draft, mail to send."""

from intake.models.alarm import Alarm, AlarmChange
from intake.models.drafting import Changed, Drafting, Locked
from intake.models.for_another import Channel
from intake.models.forms_gone import FormsGone
from intake.models.message import Message
from intake.models.messages_stopped import MessagesStopped
from intake.models.outbox import OutgoingMail
from intake.models.question import Amendment, Question
from intake.models.resume import Entered, ResumeKey, Try
from intake.models.shared_key import SharedKey
from intake.models.submission import Submission
from intake.models.substance_consent import SubstanceConsent

__all__ = [
    "Alarm",
    "AlarmChange",
    "Amendment",
    "Changed",
    "Channel",
    "Drafting",
    "Entered",
    "FormsGone",
    "Locked",
    "Message",
    "MessagesStopped",
    "OutgoingMail",
    "Question",
    "ResumeKey",
    "SharedKey",
    "Submission",
    "SubstanceConsent",
    "Try",
]
