"""The only writer of the clinic's side: every action of staff, and what happens when an intake arrives.

An action is a verb, keyword-only. It locks its row, checks the permission and the move, and writes its
event in the same transaction; ``Refused`` carries the sentence for the screen.
"""

from treatments.reading.assessment import assessment_of
from treatments.triage.access_log import acknowledge, exported, opened
from treatments.triage.assessment import assess_referral
from treatments.triage.assignment import assign, release, who_may_handle
from treatments.triage.closing import close, reopen, why_not_close_for
from treatments.triage.consults import (
    accept,
    book,
    complete,
    give_feedback,
    next_in_queue,
    postpone,
    reschedule,
    return_consult,
    transfer,
)
from treatments.triage.contacts import log_contact, make_caring_contact
from treatments.triage.desk import (
    RECORDED,
    add_note,
    claim,
    clinician_first,
    release_hold,
    route,
    withdraw,
)
from treatments.triage.draft_expiry import expire_drafts
from treatments.triage.duplicates import link_duplicate, linked_with, possible_duplicates, unlink_duplicate
from treatments.triage.on_call import notify_on_call
from treatments.triage.outside_services import refer_elsewhere
from treatments.triage.phone_entry import begin_entry, give_up_entry, open_entry
from treatments.triage.questions import (
    LONGEST_MESSAGE,
    ask_patient,
    askable_paths,
    asked_by_rules,
    cancel_question,
    sweep_unanswered,
)
from treatments.triage.queue_settings import change_queue, queue_words
from treatments.triage.tick_log import note_pass
from treatments.triage.undo import undo, undo_consult
from treatments.triage.undo_state import last_team_move

__all__ = [
    "LONGEST_MESSAGE",
    "RECORDED",
    "accept",
    "acknowledge",
    "add_note",
    "ask_patient",
    "askable_paths",
    "asked_by_rules",
    "assess_referral",
    "assessment_of",
    "assign",
    "begin_entry",
    "book",
    "cancel_question",
    "change_queue",
    "claim",
    "clinician_first",
    "close",
    "complete",
    "expire_drafts",
    "exported",
    "give_feedback",
    "give_up_entry",
    "last_team_move",
    "link_duplicate",
    "linked_with",
    "log_contact",
    "make_caring_contact",
    "next_in_queue",
    "note_pass",
    "notify_on_call",
    "open_entry",
    "opened",
    "possible_duplicates",
    "postpone",
    "queue_words",
    "refer_elsewhere",
    "release",
    "release_hold",
    "reopen",
    "reschedule",
    "return_consult",
    "route",
    "sweep_unanswered",
    "transfer",
    "undo",
    "undo_consult",
    "unlink_duplicate",
    "who_may_handle",
    "why_not_close_for",
    "withdraw",
]
