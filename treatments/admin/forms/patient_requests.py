"""The forms for what a person asks of what the clinic holds of them."""

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, WithoutReading, note
from treatments.models import Consult, Referral
from treatments.workflow.actions.patient_requests import ASK_ERASURE, DROP_ERASURE, ERASE, GIVE_COPY
from treatments.workflow.event_words import COPIES


class GiveCopyForm(ActionForm):
    """Leads on to the whole referral to print, every answer open: making that is an event of its own."""

    action = GIVE_COPY
    how = forms.ChoiceField(
        label=_("How is it given?"), choices=list(COPIES.items()), widget=forms.RadioSelect
    )
    note = note(_("Who gets it, and how do you know that it is them?"))

    @classmethod
    def after(cls, request: HttpRequest, row: Referral | Consult) -> str:
        return reverse("admin:treatments_referral_print", args=[row.pk])


class AskErasureForm(ActionForm):
    action = ASK_ERASURE
    note = note(_("How did the person ask, and how do you know that it was them?"))


class DropErasureForm(ActionForm):
    action = DROP_ERASURE
    note = note(_("Why is nothing erased, and what was the person told?"))


class EraseForm(WithoutReading):
    action = ERASE
    reference = forms.CharField(
        label=_("Type the reference to erase this person"),
        help_text=_("Nothing brings back what was erased. Older backups hold it until they are gone."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    note = note(_("Note, without a name"), required=False)
