"""The forms of the consult teams' actions, and of a queue's setting; checked for shape only."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from treatments import catalog
from treatments.admin.forms.shared import ActionForm, coded, coded_with_next, day, note
from treatments.admin.forms.visits import VisitTime, WhichVisit
from treatments.models import Consult, Referral
from treatments.reading.before_routing import open_points
from treatments.reading.treatment_cards import cards
from treatments.triage.consults import next_in_queue
from treatments.triage.visits import DETAILS
from treatments.workflow import OUTCOMES, RETURN_REASONS, VERDICTS, Hold
from treatments.workflow.actions import consults as rows
from treatments.workflow.actions.undo import UNDO_CONSULT


def address(consult: Consult, page: str, *args: object) -> str:
    """A page of the consult's queue in the admin."""
    return reverse(f"admin:treatments_{consult.treatment}consult_{page}", args=args)


class AcceptForm(ActionForm):
    """Its buttons lead on: to the consult, to the next one of the queue, or to booking a visit."""

    action = rows.ACCEPT
    another_button = _("Accept and open the next")

    def shows(self, referral: Referral) -> dict[str, Any]:
        return {"assessment": self.redaction.assessment(referral)}

    @classmethod
    def after(cls, request, row) -> str:
        """After "accept and open the next": the consult to take up next, else the queue."""
        if "book" in request.POST:
            return address(row, "action", row.pk, rows.BOOK.key)
        if "another" not in request.POST:
            return ""
        following = next_in_queue(row)
        if following is not None:
            return address(row, "change", following.pk)
        messages.info(request, _("Nothing else is waiting in this queue."))
        return address(row, "changelist")


class ReturnForm(ActionForm):
    action = rows.RETURN
    reason = forms.ChoiceField(
        label=_("Reason"), choices=partial(coded_with_next, RETURN_REASONS), widget=forms.RadioSelect
    )
    again = day(_("If the team has no room: from when does it? (optional)"), required=False)
    note = note(_("Note"), required=False)
    verdict = forms.ChoiceField(
        label=_("What do you think of this referral? (optional)"),
        help_text=_(
            "The coordinators read it. Once you have returned the consult you can't say it any more."
        ),
        choices=partial(coded, VERDICTS),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data=None, *, referral, consult, **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        if hasattr(consult, "feedback") and not self.is_bound:
            del self.fields["verdict"]

    @classmethod
    def after(cls, request, row) -> str:
        """The consult is no longer the team's to read, but theirs to take back for a while."""
        undo = reverse(f"admin:treatments_{row.treatment}consult_action", args=[row.pk, UNDO_CONSULT.key])
        messages.info(request, format_html('<a href="{}">{}</a>', undo, _("Undo the return")))
        return ""


class BookForm(VisitTime):
    action = rows.BOOK


class RescheduleForm(WhichVisit, VisitTime):
    """Starts from the visit as it stands; where there are several, what is left empty stays as it was."""

    action = rows.RESCHEDULE

    def __init__(self, data=None, *, referral, consult, **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        if len(self.standing) == 1:
            for key in ("day", "starts", "ends", *DETAILS):
                self.initial[key] = getattr(self.standing[0], key)

    def asked(self) -> dict[str, Any]:
        asked = super().asked()
        several = "visit" in self.fields
        return {
            key: None if several and key in DETAILS and not value else value for key, value in asked.items()
        }


class NoShowForm(WhichVisit):
    action = rows.NO_SHOW
    note = note(_("Note"), required=False)


class CompleteForm(ActionForm):
    action = rows.COMPLETE
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=partial(coded, OUTCOMES), widget=forms.RadioSelect
    )
    note = note(_("Note"), required=False)


class PostponeForm(ActionForm):
    action = rows.POSTPONE
    until = day(_("Not before"))
    note = note(_("Why is it postponed?"))


class TransferForm(ActionForm):
    """``consult`` is the one to hand over: its own queue is not among the choices."""

    action = rows.TRANSFER
    template = "admin/treatments/transfer.html"
    treatment = forms.ChoiceField(label=_("To which queue?"), widget=forms.RadioSelect)
    note = note(_("Why? The other team reads this."))

    def __init__(self, data=None, *, referral, consult, **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        self.offered = [choice for choice in catalog.choices() if choice[0] != consult.treatment]
        cast(forms.ChoiceField, self.fields["treatment"]).choices = self.offered

    def shows(self, referral: Referral) -> dict[str, Any]:
        """The other queues and what is to be read, as whoever routes sees them; not where the person is."""
        account = self.redaction.assessment(referral)
        points = open_points(self.redaction, referral, account, timezone.now()) if account else []
        chosen = self["treatment"].value()
        found = cards(self.redaction, referral, account) if account else []
        read = {card.key: card for card in found}
        return {
            "choices": [
                {"key": key, "name": name, "card": read.get(key), "chosen": key == chosen}
                for key, name in self.offered
            ],
            "points": points,
            "barred": bool(referral.alert_open or referral.hold != Hold.NONE),
        }


class FeedbackForm(ActionForm):
    action = rows.FEEDBACK
    verdict = forms.ChoiceField(
        label=_("What do you think of this referral?"),
        choices=partial(coded, VERDICTS),
        widget=forms.RadioSelect,
    )
    note = note(_("Note"), required=False)


class QueueSettingForm(forms.Form):
    """``seen_version`` is the version of the setting that the page showed."""

    use_required_attribute = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    paused = forms.BooleanField(label=_("Paused: nothing is routed to this queue"), required=False)
    paused_note = forms.CharField(
        label=_("Why, and until when? Coordinators read this."), required=False, max_length=200
    )
    most_open = forms.IntegerField(
        label=_("Most open consults (blank: no limit). More are warned of, never refused."),
        required=False,
        min_value=1,
        max_value=100_000,
    )

    def __init__(self, data=None, *, setting, **kwargs):
        values = {key: getattr(setting, key) for key in ("paused", "paused_note", "most_open")}
        super().__init__(data, initial={**values, "seen_version": setting.version}, **kwargs)

    def asked(self) -> dict[str, Any]:
        """The keyword arguments of the change."""
        asked = dict(self.cleaned_data)
        return {"seen": asked.pop("seen_version"), **asked}
