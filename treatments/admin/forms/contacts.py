"""The forms for a contact attempt and for the caring contact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, day, note
from treatments.workflow.actions.contacts import CARING_CONTACT, LOG_CONTACT
from treatments.workflow.contacts import CHANNELS, CONTACT_OUTCOMES


class LogContactForm(ActionForm):
    action = LOG_CONTACT
    channel = forms.ChoiceField(
        label=_("How did you try?"), choices=[*CHANNELS.items()], widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[*CONTACT_OUTCOMES.items()], widget=forms.RadioSelect
    )
    note = note(_("Note"), required=False)
    next_due = day(_("Next attempt due (none once reached)"), required=False)


class CaringContactForm(ActionForm):
    action = CARING_CONTACT
    note = note(_("How was the contact made, and what was said?"))
