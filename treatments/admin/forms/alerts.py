"""The form for acknowledging a safety alert."""

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, note
from treatments.workflow.actions.alerts import ACKNOWLEDGE


class AcknowledgeForm(ActionForm):
    """An alert has no version: whoever comes second is told so."""

    action = ACKNOWLEDGE
    seen_version = seen_event = None  # type: ignore[assignment]  # so Django takes a field out
    done = note(_("What was done? For example who called, when, and what was agreed."))

    def __init__(self, data=None):
        forms.Form.__init__(self, data)
