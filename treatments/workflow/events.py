"""What happens without anybody's decision, one row a kind of event, in the same shape of words as actions."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow import event_words
from treatments.workflow.actions.row import Action
from treatments.workflow.actions.table import ACTIONS


@dataclass(frozen=True, slots=True)
class EventKind:
    """``key`` is what the event stores; ``shared``: every reader of the referral may read it.

    ``is_reading``: somebody read of one person, or took away what they read; ``is_listing``: they were shown a
    list or a page of several. ``keeps_assessment``: the account of the rules is kept with it.
    """

    key: str
    event: Text
    words: event_words.Words = event_words.no_words
    shared: bool = False
    by_patient: bool = False
    is_reading: bool = False
    is_listing: bool = False
    keeps_assessment: bool = False


RECEIVED = EventKind("received", _("Received"), shared=True)
ASSESSED = EventKind("assessed", _("Assessed"), event_words.ruleset_words, shared=True)
HOLD_RAISED = EventKind("hold_raised", _("Hold raised"), event_words.hold_words, shared=True)
# A clinician's act before assessing and releasing were two things; none is written any more.
HOLD_RELEASED = EventKind(
    "release_hold", _("Hold released"), event_words.hold_words, shared=True, keeps_assessment=True
)
OPENED = EventKind("opened", _("Opened"), event_words.reading_words, is_reading=True)
EXPORTED = EventKind("exported", _("Exported"), event_words.reading_words, is_reading=True)
LISTED = EventKind("listed", _("List shown"), event_words.reading_words, is_listing=True)
SEARCHED = EventKind("searched", _("Searched"), event_words.reading_words, is_listing=True)
SHOWN = EventKind("shown", _("Page shown"), event_words.reading_words, is_listing=True)
RECORD_READ = EventKind("record_read", _("Record of access read"), event_words.reading_words, is_listing=True)
REFUSED = EventKind("refused", _("Refused"), event_words.reading_words)
# By whoever is not signed in: the account is known only where a password was right and the second factor wrong.
SIGN_IN_FAILED = EventKind("sign_in_failed", _("Sign-in failed"), event_words.reading_words)
SIGN_IN_LOCKED = EventKind("sign_in_locked", _("Sign-in locked"), event_words.reading_words)
SIGN_IN_CLOSED = EventKind(
    "sign_in_closed", _("Sign-in closed to unknown browsers"), event_words.reading_words
)
CHASED = EventKind("chased", _("Patient reminded"), event_words.mail_words)
EXPIRED = EventKind("ask_expired", _("Question not answered in time"))
ANSWERED = EventKind("answered", _("Patient answered"), shared=True, by_patient=True)
ADDED = EventKind("added", _("Added by the patient"), shared=True, by_patient=True)
MESSAGE = EventKind("message", _("Message from the patient"), by_patient=True)
PATIENT_WITHDREW = EventKind("patient_withdrew", _("Patient withdrew"), shared=True, by_patient=True)
CONSENT_REVOKED = EventKind(
    "consent_revoked", _("Patient revoked the substance-use consent"), shared=True, by_patient=True
)
# What closing an alert was called until 2026.2: events are never changed, and old ones stay readable.
ONCE_CLOSED = EventKind("acknowledge", _("Alert closed"), shared=True)
# What the clinic keeps no longer: nobody decided, its times did.
PURGED = EventKind("purged", _("Erased, as kept long enough"), event_words.purge_words)
CARING_DUE = EventKind("caring_due", _("Caring contact due"), event_words.rule_words)
# Made by staff, but about no referral: the pages that do it record it.
QUEUE_SETTING = EventKind("queue_setting", _("Queue changed"), event_words.treatment_words)
ROTA_CHANGED = EventKind("rota_changed", _("On-call rota changed"), event_words.rota_words)
HOURS_CHANGED = EventKind("hours_changed", _("Clinic hours changed"), event_words.hours_words)
ENTRY_BEGUN = EventKind("entry_begun", _("Entering an intake begun"))
ENTRY_LEFT = EventKind("entry_left", _("Entering an intake given up"))
# About a staff account, not about a person.
ACCOUNT_MADE = EventKind("account_made", _("Account made"), event_words.account_words)
ACCOUNT_CHANGED = EventKind("account_changed", _("Account changed"), event_words.account_words)
ACCOUNT_ENDED = EventKind("account_ended", _("Account ended"))
ACCOUNT_RESUMED = EventKind("account_resumed", _("Account resumed"))
PASSWORD_LINK = EventKind("password_link", _("Link to set a password given"), event_words.account_words)
FACTOR_ADDED = EventKind("factor_added", _("Second factor added"), event_words.account_words)
FACTOR_REMOVED = EventKind("factor_removed", _("Second factor removed"), event_words.account_words)
PASSWORD_SET = EventKind("password_set", _("Password set"))
ACCESS_OPENED = EventKind("access_opened", _("Privacy officers notified"), event_words.account_words)
# A superuser reads everything for a while: officers hear of each, and review it, as a change of access is.
GLASS_BROKEN = EventKind("glass_broken", _("Emergency access begun"))
GLASS_MENDED = EventKind("glass_mended", _("Emergency access ended"))
ACCESS_REVIEWED = EventKind("access_reviewed", _("Changes of access looked at"))

EVENTS: dict[str, EventKind] = {
    row.key: row
    for row in (
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
        *(ROTA_CHANGED, HOURS_CHANGED, PURGED),
    )
}
# All that the timeline may hold.
EVENT_KINDS: dict[str, EventKind | Action] = {**EVENTS, **ACTIONS}
