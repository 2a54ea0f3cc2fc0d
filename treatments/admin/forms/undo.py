"""The forms for undoing one's own last action: nothing more is asked, and the page says what is undone."""

from typing import Any

from django.utils import timezone

from treatments.admin.forms.shared import ActionForm
from treatments.models import Consult, Event, Referral
from treatments.triage.undo_state import UNDO_WITHIN, last_move, last_team_move
from treatments.workflow.actions.table import ACTIONS
from treatments.workflow.actions.undo import UNDO, UNDO_CONSULT


class Undoing(ActionForm):
    template = "admin/treatments/undo.html"

    def __init__(self, data=None, *, consult: Consult | None = None, **kwargs):
        super().__init__(data, consult=consult, **kwargs)
        self.consult = consult

    def shows(self, referral: Referral) -> dict[str, Any]:
        """The move that would be undone, what that leads to, and until when; nothing where there is none."""
        move = self._move(referral)
        if move is None:
            return {}
        move.about = self.redaction.event_words(move)
        return {"move": move, "leads_to": ACTIONS[move.kind].undone, "until": move.at + UNDO_WITHIN}

    def _move(self, referral: Referral) -> Event | None:
        actor, now = self.redaction.user, timezone.now()
        return last_team_move(self.consult, actor, now) if self.consult else last_move(referral, actor, now)


class UndoForm(Undoing):
    action = UNDO


class UndoConsultForm(Undoing):
    action = UNDO_CONSULT
