"""What happens without anybody's decision, one row a kind of event, in the same shape of words as actions."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow import event_words
from treatments.workflow.actions.row import Action, Subject
from treatments.workflow.actions.table import ACTIONS
from treatments.workflow.paper_words import paper_words
from treatments.workflow.payer_words import pack_words


class Group(StrEnum):
    """What kinds of events the record of access lists together."""

    LOOKS = "looks"
    LISTS = "lists"
    DESK = "desk"
    TEAMS = "teams"
    ALERTS = "alerts"
    PATIENT = "patient"
    RULES = "rules"
    ACCOUNTS = "accounts"
    REFUSED = "refused"


GROUP_WORDS: dict[Group, Text] = {
    Group.LOOKS: _("Opened or exported"),
    Group.LISTS: _("Searched, or shown a list or a page"),
    Group.DESK: _("Done at the desk"),
    Group.TEAMS: _("Done by a team"),
    Group.ALERTS: _("Done about an alert"),
    Group.PATIENT: _("From the patient"),
    Group.RULES: _("By the rules and the clock"),
    Group.ACCOUNTS: _("Accounts, rights and what the clinic sets"),
    Group.REFUSED: _("Refused, and sign-in that failed"),
}


@dataclass(frozen=True, slots=True)
class EventKind:
    """``key`` is what the event stores, ``group`` the kinds that it is listed with; ``shared``: every reader of the referral may read it.

    ``is_reading``: somebody read of one person, or took away what they read; ``is_listing``: they were shown a
    list or a page of several. ``keeps_assessment``: the account of the rules is kept with it.
    """

    key: str
    group: Group
    event: Text
    words: event_words.Words = event_words.no_words
    shared: bool = False
    by_patient: bool = False
    is_reading: bool = False
    is_listing: bool = False
    keeps_assessment: bool = False


RECEIVED = EventKind("received", Group.PATIENT, _("Received"), shared=True)
ASSESSED = EventKind("assessed", Group.RULES, _("Assessed"), event_words.ruleset_words, shared=True)
HOLD_RAISED = EventKind("hold_raised", Group.RULES, _("Hold raised"), event_words.hold_words, shared=True)
# A clinician's act before assessing and releasing were two things; none is written any more.
HOLD_RELEASED = EventKind(
    "release_hold", Group.DESK, _("Hold released"), event_words.hold_words, shared=True, keeps_assessment=True
)
OPENED = EventKind("opened", Group.LOOKS, _("Opened"), event_words.reading_words, is_reading=True)
EXPORTED = EventKind("exported", Group.LOOKS, _("Exported"), event_words.reading_words, is_reading=True)
PAPER_OPENED = EventKind("paper_opened", Group.LOOKS, _("Printed paper opened"), paper_words, is_reading=True)
LISTED = EventKind("listed", Group.LISTS, _("List shown"), event_words.reading_words, is_listing=True)
SEARCHED = EventKind("searched", Group.LISTS, _("Searched"), event_words.reading_words, is_listing=True)
SHOWN = EventKind("shown", Group.LISTS, _("Page shown"), event_words.reading_words, is_listing=True)
RECORD_READ = EventKind(
    "record_read", Group.LISTS, _("Record of access read"), event_words.reading_words, is_listing=True
)
REFUSED = EventKind("refused", Group.REFUSED, _("Refused"), event_words.reading_words)
# By whoever is not signed in: the account is known only where a password was right and the second factor wrong.
SIGN_IN_FAILED = EventKind("sign_in_failed", Group.REFUSED, _("Sign-in failed"), event_words.reading_words)
SIGN_IN_LOCKED = EventKind("sign_in_locked", Group.REFUSED, _("Sign-in locked"), event_words.reading_words)
SIGN_IN_CLOSED = EventKind(
    "sign_in_closed", Group.REFUSED, _("Sign-in closed to unknown browsers"), event_words.reading_words
)
CHASED = EventKind("chased", Group.RULES, _("Patient reminded"), event_words.mail_words)
EXPIRED = EventKind("ask_expired", Group.RULES, _("Question not answered in time"))
VISIT_PASSED = EventKind(
    "visit_passed", Group.RULES, _("Visit over, and nobody has said how it ended"), event_words.day_words
)
ANSWERED = EventKind("answered", Group.PATIENT, _("Patient answered"), shared=True, by_patient=True)
ADDED = EventKind("added", Group.PATIENT, _("Added by the patient"), shared=True, by_patient=True)
MESSAGE = EventKind("message", Group.PATIENT, _("Message from the patient"), by_patient=True)
PATIENT_WITHDREW = EventKind(
    "patient_withdrew", Group.PATIENT, _("Patient withdrew"), shared=True, by_patient=True
)
CONSENT_REVOKED = EventKind(
    "consent_revoked",
    Group.PATIENT,
    _("Patient revoked the substance-use consent"),
    shared=True,
    by_patient=True,
)
# What closing an alert was called until 2026.2: events are never changed, and old ones stay readable.
ONCE_CLOSED = EventKind("acknowledge", Group.ALERTS, _("Alert closed"), shared=True)
# What the clinic keeps no longer: nobody decided, its times did.
PURGED = EventKind("purged", Group.RULES, _("Erased, as kept long enough"), event_words.purge_words)
CARING_DUE = EventKind("caring_due", Group.RULES, _("Caring contact due"), event_words.rule_words)
# Made by staff, but about no referral: the pages that do it record it.
QUEUE_SETTING = EventKind("queue_setting", Group.TEAMS, _("Queue changed"), event_words.treatment_words)
ROTA_CHANGED = EventKind("rota_changed", Group.ALERTS, _("On-call rota changed"), event_words.rota_words)
HOURS_CHANGED = EventKind(
    "hours_changed", Group.ACCOUNTS, _("Clinic hours changed"), event_words.changes_words
)
TEXT_CHANGED = EventKind(
    "clinic_text_changed", Group.ACCOUNTS, _("Text of the clinic changed"), event_words.changes_words
)
PROFILE_CHANGED = EventKind(
    "clinic_profile_changed", Group.ACCOUNTS, _("Clinic's profile changed"), event_words.changes_words
)
SERVICE_CHANGED = EventKind(
    "outside_service_changed", Group.ACCOUNTS, _("Outside service changed"), event_words.changes_words
)
DEFAULTS_CHANGED = EventKind(
    "notice_defaults_changed", Group.ACCOUNTS, _("Who hears what changed"), event_words.changes_words
)
PACK_REVIEWED = EventKind("pack_reviewed", Group.RULES, _("Payer's criteria reviewed"), pack_words)
ENTRY_BEGUN = EventKind("entry_begun", Group.DESK, _("Entering an intake begun"))
ENTRY_LEFT = EventKind("entry_left", Group.DESK, _("Entering an intake given up"))
# About a staff account, not about a person.
ACCOUNT_MADE = EventKind("account_made", Group.ACCOUNTS, _("Account made"), event_words.account_words)
ACCOUNT_CHANGED = EventKind(
    "account_changed", Group.ACCOUNTS, _("Account changed"), event_words.account_words
)
ACCOUNT_ENDED = EventKind("account_ended", Group.ACCOUNTS, _("Account ended"))
ACCOUNT_RESUMED = EventKind("account_resumed", Group.ACCOUNTS, _("Account resumed"))
PASSWORD_LINK = EventKind(
    "password_link", Group.ACCOUNTS, _("Link to set a password given"), event_words.account_words
)
FACTOR_ADDED = EventKind("factor_added", Group.ACCOUNTS, _("Second factor added"), event_words.account_words)
FACTOR_REMOVED = EventKind(
    "factor_removed", Group.ACCOUNTS, _("Second factor removed"), event_words.account_words
)
PASSWORD_SET = EventKind("password_set", Group.ACCOUNTS, _("Password set"))
ACCESS_OPENED = EventKind(
    "access_opened", Group.ACCOUNTS, _("Privacy officers notified"), event_words.account_words
)
# A superuser reads everything for a while: officers hear of each, and review it, as a change of access is.
GLASS_BROKEN = EventKind("glass_broken", Group.ACCOUNTS, _("Emergency access begun"))
GLASS_MENDED = EventKind("glass_mended", Group.ACCOUNTS, _("Emergency access ended"))
# A privacy officer closed what stood to be reviewed; ``asked`` of the event names it (figures/to_review.py).
ACCESS_REVIEWED = EventKind("access_reviewed", Group.ACCOUNTS, _("Reviewed"), event_words.review_words)

EVENTS: dict[str, EventKind] = {
    row.key: row
    for row in (
        VISIT_PASSED,
        *(RECEIVED, ASSESSED, HOLD_RAISED, HOLD_RELEASED, OPENED, EXPORTED, CHASED, EXPIRED, ANSWERED, ADDED),
        *(
            CONSENT_REVOKED,
            MESSAGE,
            PATIENT_WITHDREW,
            ONCE_CLOSED,
            CARING_DUE,
            QUEUE_SETTING,
            ENTRY_BEGUN,
            ENTRY_LEFT,
        ),
        *(ACCOUNT_MADE, ACCOUNT_CHANGED, ACCOUNT_ENDED, ACCOUNT_RESUMED, PASSWORD_LINK, PASSWORD_SET),
        *(ACCESS_OPENED, ACCESS_REVIEWED, FACTOR_ADDED, FACTOR_REMOVED, GLASS_BROKEN, GLASS_MENDED),
        *(LISTED, SEARCHED, SHOWN, RECORD_READ, REFUSED, SIGN_IN_FAILED, SIGN_IN_LOCKED, SIGN_IN_CLOSED),
        *(TEXT_CHANGED, PROFILE_CHANGED, SERVICE_CHANGED, DEFAULTS_CHANGED),
        *(ROTA_CHANGED, HOURS_CHANGED, PURGED, PAPER_OPENED, PACK_REVIEWED),
    )
}
# All that the timeline may hold.
EVENT_KINDS: dict[str, EventKind | Action] = {**EVENTS, **ACTIONS}

_OF_ACTIONS = {Subject.REFERRAL: Group.DESK, Subject.CONSULT: Group.TEAMS, Subject.ALERT: Group.ALERTS}


def group_of(key: str) -> Group:
    row = EVENT_KINDS[key]
    return _OF_ACTIONS[row.subject] if isinstance(row, Action) else row.group
