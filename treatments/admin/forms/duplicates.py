"""The forms for linking two referrals of one person, and for removing the link."""

from itertools import islice
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from intake.typed.reference import plain_reference
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Referral
from treatments.reading.duplicates import compared, linked_with, possible_duplicates, side_by_side
from treatments.workflow.actions.duplicates import LINK_DUPLICATE, UNLINK_DUPLICATE

MOST_BESIDE = 4  # people beside this one: more are no comparison


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
    """The others stand beside this one before anybody links them: those offered, and one whose reference is typed."""

    action = LINK_DUPLICATE
    template = "admin/treatments/link_duplicate.html"
    typed = forms.CharField(label=_("Or the reference of another one"), required=False, max_length=20)
    # The reference that was typed before, and now stands beside this one.
    beside = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    note = note(
        _("Why are these two of the same person?"),
        required=False,
        help_text=_("Needed unless both name and date of birth agree."),
    )
    field_order = ("reference", "typed", "note")

    def __init__(self, data=None, *, referral, **kwargs):
        self.referral = referral
        self.linked = linked_with(referral)
        offered = (match for match in possible_duplicates(referral) if match.referral not in self.linked)
        self.matches = [*islice(offered, MOST_BESIDE)]
        super().__init__(data, referral=referral, **kwargs)
        shown = plain_reference(self.data.get("beside", "")) if self.is_bound else ""
        if shown and shown not in self.references():
            self._put_beside(shown)

    def offered(self, referral: Referral) -> list[Referral]:
        return [match.referral for match in self.matches]

    def references(self) -> set[str]:
        return {match.referral.reference for match in self.matches}

    def named(self) -> str:
        return plain_reference(self.cleaned_data["typed"]) or self.cleaned_data["reference"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.other is None or self.other in (self.referral, *self.linked):
            return self.cleaned_data  # triage says what it thinks of that
        if self.other.reference not in self.references():
            self._put_beside(self.other.reference)
            self.add_error("typed", _("It stands beside this one now. Look at both, then link them."))
        elif not self.cleaned_data.get("note") and compared(self.referral, self.other).needs_reason:
            self.add_error("note", _("Write why: what these two share leaves a doubt."))
        return self.cleaned_data

    def shows(self, referral: Referral) -> dict[str, Any]:
        return {"matches": self.matches, "beside": side_by_side(referral, self.matches)}

    def beside_it(self) -> list[Referral]:
        return self.offered(self.referral)

    def _put_beside(self, reference: str) -> None:
        other = Referral.objects.filter(erased_at=None, reference=reference).first()
        if other is not None and other != self.referral:
            self.matches.append(compared(self.referral, other))
            again = cast(QueryDict, self.data).copy()
            again["beside"] = reference
            self.data = again


class UnlinkDuplicateForm(OtherReferral):
    action = UNLINK_DUPLICATE
    note = note(_("Why are these two not the same person's?"))

    def offered(self, referral: Referral) -> list[Referral]:
        return linked_with(referral)
