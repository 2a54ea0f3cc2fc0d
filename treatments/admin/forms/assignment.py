"""The forms of the desk's actions about handling, contact, other services and duplicates."""

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments import triage
from treatments.admin.forms.shared import ActionForm, day, note
from treatments.models import Referral
from treatments.workflow.contacts import CHANNELS, CONTACT_OUTCOMES
from treatments.workflow.outside_services import OUTSIDE_SERVICES


class PersonField(forms.ModelChoiceField):
    """A colleague, by name."""

    def label_from_instance(self, person) -> str:
        return person.get_full_name() or person.get_username()


def colleague() -> PersonField:
    return PersonField(queryset=triage.who_may_handle(), label=_("Who handles it?"), empty_label=_("Choose"))


class AssignForm(ActionForm):
    to = colleague()


class AssignSelectedForm(forms.Form):
    use_required_attribute = False
    to = colleague()


class ReleaseForm(ActionForm):
    note = note(_("Why are you unassigning yourself?"))


class ContactForm(ActionForm):
    channel = forms.ChoiceField(
        label=_("How did you try?"), choices=[*CHANNELS.items()], widget=forms.RadioSelect
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[*CONTACT_OUTCOMES.items()], widget=forms.RadioSelect
    )
    note = note(_("Note"), required=False)
    next_due = day(_("Next attempt due (none once reached)"), required=False)


class CaringContactForm(ActionForm):
    note = note(_("How was the contact made, and what was said?"))


class ReferElsewhereForm(ActionForm):
    where = forms.ChoiceField(
        label=_("Where is the person referred to?"),
        choices=[
            (
                row.code,
                _("%(label)s (needs a note)") % {"label": row.label} if row.note_required else row.label,
            )
            for row in OUTSIDE_SERVICES.values()
        ],
        widget=forms.RadioSelect,
    )
    note = note(_("What was arranged, and with whom?"), required=False)
    close = forms.BooleanField(label=_("Close the referral: cared for elsewhere"), required=False)


class OtherReferral(ActionForm):
    """Names another referral, one of those offered or by its reference."""

    reference = forms.ChoiceField(label=_("Which referral?"), widget=forms.RadioSelect, required=False)
    note = note(_("Note"), required=False)

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        choices = {other.reference: f"{other.reference}, {other.name}" for other in self.offered(referral)}
        if data and data.get("reference"):
            # One that is no longer offered is taken too: the same action sent twice is the same as once.
            choices.setdefault(data["reference"], data["reference"])
        self.fields["reference"].choices = [*choices.items()]

    def offered(self, referral: Referral) -> list[Referral]:
        raise NotImplementedError

    def named(self) -> str:
        return self.cleaned_data["reference"]

    def clean(self) -> dict:
        told = super().clean()
        self.other = Referral.objects.filter(reference=self.named()).first() if not self.errors else None
        if not self.errors and self.other is None:
            raise forms.ValidationError(_("Choose a referral, or type the reference of one."))
        return told

    def asked(self) -> dict:
        return {"seen": self.cleaned_data["seen"], "other": self.other, "note": self.cleaned_data["note"]}


class LinkDuplicateForm(OtherReferral):
    typed = forms.CharField(label=_("Or the reference of another one"), required=False, max_length=20)

    def offered(self, referral: Referral) -> list[Referral]:
        return [other for other, _shared in triage.possible_duplicates(referral)]

    def named(self) -> str:
        return self.cleaned_data["typed"].strip().upper() or self.cleaned_data["reference"]


class UnlinkDuplicateForm(OtherReferral):
    note = note(_("Why are these two not the same person's?"))

    def offered(self, referral: Referral) -> list[Referral]:
        return triage.linked_with(referral)
