"""The forms for sending a referral to consult queues, and for taking a consult out of its queue."""

from typing import Any, cast

from django import forms
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from treatments import catalog
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Consult, Referral
from treatments.reading.before_routing import open_points
from treatments.triage.queue_settings import queue_words
from treatments.workflow import Hold
from treatments.workflow.actions.routing import ROUTE, WITHDRAW
from treatments.workflow.priorities import PRIORITY_WORDS, Priority


class RouteForm(ActionForm):
    action = ROUTE
    template = "admin/treatments/route.html"
    treatments = forms.MultipleChoiceField(
        label=_("Consult queues"),
        choices=catalog.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one consult queue.")},
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[(each.value, words) for each, words in PRIORITY_WORDS.items()],
        coerce=int,
        initial=Priority.ROUTINE.value,
        empty_value=Priority.ROUTINE.value,  # type: ignore[arg-type]  # what the coercion gives
        required=False,
        widget=forms.RadioSelect,
    )
    reason = note(
        _("Reason (required where a finding says “clinician first”)"),
        required=False,
        help_text=_("Every team that you route to reads it: name no other team here."),
    )
    # One tick for all that stands open; its value names what the page showed.
    read = forms.MultipleChoiceField(
        label=_("Before you route"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("What stands there has changed. Read it again, then tick.")},
    )

    def __init__(self, data=None, *, referral, redaction, **kwargs):
        super().__init__(data, referral=referral, redaction=redaction, **kwargs)
        self.assessment = redaction.assessment(referral)
        now = timezone.now()
        self.points = open_points(redaction, referral, self.assessment, now) if self.assessment else []
        if not self.points:
            del self.fields["read"]
            return
        words = ngettext(
            "I have read the point above", "I have read the %(n)s points above", len(self.points)
        ) % {"n": len(self.points)}
        keys = " ".join(point.key for point in self.points)
        cast(forms.MultipleChoiceField, self.fields["read"]).choices = [(keys, words)]
        if any(point.needs_reason for point in self.points):
            self.fields["reason"].label = _("Reason (required: something above asks for it)")

    def asked(self) -> dict[str, Any]:
        return {**super().asked(), "read": " ".join(self.cleaned_data.get("read", ()))}

    def shows(self, referral: Referral) -> dict[str, Any]:
        waiting = Consult.objects.waiting().order_by().values_list("treatment")
        return {
            "cards": self._cards(referral),
            "points": self.points,
            "barred": bool(referral.alert_open or referral.hold != Hold.NONE),
            "warnings": queue_words(),
            "waits": dict(waiting.annotate(number=Count("pk"))),
        }

    def _cards(self, referral: Referral) -> list[dict[str, Any]]:
        """A treatment each, in the catalog's order; one whose queue the person is in can't be ticked."""
        there = {consult.treatment: consult for consult in referral.consults.open()}
        found = self.assessment["treatments"] if self.assessment else {}
        chosen = self["treatments"].value() or ()
        return [
            {
                "key": key,
                "name": treatment.name,
                "there": there.get(key),
                "chosen": key in chosen,
                "found": found.get(key),
            }
            for key, treatment in catalog.TREATMENTS.items()
        ]


class WithdrawForm(ActionForm):
    action = WITHDRAW
    consult = forms.ModelChoiceField(
        queryset=Consult.objects.none(), label=_("Consult"), widget=forms.RadioSelect, empty_label=None
    )
    note = note(_("Why is it withdrawn?"))

    def __init__(self, data=None, *, referral, **kwargs):
        super().__init__(data, referral=referral, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["consult"])
        # One that was just withdrawn is taken too: the same action sent twice is the same as once.
        field.queryset = referral.consults.all()
        field.widget.choices = [(each.pk, each.get_treatment_display()) for each in referral.consults.open()]
