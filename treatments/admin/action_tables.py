"""The pages of the actions as two tables: of a referral and of a consult, each with its words and its form."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments import triage
from treatments.admin.forms import assignment, consults
from treatments.admin.forms import shared as forms


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action: the words on its button, its form, what it calls, and what is said afterwards."""

    key: str
    label: Text
    form: type
    act: Callable[..., None]
    done: Text


REFERRAL_ACTIONS = {
    page.key: page
    for page in (
        ActionPage(
            "claim",
            gettext_lazy("Claim"),
            forms.NothingMore,
            triage.claim,
            gettext_lazy("You are now handling this referral."),
        ),
        ActionPage(
            "assign",
            gettext_lazy("Assign"),
            assignment.AssignForm,
            triage.assign,
            gettext_lazy("The referral was assigned."),
        ),
        ActionPage(
            "release",
            gettext_lazy("Unassign"),
            assignment.ReleaseForm,
            triage.release,
            gettext_lazy("The referral is unassigned."),
        ),
        ActionPage(
            "route",
            gettext_lazy("Route to consult queues"),
            forms.RouteForm,
            triage.route,
            gettext_lazy("The referral was routed."),
        ),
        ActionPage(
            "ask_patient",
            gettext_lazy("Ask the patient"),
            forms.AskForm,
            triage.ask_patient,
            gettext_lazy("The patient was asked."),
        ),
        ActionPage(
            "cancel_question",
            gettext_lazy("Cancel the question"),
            forms.CancelQuestionForm,
            triage.cancel_question,
            gettext_lazy("The question was canceled."),
        ),
        ActionPage(
            "release_hold",
            gettext_lazy("Release the hold"),
            forms.ReleaseHoldForm,
            triage.release_hold,
            gettext_lazy("The hold was released and your assessment recorded."),
        ),
        ActionPage(
            "note",
            gettext_lazy("Add a note"),
            forms.NoteForm,
            triage.add_note,
            gettext_lazy("The note was added."),
        ),
        ActionPage(
            "withdraw",
            gettext_lazy("Withdraw a consult"),
            forms.WithdrawForm,
            triage.withdraw,
            gettext_lazy("The consult was withdrawn."),
        ),
        ActionPage(
            "close",
            gettext_lazy("Close"),
            forms.CloseForm,
            triage.close,
            gettext_lazy("The referral was closed."),
        ),
        ActionPage(
            "reopen",
            gettext_lazy("Reopen"),
            forms.ReopenForm,
            triage.reopen,
            gettext_lazy("The referral was reopened."),
        ),
        ActionPage(
            "contact",
            gettext_lazy("Log a contact attempt"),
            assignment.ContactForm,
            triage.log_contact,
            gettext_lazy("The attempt was recorded."),
        ),
        ActionPage(
            "caring_contact",
            gettext_lazy("Record the caring contact"),
            assignment.CaringContactForm,
            triage.make_caring_contact,
            gettext_lazy("The caring contact was recorded."),
        ),
        ActionPage(
            "refer_elsewhere",
            gettext_lazy("Refer to another service"),
            assignment.ReferElsewhereForm,
            triage.refer_elsewhere,
            gettext_lazy("The other service was recorded."),
        ),
        ActionPage(
            "link_duplicate",
            gettext_lazy("Link a duplicate"),
            assignment.LinkDuplicateForm,
            triage.link_duplicate,
            gettext_lazy("The two referrals were linked."),
        ),
        ActionPage(
            "unlink_duplicate",
            gettext_lazy("Remove a link"),
            assignment.UnlinkDuplicateForm,
            triage.unlink_duplicate,
            gettext_lazy("The link was removed."),
        ),
        ActionPage(
            "undo",
            gettext_lazy("Undo the last move"),
            forms.NothingMore,
            triage.undo,
            gettext_lazy("Your last move was undone."),
        ),
    )
}
CONSULT_ACTIONS = {
    page.key: page
    for page in (
        ActionPage(
            "accept",
            gettext_lazy("Accept"),
            consults.AcceptForm,
            triage.accept,
            gettext_lazy("The consult was accepted."),
        ),
        ActionPage(
            "book", gettext_lazy("Book"), forms.BookForm, triage.book, gettext_lazy("The visit was booked.")
        ),
        ActionPage(
            "reschedule",
            gettext_lazy("Reschedule the visit"),
            forms.RescheduleForm,
            triage.reschedule,
            gettext_lazy("The visit was rescheduled."),
        ),
        ActionPage(
            "complete",
            gettext_lazy("Complete"),
            consults.CompleteForm,
            triage.complete,
            gettext_lazy("The consult was completed."),
        ),
        ActionPage(
            "postpone",
            gettext_lazy("Postpone"),
            consults.PostponeForm,
            triage.postpone,
            gettext_lazy("The consult was postponed."),
        ),
        ActionPage(
            "transfer",
            gettext_lazy("Transfer to another queue"),
            consults.TransferForm,
            triage.transfer,
            gettext_lazy("The consult was transferred to the other queue."),
        ),
        ActionPage(
            "return",
            gettext_lazy("Return to the coordinators"),
            forms.ReturnForm,
            triage.return_consult,
            gettext_lazy("The consult was returned to the coordinators."),
        ),
        ActionPage(
            "feedback",
            gettext_lazy("Give feedback"),
            consults.FeedbackForm,
            triage.give_feedback,
            gettext_lazy("Thank you. Your feedback was recorded."),
        ),
        ActionPage(
            "undo_consult",
            gettext_lazy("Undo the last move"),
            forms.NothingMore,
            triage.undo_consult,
            gettext_lazy("Your last move was undone."),
        ),
    )
}
