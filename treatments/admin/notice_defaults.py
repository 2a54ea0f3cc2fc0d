"""Who hears what: which notices each role gets by default, on one page, with the versions there were."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from treatments.admin.forms.set_by_clinic import NoticeDefaultsForm
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.admin.set_by_clinic import SetByClinic, changes_of
from treatments.models import NoticeDefaults
from treatments.triage.notice_defaults import change_defaults
from treatments.workflow.events import DEFAULTS_CHANGED
from treatments.workflow.notice_defaults import NOTICE_KINDS

NAME = "treatments_noticedefaults_changelist"


@admin.register(NoticeDefaults)
class NoticeDefaultsAdmin(SetByClinic):
    def get_urls(self) -> list[URLPattern]:
        return [path("", self.admin_site.admin_view(self.changelist_view), name=NAME)]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self.guard(request)
        form = NoticeDefaultsForm(self.sent(request), defaults=NoticeDefaults.newest())
        answer = self.saved(
            request,
            form,
            lambda: change_defaults(
                actor=user_of(request), seen=form.cleaned_data["seen_version"], deliveries=form.wanted()
            ),
            _("Who hears what was saved."),
            f"admin:{NAME}",
        )
        if isinstance(answer, HttpResponse):
            return answer
        return self.show(
            request,
            "notice_defaults",
            title=title_of_list(self.opts),
            form=form,
            kinds=NOTICE_KINDS.values(),
            refused=str(answer or ""),
            versions=changes_of(DEFAULTS_CHANGED),
        )
