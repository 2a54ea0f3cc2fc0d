"""The pages of the deeds as two tables: of a referral and of a consult, each with its words and its form."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments import triage
from treatments.admin.forms import assignment, consults
from treatments.admin.forms import shared as forms


@dataclass(frozen=True, slots=True)
class DeedPage:
    """One deed: the words on its button, its form, what it calls, and what is said afterwards."""

    key: str
    label: Text
    form: type
    act: Callable[..., None]
    done: Text


REFERRAL_DEEDS = {
    page.key: page
    for page in (
        DeedPage(
            "claim",
            gettext_lazy("Claim"),
            forms.NothingMore,
            triage.claim,
            gettext_lazy("You are now handling this referral."),
        ),
        DeedPage(
            "assign",
            gettext_lazy("Assign"),
            assignment.AssignForm,
            triage.assign,
            gettext_lazy("The referral was assigned."),
        ),
        DeedPage(
            "release",
            gettext_lazy("Give back"),
            assignment.ReleaseForm,
            triage.release,
            gettext_lazy("The referral is handled by nobody now."),
        ),
        DeedPage(
            "route",
            gettext_lazy("Route to consult queues"),
            forms.RouteForm,
            triage.route,
            gettext_lazy("The referral was routed."),
        ),
        DeedPage(
            "ask_patient",
            gettext_lazy("Ask the patient"),
            forms.AskForm,
            triage.ask_patient,
            gettext_lazy("The patient was asked."),
        ),
        DeedPage(
            "take_back",
            gettext_lazy("Take the question back"),
            forms.TakeBackForm,
            triage.take_back,
            gettext_lazy("The question was taken back."),
        ),
        DeedPage(
            "release_hold",
            gettext_lazy("Release the hold"),
            forms.ReleaseHoldForm,
            triage.release_hold,
            gettext_lazy("The hold was released and your assessment recorded."),
        ),
        DeedPage(
            "note",
            gettext_lazy("Add a note"),
            forms.NoteForm,
            triage.add_note,
            gettext_lazy("The note was added."),
        ),
        DeedPage(
            "withdraw",
            gettext_lazy("Withdraw a consult"),
            forms.WithdrawForm,
            triage.withdraw,
            gettext_lazy("The consult was withdrawn."),
        ),
        DeedPage(
            "close",
            gettext_lazy("Close"),
            forms.CloseForm,
            triage.close,
            gettext_lazy("The referral was closed."),
        ),
        DeedPage(
            "reopen",
            gettext_lazy("Reopen"),
            forms.ReopenForm,
            triage.reopen,
            gettext_lazy("The referral was reopened."),
        ),
        DeedPage(
            "contact",
            gettext_lazy("Log a contact attempt"),
            assignment.ContactForm,
            triage.log_contact,
            gettext_lazy("The attempt was recorded."),
        ),
        DeedPage(
            "caring_contact",
            gettext_lazy("Record the caring contact"),
            assignment.CaringContactForm,
            triage.make_caring_contact,
            gettext_lazy("The caring contact was recorded."),
        ),
        DeedPage(
            "signpost",
            gettext_lazy("Point to another service"),
            assignment.SignpostForm,
            triage.signpost,
            gettext_lazy("It was recorded where the person was pointed to."),
        ),
        DeedPage(
            "link_duplicate",
            gettext_lazy("Link a duplicate"),
            assignment.LinkDuplicateForm,
            triage.link_duplicate,
            gettext_lazy("The two referrals were linked."),
        ),
        DeedPage(
            "unlink_duplicate",
            gettext_lazy("Remove a link"),
            assignment.UnlinkDuplicateForm,
            triage.unlink_duplicate,
            gettext_lazy("The link was removed."),
        ),
        DeedPage(
            "undo",
            gettext_lazy("Undo the last move"),
            forms.NothingMore,
            triage.undo,
            gettext_lazy("Your last move was undone."),
        ),
    )
}
CONSULT_DEEDS = {
    page.key: page
    for page in (
        DeedPage(
            "accept",
            gettext_lazy("Accept"),
            consults.AcceptForm,
            triage.accept,
            gettext_lazy("The consult was accepted."),
        ),
        DeedPage(
            "book", gettext_lazy("Book"), forms.BookForm, triage.book, gettext_lazy("The visit was booked.")
        ),
        DeedPage(
            "rebook",
            gettext_lazy("Move the visit"),
            forms.RebookForm,
            triage.rebook,
            gettext_lazy("The visit was moved."),
        ),
        DeedPage(
            "complete",
            gettext_lazy("Complete"),
            consults.CompleteForm,
            triage.complete,
            gettext_lazy("The consult was completed."),
        ),
        DeedPage(
            "postpone",
            gettext_lazy("Postpone"),
            consults.PostponeForm,
            triage.postpone,
            gettext_lazy("The consult was postponed."),
        ),
        DeedPage(
            "hand_over",
            gettext_lazy("Hand to another queue"),
            consults.HandOverForm,
            triage.hand_over,
            gettext_lazy("The consult was handed to the other queue."),
        ),
        DeedPage(
            "return",
            gettext_lazy("Return to the coordinators"),
            forms.ReturnForm,
            triage.return_consult,
            gettext_lazy("The consult was returned to the coordinators."),
        ),
        DeedPage(
            "feedback",
            gettext_lazy("Give feedback"),
            consults.FeedbackForm,
            triage.give_feedback,
            gettext_lazy("Thank you. Your feedback was recorded."),
        ),
        DeedPage(
            "undo_consult",
            gettext_lazy("Undo the last move"),
            forms.NothingMore,
            triage.undo_consult,
            gettext_lazy("Your last move was undone."),
        ),
    )
}
