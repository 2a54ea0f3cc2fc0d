"""The filters of the privacy officer's list: by staff member, by time, by what was done, and what is out of the ordinary."""

from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.locations import settings_of
from treatments.figures.record_hours import AN_HOUR, hour_name, hour_named, hour_span
from treatments.models import Event
from treatments.workflow.events import EVENT_KINDS, GROUP_WORDS, Group, group_of

NOBODY = "nobody"


class StaffFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "who"

    def lookups(self, request, model_admin):
        people = (
            get_user_model().objects.filter(is_staff=True).order_by("first_name", "last_name", "username")
        )
        found = [(str(each.pk), each.get_full_name() or each.get_username()) for each in people]
        return [*found, (NOBODY, _("Nobody signed in"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]):
        known: set[str] = {key for key, _name in self.lookup_choices}
        person = self.value()
        if person == NOBODY:
            return queryset.filter(actor=None)
        return queryset.filter(actor=int(person)) if person in known else queryset


class WithinFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "within"

    def lookups(self, request, model_admin):
        return [("1", _("Last 24 hours")), ("7", _("Last 7 days")), ("30", _("Last 30 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]):
        days = self.value()
        if days in ("1", "7", "30"):
            return queryset.filter(at__gte=timezone.now() - timedelta(days=int(days)))
        return queryset


class HourFilter(admin.SimpleListFilter):
    """One hour, as the page by person and hour links to it; it is offered nowhere else."""

    title = _("hour")
    parameter_name = "hour"

    def lookups(self, request, model_admin):
        hour = hour_named(request.GET.get(self.parameter_name, ""))
        return [(hour_name(hour), hour_span(hour))] if hour else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]):
        hour = hour_named(self.value() or "")
        return queryset.filter(at__gte=hour, at__lt=hour + AN_HOUR) if hour else queryset


class DayFilter(admin.SimpleListFilter):
    """One day of the clinic, typed or picked in a small form."""

    title = _("day")
    parameter_name = "day"
    template = "admin/treatments/day_filter.html"

    def lookups(self, request, model_admin):
        self.others = [
            (key, value)
            for key, values in request.GET.lists()
            if key not in (self.parameter_name, "p", "e")
            for value in values
        ]
        return [("", "")]  # a filter without choices would not be shown

    def choices(self, changelist):
        return []

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(self.value() or "")
        except ValueError:
            return None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]):
        if self.day is None or not 2000 < self.day.year < 9000:
            return queryset
        begins = datetime.combine(self.day, time.min, timezone.get_current_timezone())
        ends = datetime.combine(self.day + timedelta(days=1), time.min, timezone.get_current_timezone())
        return queryset.filter(at__gte=begins, at__lt=ends)


def group_asked(request: HttpRequest) -> Group | None:
    """The group of kinds that is chosen, also where one of its kinds is."""
    kind = request.GET.get(KindFilter.parameter_name, "")
    group = group_of(kind).value if kind in EVENT_KINDS else request.GET.get(GroupFilter.parameter_name, "")
    return Group(group) if group in set(Group) else None


class GroupFilter(admin.SimpleListFilter):
    """What was done, by groups of kinds; the kinds of the chosen one stand in ``KindFilter``."""

    title = _("what")
    parameter_name = "group"

    def lookups(self, request, model_admin):
        self.asked = group_asked(request)
        return [(group.value, words) for group, words in GROUP_WORDS.items()]

    def choices(self, changelist):
        for group, words in [(None, _("All")), *GROUP_WORDS.items()]:
            new = {self.parameter_name: group.value} if group else {}
            others = [self.parameter_name, KindFilter.parameter_name]
            yield {
                "selected": group is self.asked,
                "query_string": changelist.get_query_string(new, remove=others),
                "display": words,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]):
        chosen = self.value()
        if chosen not in set(Group):
            return queryset
        return queryset.filter(kind__in=[key for key in EVENT_KINDS if group_of(key) == chosen])


class KindFilter(admin.SimpleListFilter):
    """A single kind of the chosen group."""

    title = _("of these")
    parameter_name = "kind__exact"  # as lists were kept in bookmarks before

    def lookups(self, request, model_admin):
        asked = group_asked(request)
        return [(key, row.event) for key, row in EVENT_KINDS.items() if asked and group_of(key) is asked]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]):
        chosen = self.value()
        return queryset.filter(kind=chosen) if chosen else queryset


class HowFilter(admin.SimpleListFilter):
    """All looks out of working hours, and openings by somebody who did nothing else with that referral."""

    title = _("looks")
    parameter_name = "how"

    def lookups(self, request, model_admin):
        return [("hours", _("Outside working hours")), ("only", _("Never did anything on it"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Event]):
        match self.value():
            case "hours":
                here = settings_of(None).working_time
                begins, ends = here.hours
                days = [day + 1 for day in here.days]  # the database counts from Monday, 1
                at_work = Q(at__iso_week_day__in=days, at__time__gte=begins, at__time__lt=ends)
                at_work &= ~Q(at__date__in=sorted(here.holidays))
                return queryset.filter(kind__in=(*Event.READS, *Event.LISTINGS)).exclude(at_work)
            case "only":
                actions = Event.objects.filter(referral=OuterRef("referral"), actor=OuterRef("actor"))
                looks = queryset.filter(kind__in=Event.READS, referral__isnull=False)
                return looks.exclude(Exists(actions.exclude(kind__in=Event.READS)))
        return queryset
