"""The forms for claiming, assigning and unassigning a referral."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.admin.forms.shared import ActionForm, note
from treatments.triage.assignment import who_may_handle
from treatments.workflow import Hold
from treatments.workflow.actions.assignment import ASSIGN, CLAIM, UNASSIGN
from treatments.workflow.actions.routing import ROUTE


class PersonField(forms.ModelChoiceField):
    """A colleague, by name."""

    def label_from_instance(self, person) -> str:
        return person.get_full_name() or person.get_username()


def colleague() -> PersonField:
    return PersonField(queryset=who_may_handle(), label=_("Who handles it?"), empty_label=_("Choose"))


class ClaimForm(ActionForm):
    """Its second button leads on, to the page of routing, unless a hold bars that."""

    action = CLAIM
    another_button: Text = _("Claim and route")

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        if referral.standing_hold is not Hold.NONE:
            self.another_button = ""

    @classmethod
    def after(cls, request, row) -> str:
        if "another" not in request.POST:
            return ""
        return reverse("admin:treatments_referral_action", args=[row.pk, ROUTE.key])


class AssignForm(ActionForm):
    action = ASSIGN
    to = colleague()


class AssignSelectedForm(forms.Form):
    use_required_attribute = False
    to = colleague()


class UnassignForm(ActionForm):
    action = UNASSIGN
    note = note(_("Why are you unassigning yourself?"))
