"""The forms of the consult teams' actions, and of a queue's setting; checked for shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments import catalog
from treatments.admin.forms.shared import ActionForm, coded, day, note
from treatments.workflow import OUTCOMES, VERDICTS


class AcceptForm(ActionForm):
    """Two buttons: the second one opens the next consult of the queue afterwards."""

    another_button = _("Accept and open the next")


class CompleteForm(ActionForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=coded(OUTCOMES), widget=forms.RadioSelect)
    note = note(_("Note"), required=False)


class PostponeForm(ActionForm):
    until = day(_("Not before"))
    note = note(_("Why is it postponed?"))


class TransferForm(ActionForm):
    """``consult`` is the one to hand over: its own queue is not among the choices."""

    treatment = forms.ChoiceField(label=_("To which queue?"), widget=forms.RadioSelect)
    note = note(_("Why? The other team reads this."))

    def __init__(self, data=None, *, referral, consult, **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        self.fields["treatment"].choices = [
            choice for choice in catalog.choices() if choice[0] != consult.treatment
        ]


class FeedbackForm(ActionForm):
    verdict = forms.ChoiceField(
        label=_("What do you think of this referral?"), choices=coded(VERDICTS), widget=forms.RadioSelect
    )
    note = note(_("Note"), required=False)


class QueueSettingForm(forms.Form):
    """``seen`` is the version of the setting that the page showed."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    paused = forms.BooleanField(label=_("Paused: nothing is routed to this queue"), required=False)
    paused_note = forms.CharField(
        label=_("Why, and until when? Coordinators read this."), required=False, max_length=200
    )
    most_open = forms.IntegerField(
        label=_("Most open consults (blank: no limit). More are warned of, never refused."),
        required=False,
        min_value=1,
        max_value=100_000,
    )

    def __init__(self, data=None, *, setting, **kwargs):
        told = {key: getattr(setting, key) for key in ("paused", "paused_note", "most_open")}
        super().__init__(data, initial={**told, "seen": setting.version}, **kwargs)
