"""The forms for a note, and for saying what was done with what came from the patient or a team."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import MENTIONING, ActionForm, WithMentions, note
from treatments.workflow import ATTENTION_WORDS
from treatments.workflow.actions.notes import DEAL_WITH, NOTE


class NoteForm(WithMentions):
    action = NOTE
    note = note(_("Note"), help_text=MENTIONING)


class DealWithForm(ActionForm):
    """A box for each thing that waits on this referral: what is filled in was dealt with, the rest still waits."""

    action = DEAL_WITH
    keywords = ("reasons",)

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        self.waiting = {f"why_{flag.value}": flag for flag, _since in referral.standing_flags}
        for name, flag in self.waiting.items():
            words = {"what": capfirst(ATTENTION_WORDS[flag])}
            self.fields[name] = note(_("%(what)s: what did you do with it?") % words, required=False, rows=2)

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        if self.waiting and not any(sent.get(name) for name in self.waiting) and not self.errors:
            self.add_error(
                None, _("Write of at least one what you did with it. Leave open what still waits.")
            )
        return sent

    def asked(self) -> dict[str, Any]:
        filled = {name: self.cleaned_data.get(name) for name in self.waiting}
        return {"reasons": {self.waiting[name].value: why for name, why in filled.items() if why}}
