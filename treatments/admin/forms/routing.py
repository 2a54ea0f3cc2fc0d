"""The forms for sending a referral to consult queues, and for taking a consult out of its queue."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from intake.fields import LANGUAGE
from intake.fields.kinds import Text
from intake.questionnaire import summary
from intake.times.moments import clock
from treatments import catalog
from treatments.admin.forms.shared import ActionForm, note
from treatments.models import Consult, Referral
from treatments.reading.before_routing import open_points
from treatments.reading.reaching import ways
from treatments.reading.treatment_cards import cards
from treatments.triage.queue_settings import queue_words
from treatments.triage.undo_state import UNDO_WITHIN
from treatments.workflow import Hold
from treatments.workflow.actions.routing import ROUTE, WITHDRAW
from treatments.workflow.actions.undo import UNDO
from treatments.workflow.priorities import PRIORITY_WORDS, Priority


class RouteForm(ActionForm):
    action = ROUTE
    template = "admin/treatments/route.html"
    button = _("Route")
    another_button = _("Route and open the next")
    treatments = forms.MultipleChoiceField(
        label=_("Consult queues"),
        choices=catalog.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one consult queue.")},
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[
            (each.value, _("Urgent (tell the team why below)") if each is Priority.URGENT else words)
            for each, words in PRIORITY_WORDS.items()
        ],
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

    def __init__(self, data=None, *, referral, redaction, assessment=None, **kwargs):
        super().__init__(data, referral=referral, redaction=redaction, **kwargs)
        self.assessment = assessment or redaction.assessment(referral)
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
        there = list(referral.consults.open().select_related("opened_by").order_by("opened_at", "pk"))
        return {
            "choices": self._choices(referral, {consult.treatment: consult for consult in there}),
            "points": self.points,
            "barred": bool(referral.alert_open or referral.hold != Hold.NONE),
            "warnings": queue_words(),
            "waits": waits_in_words(timezone.now()),
            "there": there,
            "everywhere": len(there) == len(catalog.TREATMENTS),
            "born": referral.date_of_birth,
            "age": referral.age(timezone.localdate()),
            "ways": ways(referral.submission),
            "language": summary.in_words(LANGUAGE, referral.language or None),
        }

    def shows_in_page(self, now: datetime) -> dict[str, Any]:
        """The same on the referral's own page, where the findings stand beside it and nobody is in a queue yet."""
        chosen, waits = self["treatments"].value() or (), Consult.objects.waits_now()
        found = self.assessment["treatments"] if self.assessment else {}
        return {
            "route_choices": [
                {
                    "key": key,
                    "name": treatment.name,
                    "chosen": key in chosen,
                    "state": found[key]["state"],
                    "waits": _waits_shortly(*waits[key], now),
                }
                for key, treatment in catalog.TREATMENTS.items()
            ],
            "route_priorities": list(zip(self["priority"], PRIORITY_WORDS.values(), strict=True)),
            "route_points": self.points,
            "route_warnings": queue_words(),
        }

    def _choices(self, referral: Referral, there: Mapping[str, Consult]) -> list[dict[str, Any]]:
        """A queue each, in the catalog's order; one that the person is in can't be ticked."""
        found = cards(self.redaction, referral, self.assessment) if self.assessment else []
        read, chosen = {card.key: card for card in found}, self["treatments"].value() or ()
        kept = referral.consults.all().kept_places()
        return [
            {
                "key": key,
                "name": treatment.name,
                "there": there.get(key),
                "kept": kept.get(key),
                "chosen": key in chosen,
                "card": read.get(key),
            }
            for key, treatment in catalog.TREATMENTS.items()
        ]

    @classmethod
    def when_done(cls, row):
        """With the way back, also where the next page is another person's."""
        undo = reverse("admin:treatments_referral_action", args=[row.pk, UNDO.key])
        until = clock(timezone.now() + UNDO_WITHIN)
        words = _("{reference} was routed. {undo} (until {until})")
        link = format_html('<a href="{}">{}</a>', undo, _("Undo: take it out of the queues again"))
        return format_html(str(words), reference=row.reference, undo=link, until=until)

    @classmethod
    def after(cls, request, row) -> str:
        """After "route and open the next": the next of the list that this one was opened from."""
        return reverse("admin:treatments_referral_next", args=[row.pk]) if "another" in request.POST else ""


def waits_in_words(now: datetime) -> list[tuple[Text, str]]:
    """Of each queue how many wait there now, and how long the one that waits longest."""
    return [
        (catalog.TREATMENTS[key].name, _waits(number, since, now))
        for key, (number, since) in Consult.objects.waits_now().items()
    ]


def _waits_shortly(number: int, since: datetime | None, now: datetime) -> str:
    """Such as "6 wait, 10 d": how many, and how many days the one that waits longest."""
    waiting = ngettext("%(n)d waits", "%(n)d wait", number) % {"n": number}
    days = _days(since, now)
    return f"{waiting}, {gettext('%(n)d d') % {'n': days}}" if days else waiting


def _days(since: datetime | None, now: datetime) -> int:
    return (localtime(now).date() - localtime(since).date()).days if since else 0


def _waits(number: int, since: datetime | None, now: datetime) -> str:
    if since is None:
        return gettext("nobody waits")
    waiting = ngettext("%(n)d waits", "%(n)d wait", number) % {"n": number}
    days = _days(since, now)
    if not days:
        return gettext("%(waiting)s, since today") % {"waiting": waiting}
    longest = ngettext("longest %(n)d day", "longest %(n)d days", days) % {"n": days}
    return f"{waiting}, {longest}"


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
