"""The form for referring a person to another service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import ActionForm, coded, note
from treatments.models import OutsideServiceVersion
from treatments.workflow.actions.outside_services import REFER_ELSEWHERE
from treatments.workflow.outside_services import OUTSIDE_SERVICES, place_of


class ReferElsewhereForm(ActionForm):
    action = REFER_ELSEWHERE
    where = forms.ChoiceField(
        label=_("Where is the person referred to?"),
        widget=forms.RadioSelect,
    )
    note = note(_("What was arranged, and with whom?"), required=False)
    show = forms.BooleanField(
        label=_("Show it to the person, on their status page"),
        help_text=_("Only a service that says so above."),
        required=False,
    )
    close = forms.BooleanField(label=_("Close the referral: cared for elsewhere"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: Any = self.fields
        fields["where"].choices = places()


def places() -> list[tuple[str, Any]]:
    """The clinic's services, and after those of each kind the kind alone, for one that is not in the list."""
    services = list(OutsideServiceVersion.objects.newest().filter(active=True))
    found: list[tuple[str, Any]] = []
    for code, label in coded(OUTSIDE_SERVICES):
        own = [(place_of(each.service), words_of(each)) for each in services if each.kind == code]
        another = _("%(kind)s: another one") % {"kind": label}
        found += [*own, (code, another if own else label)]
    return found


def words_of(service: OutsideServiceVersion) -> str:
    kind, phone = service.get_kind_display(), ", ".join(service.phone_list)
    said = " · ".join(filter(None, (service.name, kind, phone, service.languages, service.hours)))
    return (
        str(_("%(service)s (may be shown to the person)") % {"service": said})
        if service.for_patients
        else said
    )
