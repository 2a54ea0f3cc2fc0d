"""The forms for undoing one's own last action: nothing more is asked."""

from treatments.admin.forms.shared import ActionForm
from treatments.workflow.actions.undo import UNDO, UNDO_CONSULT


class UndoForm(ActionForm):
    action = UNDO


class UndoConsultForm(ActionForm):
    action = UNDO_CONSULT
