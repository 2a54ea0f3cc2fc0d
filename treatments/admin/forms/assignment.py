"""The forms for claiming, assigning and unassigning a referral."""

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, note
from treatments.triage.assignment import who_may_handle
from treatments.workflow.actions.assignment import ASSIGN, CLAIM, UNASSIGN


class PersonField(forms.ModelChoiceField):
    """A colleague, by name."""

    def label_from_instance(self, person) -> str:
        return person.get_full_name() or person.get_username()


def colleague() -> PersonField:
    return PersonField(queryset=who_may_handle(), label=_("Who handles it?"), empty_label=_("Choose"))


class ClaimForm(ActionForm):
    action = CLAIM


class AssignForm(ActionForm):
    action = ASSIGN
    to = colleague()


class AssignSelectedForm(forms.Form):
    use_required_attribute = False
    to = colleague()


class UnassignForm(ActionForm):
    action = UNASSIGN
    note = note(_("Why are you unassigning yourself?"))
