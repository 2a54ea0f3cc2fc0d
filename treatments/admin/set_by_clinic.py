"""The pages on which a clinic's administrator sets something without code: who may open them, and what a save leads to."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from intake.fields.kinds import Text
from treatments import permissions
from treatments.models import Event
from treatments.reading.responders import name_of
from treatments.workflow import Refused
from treatments.workflow.events import EventKind

SHOWN = 20  # versions


class SetByClinic(admin.ModelAdmin):
    """No version is changed or deleted; a change adds one."""

    permission = permissions.SET_CLINIC

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def guard(self, request: HttpRequest) -> None:
        if not self.has_module_permission(request):
            raise PermissionDenied

    def sent(self, request: HttpRequest) -> QueryDict | None:
        return request.POST if request.method == "POST" else None

    def saved(
        self, request: HttpRequest, form: forms.Form, change: Callable[[], None], done: Text, to: str
    ) -> HttpResponse | Refused | None:
        """Where a save leads, why it was refused, or None where nothing valid was sent."""
        if not form.is_bound or not form.is_valid():
            return None
        try:
            change()
        except Refused as fault:
            return fault
        messages.success(request, str(done))
        return redirect(to)

    def show(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        status = 409 if context.get("refused") else 200
        return TemplateResponse(request, f"admin/treatments/{template}.html", context, status=status)


def changes_of(kind: EventKind) -> list[dict[str, Any]]:
    """The versions of something there is one of, the newest first, each with who made it and what it changed."""
    events = Event.objects.filter(kind=kind.key).select_related("actor").order_by("-pk")[:SHOWN]
    return [
        {
            "row": {"version": event.details["version"], "at": event.at},
            "who": name_of(event.actor) if event.actor else "",
            "changes": event.details["changes"],
        }
        for event in events
    ]
