"""What the clinic's side stores: referrals, what pays for them and supports their answers, consults and their visits,
requests for records, letters and printed papers, safety alerts, the on-call rota and its notices, notices to staff, all
events, what the clinic sets itself (hours, texts, its profile, outside services, who hears what), signed packs of payers, the
figures as counted, the tick's last pass, the last upkeep, and where the record of events begins.

Only ``treatments.triage`` writes here.
"""

from treatments.models.alert import Alert, AlertEntry
from treatments.models.clinic_hours import ClinicHours
from treatments.models.clinic_profile import ClinicProfile
from treatments.models.clinic_text import ClinicTextVersion
from treatments.models.consult import QUEUES, Consult
from treatments.models.contact import CaringContact, ContactAttempt
from treatments.models.coverage import Coverage
from treatments.models.desk_setting import KeySetting, SavedView
from treatments.models.duplicate import DuplicateLink
from treatments.models.event import Event
from treatments.models.evidence import Entry, Evidence, Score
from treatments.models.feedback import Feedback
from treatments.models.figure_count import FigureCount
from treatments.models.notice import Notice, NoticeSetting
from treatments.models.notice_defaults import NoticeDefaults
from treatments.models.on_call import OnCallNotice, OnCallSending
from treatments.models.outside_service import OutsideServiceVersion
from treatments.models.pack_review import PackReview
from treatments.models.paper import Letter, PrintedPaper
from treatments.models.queue_setting import QueueSetting
from treatments.models.record_mark import RecordMark
from treatments.models.record_request import RecordRequest
from treatments.models.referral import Referral
from treatments.models.risk_assessment import RiskAssessment
from treatments.models.rota import Shift
from treatments.models.tick import TickPass
from treatments.models.upkeep import Upkeep
from treatments.models.visit import Visit

__all__ = [
    "QUEUES",
    "Alert",
    "AlertEntry",
    "CaringContact",
    "ClinicHours",
    "ClinicProfile",
    "ClinicTextVersion",
    "Consult",
    "ContactAttempt",
    "Coverage",
    "DuplicateLink",
    "Entry",
    "Event",
    "Evidence",
    "Feedback",
    "FigureCount",
    "KeySetting",
    "Letter",
    "Notice",
    "NoticeDefaults",
    "NoticeSetting",
    "OnCallNotice",
    "OnCallSending",
    "OutsideServiceVersion",
    "PackReview",
    "PrintedPaper",
    "QueueSetting",
    "RecordMark",
    "RecordRequest",
    "Referral",
    "RiskAssessment",
    "SavedView",
    "Score",
    "Shift",
    "TickPass",
    "Upkeep",
    "Visit",
]
