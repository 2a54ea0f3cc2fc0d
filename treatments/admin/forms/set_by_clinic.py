"""The forms of what the clinic sets about itself: its profile, its list of outside services, who hears what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.models import ClinicProfile, NoticeDefaults, OutsideServiceVersion
from treatments.reading.notice_defaults import ROLES
from treatments.triage import clinic_profile, service_list
from treatments.workflow.notice_defaults import DELIVERIES, NOTICE_KINDS, delivery_in
from treatments.workflow.outside_services import OUTSIDE_SERVICES


class SeenForm(forms.Form):
    """``seen_version`` is the version that the page showed."""

    use_required_attribute = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ClinicProfileForm(SeenForm):
    legal_name = forms.CharField(label=_("Legal name"), max_length=120, widget=forms.TextInput({"size": 50}))
    address = forms.CharField(
        label=_("Address"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )
    phone = forms.CharField(label=_("Phone"), max_length=40)
    fax = forms.CharField(label=_("Fax"), max_length=40, required=False)
    npi = forms.CharField(label=_("NPI"), max_length=10, required=False, help_text=_("Ten digits."))
    tin = forms.CharField(
        label=_("TIN"), max_length=10, required=False, help_text=_("For example 12-3456789.")
    )

    def __init__(self, data: Any = None, *, profile: ClinicProfile) -> None:
        values = {name: getattr(profile, name) for name in ClinicProfile.SET}
        super().__init__(data, initial={**values, "seen_version": profile.version})

    def wanted(self) -> ClinicProfile:
        told = self.cleaned_data
        return ClinicProfile(**{name: told.get(name, "") for name in ClinicProfile.SET})

    def clean(self) -> None:
        for name, fault in clinic_profile.faults_of(self.wanted()).items():
            if name not in self.errors:
                self.add_error(name, fault)


class OutsideServiceForm(SeenForm):
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput({"size": 50}))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(code, kind.label) for code, kind in OUTSIDE_SERVICES.items()]
    )
    phones = forms.CharField(
        label=_("Phones"),
        help_text=_("One a line."),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    address = forms.CharField(
        label=_("Address"), max_length=300, required=False, widget=forms.Textarea({"rows": 3})
    )
    web = forms.CharField(
        label=_("Web page"), help_text=_("Shown as text, never as a link."), max_length=200, required=False
    )
    languages = forms.CharField(label=_("Languages"), max_length=100, required=False)
    hours = forms.CharField(label=_("Hours"), max_length=100, required=False)
    active = forms.BooleanField(
        label=_("In use"), help_text=_("Without the tick nobody is referred there any more."), required=False
    )
    for_patients = forms.BooleanField(
        label=_("Patients may be shown it"),
        help_text=_(
            "Staff can then have it stand on a person's status page: name, phones, address, languages and hours. "
            "Write these so that they name no illness and no treatment."
        ),
        required=False,
    )

    def __init__(self, data: Any = None, *, service: OutsideServiceVersion) -> None:
        values = {name: getattr(service, name) for name in OutsideServiceVersion.SET}
        super().__init__(data, initial={**values, "seen_version": service.version})

    def wanted(self) -> OutsideServiceVersion:
        told = self.cleaned_data
        return OutsideServiceVersion(**{name: told.get(name, "") for name in OutsideServiceVersion.SET})

    def clean(self) -> None:
        for name, fault in service_list.faults_of(self.wanted()).items():
            if name not in self.errors:
                self.add_error(name, fault)


class NoticeDefaultsForm(SeenForm):
    """A choice for each role and kind of notice; the page lays them out as a table."""

    def __init__(self, data: Any = None, *, defaults: NoticeDefaults) -> None:
        super().__init__(data, initial={"seen_version": defaults.version})
        self.stored = defaults.deliveries
        for role in ROLES:
            for kind, words in NOTICE_KINDS.items():
                self.fields[f"{role}-{kind}"] = forms.ChoiceField(
                    label=f"{role}: {words}",
                    widget=forms.Select({"aria-label": f"{role}: {words}"}),
                    choices=[(how.value, str(said)) for how, said in DELIVERIES.items()],
                    initial=delivery_in(self.stored, role, kind).value,
                )

    def table(self) -> list[tuple[str, list[forms.BoundField]]]:
        """A row a role."""
        return [(role, [self[f"{role}-{kind}"] for kind in NOTICE_KINDS]) for role in ROLES]

    def wanted(self) -> dict[str, dict[str, str]]:
        told = self.cleaned_data
        return {role: {kind: told[f"{role}-{kind}"] for kind in NOTICE_KINDS} for role in ROLES}
