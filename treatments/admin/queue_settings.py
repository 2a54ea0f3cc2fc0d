"""The queues' settings: which are paused, how full each is, and a small page to change one's own."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.admin.forms.consults import QueueSettingForm
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.catalog import TREATMENTS
from treatments.models import QueueSetting
from treatments.triage.queue_settings import change_queue, open_consults
from treatments.workflow import Refused


@admin.register(QueueSetting)
class QueueSettingAdmin(admin.ModelAdmin):
    """A list of the queues this person may change, and a page for each; nothing is added or deleted."""

    def own(self, request: HttpRequest) -> list[str]:
        return [key for key in TREATMENTS if permissions.may_set_queue(request.user, key)]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(self.own(request))

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return bool(self.own(request))

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="treatments_queuesetting_changelist"),
            path("<slug:treatment>/", view(self.show_setting), name="treatments_queuesetting_change"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        own = self.own(request)
        if not own:
            raise PermissionDenied
        settings, counts = QueueSetting.every(), open_consults()
        rows = [
            {
                "setting": settings[key],
                "open": counts[key],
                "full": (most := settings[key].most_open) is not None and counts[key] >= most,
                "url": reverse("admin:treatments_queuesetting_change", args=[key]),
            }
            for key in own
        ]
        return self.show(request, "queue_settings", title=title_of_list(self.opts), rows=rows)

    def show_setting(self, request: HttpRequest, treatment: str) -> HttpResponse:
        """Pause the queue or take it up again, and set its limit."""
        if treatment not in self.own(request) or request.method not in ("GET", "HEAD", "POST"):
            raise Http404
        setting = QueueSetting.of(treatment)
        form = QueueSettingForm(request.POST if request.method == "POST" else None, setting=setting)
        refused = ""
        if form.is_bound and form.is_valid():
            try:
                change_queue(treatment=treatment, actor=user_of(request), **form.asked())
            except Refused as fault:
                refused = str(fault)
            else:
                messages.success(request, _("The queue was changed."))
                return redirect("admin:treatments_queuesetting_changelist")
        title = _("Queue: %(queue)s") % {"queue": setting.queue}
        return self.show(request, "queue_setting", title=title, form=form, refused=refused)

    def show(self, request: HttpRequest, template: str, **context) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        status = 409 if context.get("refused") else 200
        return TemplateResponse(request, f"admin/treatments/{template}.html", context, status=status)
