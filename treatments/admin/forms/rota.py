"""The form of a row of the on-call rota; checked for shape, and for whether its person can be notified at all."""

from datetime import time
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from treatments.admin.forms.shared import day
from treatments.models import Shift
from treatments.models.rota import channel_choices, rank_choices, responders
from treatments.reading.responders import name_of, why_not_channel, why_not_person
from treatments.workflow.rota import Channel


class StaffField(forms.ModelChoiceField):
    def label_from_instance(self, obj: User) -> str:
        return name_of(obj)


def clock_time(label: Any, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label, help_text=help_text, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )


class ShiftForm(forms.Form):
    """``seen_version`` is the row's version that the page showed; a new row has none.

    A new row is for weekdays or for dates; one that stands stays what it is.
    """

    use_required_attribute = False
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    person = StaffField(label=_("Who"), queryset=User.objects.all())
    rank = forms.TypedChoiceField(
        label=_("First or second"), choices=rank_choices, coerce=int, widget=forms.RadioSelect
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays, each week"),
        help_text=_("For every day that you tick a row is made. For certain dates tick none."),
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=[(str(number), name) for number, name in WEEKDAYS.items()], coerce=int
    )
    first_day = day(_("Or by dates: first day"), required=False)
    last_day = day(_("Last day"), required=False)
    begins = clock_time(_("From"))
    ends = clock_time(
        _("To"),
        _(
            "Not later than “From”, it is on the next day: 18:00 to 08:00 is a night, 00:00 to 00:00 a whole day. "
            "By dates the row goes from “From” on the first day to “To” on the last, without a break."
        ),
    )
    channel = forms.ChoiceField(label=_("By"), choices=channel_choices, widget=forms.RadioSelect)
    webhook = forms.CharField(label=_("Address of the webhook"), required=False, max_length=500)

    def __init__(self, data=None, *, shift: Shift | None, **kwargs):
        self.shift = shift
        given = (
            {key: getattr(shift, key) for key in OF_A_ROW} if shift else {"begins": time(18), "ends": time(8)}
        )
        seen = shift.version if shift else 0
        super().__init__(data, initial={**given, "seen_version": seen}, **kwargs)
        for name in self._without():
            del self.fields[name]
        people = cast(StaffField, self.fields["person"])
        offered = responders().order_by("last_name", "first_name", "username")
        people.widget.choices = [("", "---------"), *((each.pk, name_of(each)) for each in offered)]
        self.fields["webhook"].help_text = (
            _("Leave it blank to keep the address there is; it is not shown.")
            if shift and shift.webhook
            else _("It starts with https:// and takes a POST. Leave it blank for email.")
        )

    def _without(self) -> tuple[str, ...]:
        """The fields that don't fit: a new row's weekdays are ticked, one that stands has a weekday or dates."""
        if self.shift is None:
            return ("weekday",)
        return ("weekdays", "first_day", "last_day") if self.shift.turn.is_weekly else ("weekdays", "weekday")

    def clean_person(self) -> User:
        person = self.cleaned_data["person"]
        if refused := why_not_person(person):
            raise forms.ValidationError(refused)
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        person, channel = cleaned.get("person"), cleaned.get("channel")
        if person is not None and channel is not None:
            cleaned["webhook"] = cleaned.get("webhook", "") if channel == Channel.WEBHOOK else ""
            kept = self.shift.webhook if self.shift else ""
            if refused := why_not_channel(channel, cleaned["webhook"] or kept, person):
                self.add_error("webhook" if channel == Channel.WEBHOOK else "channel", refused)
        return cleaned

    def asked(self) -> dict[str, Any]:
        """The keyword arguments of the change."""
        return {key: value for key, value in self.cleaned_data.items() if key != "seen_version"}


OF_A_ROW = ("person", "rank", "weekday", "first_day", "last_day", "begins", "ends", "channel")


class SeenForm(forms.Form):
    """The version of the row that the page showed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
