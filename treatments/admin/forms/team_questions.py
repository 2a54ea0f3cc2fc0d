"""The forms for a team's question to the desk, and for its answer."""

from typing import cast

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import MENTIONING, WithMentions, note
from treatments.models import Consult
from treatments.triage.team_questions import teams_waiting
from treatments.workflow.actions.team_questions import ANSWER_TEAM, ASK_DESK


class AskDeskForm(WithMentions):
    action = ASK_DESK
    note = note(
        _("What do you ask the desk?"),
        help_text=format_lazy("{} {}", _("The desk answers you here, or asks the patient."), MENTIONING),
    )


class AnswerTeamForm(WithMentions):
    action = ANSWER_TEAM
    consult = forms.ModelChoiceField(
        queryset=Consult.objects.none(), label=_("Which team?"), widget=forms.RadioSelect, empty_label=None
    )
    note = note(_("Your answer"), help_text=MENTIONING)

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["consult"])
        # One that was just answered is taken too: the same action sent twice is the same as once.
        field.queryset = referral.consults.all()
        field.widget.choices = [(each.pk, each.get_treatment_display()) for each in teams_waiting(referral)]
