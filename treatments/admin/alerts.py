"""Safety alerts: unsafe answers of sent intakes and abandoned drafts, open until somebody acknowledges them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intake.fields.kinds import Text
from treatments.admin.forms.alerts import AcknowledgeForm
from treatments.admin.lists.badges import urgency_badge
from treatments.admin.lists.read_only import ReadOnlyAdmin, ReadOnlyChangeList
from treatments.admin.pages.staff_user import user_of
from treatments.models import SafetyAlert
from treatments.reading.answers import contact
from treatments.reading.redaction import redaction_for
from treatments.reading.safety import alarm_rows
from treatments.triage.access_log import opened
from treatments.triage.alerts import acknowledge
from treatments.workflow import Refused
from treatments.workflow.actions.alerts import ACKNOWLEDGE


def minutes_taken(alert: SafetyAlert) -> str:
    """From when the answer was saved until somebody acknowledged the alert, in whole minutes."""
    minutes = int((alert.acknowledgement.at - alert.raised_at).total_seconds() // 60)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


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


class AlertList(ReadOnlyChangeList):
    """Each row with the title that its reader may have."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        redaction = redaction_for(user_of(request))
        for alert in self.result_list:
            alert.readable_title = redaction.alarm_title(alert)


@admin.register(SafetyAlert)
class SafetyAlertAdmin(ReadOnlyAdmin):
    list_display = ("raised_at", "urgency_mark", "what", "person", "sent", "waiting", "acknowledged")
    list_filter = (OpenFilter, "urgency")
    list_select_related = ("submission", "submission__referral", "acknowledgement__actor")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SafetyAlert]:
        if not request.user.has_perm("treatments.view_safetyalert"):
            return SafetyAlert.objects.none()
        return SafetyAlert.objects.select_related("submission", "acknowledgement__actor")

    def get_changelist(self, request: HttpRequest, **kwargs) -> type[ReadOnlyChangeList]:
        return AlertList

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-urgency", "raised_at", "pk")  # "urgent" sorts after "same_day"

    @admin.display(description=_("urgency"))
    def urgency_mark(self, alert: SafetyAlert):
        return urgency_badge(alert.urgency)

    @admin.display(description=_("what"))
    def what(self, alert: SafetyAlert) -> str:
        return alert.readable_title

    @admin.display(description=_("name"))
    def person(self, alert: SafetyAlert) -> str:
        about = alert.submission.answers.get("about", {})
        return " ".join(filter(None, (about.get("first_name"), about.get("last_name")))) or "–"

    @admin.display(description=_("intake"))
    def sent(self, alert: SafetyAlert) -> Text:
        return alert.submission.reference or _("Not sent yet")

    @admin.display(description=_("open for"))
    def waiting(self, alert: SafetyAlert) -> str:
        return "–" if hasattr(alert, "acknowledgement") else timesince(alert.raised_at, depth=1)

    @admin.display(description=_("acknowledged"))
    def acknowledged(self, alert: SafetyAlert) -> str:
        if not hasattr(alert, "acknowledgement"):
            return "–"
        return f"{alert.acknowledgement.actor}, {minutes_taken(alert)}"

    def change_view(self, request: HttpRequest, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The unsafe answers verbatim, where the person is, and what was done about it."""
        alert = self.row_or_404(request, object_id)
        referral = getattr(alert.submission, "referral", None)
        form = AcknowledgeForm(request.POST if request.method == "POST" else None)
        refused = ""
        if request.method == "POST":
            if not request.user.has_perm(ACKNOWLEDGE.permission_on()):
                raise PermissionDenied
            if form.is_valid():
                try:
                    acknowledge(alert=alert, actor=user_of(request), **form.asked())
                except Refused as fault:
                    refused = str(fault)
                else:
                    messages.success(request, str(ACKNOWLEDGE.done))
                    return redirect("admin:treatments_safetyalert_changelist")
        opened(referral=referral, actor=user_of(request), submission=alert.submission)
        redaction = redaction_for(user_of(request))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Safety alert"),
            "alert": alert,
            "referral": referral,
            "referral_url": referral and reverse("admin:treatments_referral_change", args=[referral.pk]),
            "urgency": self.urgency_mark(alert),
            "person": self.person(alert),
            "title_of_alert": redaction.alarm_title(alert),
            "rows": alarm_rows(alert, redaction),
            "contact": contact(alert.submission),
            "acknowledgement": getattr(alert, "acknowledgement", None),
            "taken": minutes_taken(alert) if hasattr(alert, "acknowledgement") else "",
            "form": form,
            "refused": refused,
        }
        return TemplateResponse(
            request, "admin/treatments/alert.html", context, status=409 if refused else 200
        )
