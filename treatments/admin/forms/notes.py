"""The forms for a note, and for saying what was done with what came from the patient or a team."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, note
from treatments.workflow import ATTENTION_WORDS
from treatments.workflow.actions.notes import DEAL_WITH, NOTE


class NoteForm(ActionForm):
    action = NOTE
    note = note(_("Note"))


class DealWithForm(ActionForm):
    """What waits on this referral; nothing is ticked beforehand."""

    action = DEAL_WITH
    flags = forms.MultipleChoiceField(
        label=_("What did you deal with?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what was dealt with.")},
    )
    note = note(_("What did you do with it?"))

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        choices = [(flag.value, ATTENTION_WORDS[flag]) for flag, _since in referral.standing_flags]
        cast(Any, self.fields)["flags"].choices = choices
