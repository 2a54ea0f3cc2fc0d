"""The forms for linking two referrals of one person, and for removing the link."""

from typing import Any, cast

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from intake.typed.reference import plain_reference
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Referral
from treatments.triage.duplicates import linked_with, possible_duplicates
from treatments.workflow.actions.duplicates import LINK_DUPLICATE, UNLINK_DUPLICATE


class OtherReferral(ActionForm):
    """Names another referral, one of those offered or by its reference."""

    keywords = ("other", "note")
    reference = forms.ChoiceField(label=_("Which referral?"), widget=forms.RadioSelect, required=False)
    note = note(_("Note"), required=False)

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        choices: dict[str, str] = {
            other.reference: format_html("{}, <bdi>{}</bdi>", other.reference, other.name)
            for other in self.offered(referral)
        }
        if data and data.get("reference"):
            # One that is no longer offered is taken too: the same action sent twice is the same as once.
            choices.setdefault(data["reference"], data["reference"])
        cast(forms.ChoiceField, self.fields["reference"]).choices = [*choices.items()]

    def offered(self, referral: Referral) -> list[Referral]:
        raise NotImplementedError

    def named(self) -> str:
        return self.cleaned_data["reference"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        kept = Referral.objects.filter(erased_at=None)
        self.other = kept.filter(reference=self.named()).first() if not self.errors else None
        if not self.errors and self.other is None:
            raise forms.ValidationError(_("Choose a referral, or type the reference of one."))
        return self.cleaned_data

    def asked(self) -> dict[str, Any]:
        return {"other": self.other, "note": self.cleaned_data["note"]}


class LinkDuplicateForm(OtherReferral):
    action = LINK_DUPLICATE
    typed = forms.CharField(label=_("Or the reference of another one"), required=False, max_length=20)

    def offered(self, referral: Referral) -> list[Referral]:
        return [other for other, _shared in possible_duplicates(referral)]

    def named(self) -> str:
        return plain_reference(self.cleaned_data["typed"]) or self.cleaned_data["reference"]


class UnlinkDuplicateForm(OtherReferral):
    action = UNLINK_DUPLICATE
    note = note(_("Why are these two not the same person's?"))

    def offered(self, referral: Referral) -> list[Referral]:
        return linked_with(referral)
