"""The form for a note."""

from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, note
from treatments.workflow.actions.notes import NOTE


class NoteForm(ActionForm):
    action = NOTE
    note = note(_("Note"))
