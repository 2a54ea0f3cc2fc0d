"""The forms of a safety alert: taking it, handing it over, letting it go, a note, closing it."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.assignment import PersonField
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Alert
from treatments.triage.alerts import who_may_take, why_not_next_call
from treatments.workflow.actions.alerts import (
    CLOSE_ALERT,
    HAND_OVER_ALERT,
    LET_GO_ALERT,
    NOTE_ALERT,
    TAKE_ALERT,
)
from treatments.workflow.alerts import REACHED_WORDS, Reached


class AlertForm(ActionForm):
    """An alert has no version: ``seen_version`` is the newest alarm that the page showed."""

    seen_event = None  # type: ignore[assignment]  # so Django takes a field out

    def __init__(self, data=None, *, alert: Alert, actor: User, **kwargs):
        taken = alert.taken
        initial = {"seen_version": alert.newest.pk, "over": taken.pk if taken else None}
        # A page has all of them: each with ids of its own.
        forms.Form.__init__(
            self, data, initial=initial, auto_id=f"id_{self.action.key}_%s", label_suffix="", **kwargs
        )
        self.actor = actor


class TakeAlertForm(AlertForm):
    action = TAKE_ALERT
    over = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)


class HandOverAlertForm(AlertForm):
    action = HAND_OVER_ALERT
    to = PersonField(
        queryset=who_may_take(),
        label=_("Hand over to"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose who should take it over.")},
    )

    def __init__(self, data=None, *, actor: User, **kwargs):
        super().__init__(data, actor=actor, **kwargs)
        to = cast(PersonField, self.fields["to"])
        to.queryset = who_may_take().exclude(pk=actor.pk)


class LetGoAlertForm(AlertForm):
    action = LET_GO_ALERT


class NoteAlertForm(AlertForm):
    action = NOTE_ALERT
    note = note(_("Note, for example whom you tried and when"), rows=2)


def reached_words() -> list[tuple[str, Any]]:
    stays_open = _("Nobody reached: the alert stays open")
    return [
        (code.value, stays_open if code is Reached.NOBODY else words) for code, words in REACHED_WORDS.items()
    ]


class CloseAlertForm(AlertForm):
    action = CLOSE_ALERT
    keywords = ("reached", "done", "next_call")

    reached = forms.ChoiceField(label=_("Reached?"), choices=reached_words, widget=forms.RadioSelect)
    done = note(_("What was said and agreed"))
    next_call = forms.SplitDateTimeField(
        label=_("Next call"),
        help_text=_("Where nobody was reached: when is the next call?"),
        required=False,
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": str(_("Day of the next call"))},
            time_attrs={"type": "time", "aria-label": str(_("Time of the next call"))},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )

    def clean(self) -> dict[str, Any]:
        sent = super().clean() or self.cleaned_data
        nobody = sent.get("reached") == Reached.NOBODY and "next_call" not in self.errors
        if nobody and (refused := why_not_next_call(sent.get("next_call"), timezone.now())):
            self.add_error("next_call", refused)
        return sent

    def asked(self) -> dict[str, datetime | str]:
        """The next call counts only where nobody was reached."""
        asked = super().asked()
        if asked["reached"] != Reached.NOBODY:
            asked["next_call"] = None
        return asked
