"""The forms of what a team does with its visits, and the fields that they share; checked for shape only."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from intake.locations import settings_of
from intake.times.moments import clock, short_day
from treatments.admin.forms.shared import ActionForm, day, note
from treatments.models import Visit
from treatments.workflow.actions import visits as rows
from treatments.workflow.visits import outside_hours

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 200  # characters of a place, of who it is with, of what to bring


def named(visit: Visit) -> str:
    """A visit by its day and time."""
    return ", ".join([short_day(visit.day), *([clock(visit.starts)] if visit.starts else [])])


def clock_time(label: "StrOrPromise") -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


def line(label: "StrOrPromise") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=LONGEST)


class WhichVisit(ActionForm):
    """Asks which visit it is about where several are booked."""

    visit = forms.TypedChoiceField(label=_("Which visit?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, data=None, *, referral, consult, **kwargs):
        super().__init__(data, referral=referral, consult=consult, **kwargs)
        self.standing = list(consult.visits.standing().in_order())
        if len(self.standing) < 2:
            del self.fields["visit"]
        else:
            choices = [(visit.pk, named(visit)) for visit in self.standing]
            cast(forms.ChoiceField, self.fields["visit"]).choices = choices


class VisitTime(ActionForm):
    """When a visit is and what goes with it. Outside the clinic's hours it asks to be sent ``again`` for that time."""

    OF_THE_FORM = ("again",)

    day = day(_("Day"))
    starts = clock_time(_("From"))
    ends = clock_time(_("To"))
    place = line(_("Room, place or video (optional)"))
    with_whom = line(_("With whom (optional)"))
    bring = line(_("What to bring (optional)"))
    message = note(_("Note to the patient (optional)"), required=False, rows=2)
    again = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def asks_for(cls) -> set[str]:
        return super().asks_for() - set(cls.OF_THE_FORM)

    def asked(self) -> dict[str, Any]:
        return {key: value for key, value in super().asked().items() if key not in self.OF_THE_FORM}

    def clean(self) -> dict[str, Any] | None:
        sent = super().clean() or {}
        at = sent.get("day"), sent.get("starts"), sent.get("ends")
        if at[1] and at[2] and at[2] <= at[1]:
            self.add_error("ends", _("A visit ends after it starts."))
        elif at[0] and all(at) and outside_hours(at[0], at[1], at[2], settings_of(None).working_time):
            this_time = " ".join(map(str, at))
            if sent.get("again") != this_time:
                self.data = cast(QueryDict, self.data).copy()
                self.data["again"] = this_time
                self.add_error(
                    "day", _("The clinic does not work then. Send the form again to book it all the same.")
                )
        return sent


class CancelVisitForm(WhichVisit):
    action = rows.CANCEL_VISIT
    note = note(_("Why is it canceled?"))


class VisitHeldForm(WhichVisit):
    action = rows.VISIT_HELD
    note = note(_("Note"), required=False)
