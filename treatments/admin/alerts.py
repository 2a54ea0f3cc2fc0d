"""Safety alerts: one row for all unsafe answers of a form, sent or abandoned, open until somebody closes it."""

from typing import cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intake.fields.kinds import Text
from intake.fields.urgency import PRESSING
from treatments.admin.lists.badges import urgency_badge
from treatments.admin.lists.read_only import ReadOnlyAdmin, ReadOnlyChangeList
from treatments.admin.pages.alert import ALERT_ACTION, show_alert
from treatments.admin.pages.erased import unless_erased
from treatments.admin.pages.staff_user import user_of
from treatments.models import Alert
from treatments.reading.alert import minutes_taken, titles
from treatments.reading.reaching import name_of
from treatments.reading.redaction import redaction_for


class OpenFilter(admin.SimpleListFilter):
    title = _("show")
    parameter_name = "show"

    def lookups(self, request, model_admin):
        return [("all", _("All"))]

    def choices(self, changelist):
        for number, choice in enumerate(super().choices(changelist)):
            yield {**choice, "display": _("Open")} if number == 0 else choice

    def queryset(self, request: HttpRequest, queryset):
        return queryset if self.value() == "all" else queryset.open()


class UrgencyFilter(admin.SimpleListFilter):
    """By the most urgent of what keeps an alert open, as the list shows it; of all alarms once it is closed."""

    title = _("urgency")
    parameter_name = "urgency"

    def lookups(self, request, model_admin):
        return PRESSING

    def queryset(self, request: HttpRequest, queryset):
        if self.value() not in dict(PRESSING):
            return queryset
        pks = [alert.pk for alert in with_rows(queryset) if alert.urgency == self.value()]
        return queryset.filter(pk__in=pks)


def with_rows(alerts: QuerySet[Alert]) -> QuerySet[Alert]:
    return alerts.select_related("referral").prefetch_related(
        "alarms", "alert_entries__by", "alert_entries__to", "amendments"
    )


class AlertList(ReadOnlyChangeList):
    """Each row with the titles that its reader may have."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        for alert in self.result_list:
            alert.readable_titles = titles(alert, redaction_for(user_of(request), alert))

    def url_for_result(self, result: Model) -> str:
        return f"{self.address}{cast(Alert, result).number}/"


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    list_display = ("urgency_mark", "person", "what", "on_it", "open_for", "sent", "came_of_it")
    list_display_links = ("person",)
    list_filter = (OpenFilter, UrgencyFilter)
    change_list = AlertList
    pages = (ALERT_ACTION,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        if not request.user.has_perm("treatments.view_alert"):
            return Alert.objects.none()
        return with_rows(Alert.objects.for_list())

    def get_ordering(self, request: HttpRequest) -> tuple:
        return Alert.WORST_FIRST

    def row_or_404(self, request: HttpRequest, object_id: int) -> Alert:
        """An alert's address is the number of one of its alarms: of the first, and in older links of any."""
        found = self.get_queryset(request).filter(alarms=object_id) if object_id < 2**63 else None
        alert = found.first() if found is not None else None
        if alert is None or not self.has_view_permission(request, alert):
            raise Http404
        return unless_erased(alert)

    @admin.display(description=_("urgency"))
    def urgency_mark(self, alert: Alert):
        return urgency_badge(alert.urgency)

    @admin.display(description=_("name"))
    def person(self, alert: Alert) -> str:
        return alert.erased_words if alert.is_erased else name_of(alert) or "–"

    @admin.display(description=_("what"))
    def what(self, alert: Alert) -> str:
        """The worst of the answers, and how many there are beside it."""
        first, more = alert.readable_titles[0], len(alert.readable_titles) - 1
        if not more:
            return first
        return ngettext("%(first)s, and %(n)d more", "%(first)s, and %(n)d more", more) % {
            "first": first,
            "n": more,
        }

    @admin.display(description=_("who is on it"))
    def on_it(self, alert: Alert) -> Text:
        if not alert.open_now:
            return "–"
        if alert.taken is None:
            return _("Nobody is on it")
        more: list[Text] = [_("rang again")] if alert.rang_again else []
        if alert.asked is not None:
            more.append(_("asks %(who)s to take over") % {"who": alert.asked.whom})
        return f"{alert.taken.who} ({', '.join(map(str, more))})" if more else alert.taken.who

    @admin.display(description=_("open for"))
    def open_for(self, alert: Alert) -> str:
        return timesince(alert.open_since, depth=1) if alert.open_now else "–"

    @admin.display(description=_("intake"))
    def sent(self, alert: Alert) -> Text:
        return alert.reference or _("Not sent yet")

    @admin.display(description=_("closed"))
    def came_of_it(self, alert: Alert) -> str:
        return "–" if alert.closed is None else f"{alert.closed.who}, {minutes_taken(alert)}"

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        return show_alert(self, request, self.row_or_404(request, object_id))
