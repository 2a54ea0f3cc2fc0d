"""The clinic's texts and words: a list of all of them, and a page to write each in the clinic's own words."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from treatments.admin.forms.clinic_texts import ClinicTextForm
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.admin.set_by_clinic import SetByClinic
from treatments.models import ClinicTextVersion
from treatments.reading.clinic_texts import earlier_versions, every_text
from treatments.triage.clinic_texts import LANGUAGE_WORDS, change_text
from treatments.workflow.clinic_texts import CLINIC_TEXTS, PLACEHOLDERS

LIST = "admin:treatments_clinictextversion_changelist"


@admin.register(ClinicTextVersion)
class ClinicTextAdmin(SetByClinic):
    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, "treatments_clinictextversion"
        return [
            path("", view(self.changelist_view), name=f"{name}_changelist"),
            path("<str:key>/<str:language>/", view(self.change_text), name=f"{name}_change"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self.guard(request)
        return self.show(request, "clinic_texts", title=title_of_list(self.opts), kinds=every_text())

    def change_text(self, request: HttpRequest, key: str, language: str) -> HttpResponse:
        """Write it, look at it with invented values, or put it back as shipped."""
        self.guard(request)
        row = CLINIC_TEXTS.get(key)
        if row is None or language not in row.default:
            raise Http404
        now = ClinicTextVersion.newest(key, language)
        only_looks = "preview" in request.POST
        sent = request.POST.copy() if request.method == "POST" else None
        if sent is not None and "as_shipped" in sent:
            sent["body"] = ""
        form = ClinicTextForm(sent, text=now)
        answer = None
        if not only_looks:
            answer = self.saved(
                request, form, lambda: store(request, now, form), _("The text was saved."), LIST
            )
        if isinstance(answer, HttpResponse):
            return answer
        stale = answer is not None and answer.stale
        if stale and sent is not None:
            # What somebody saved meanwhile stands beside it: pressing again is then deliberate.
            now = ClinicTextVersion.newest(key, language)
            sent["seen_version"] = str(now.version)
            form = ClinicTextForm(sent, text=now)
        return self.show(
            request,
            "clinic_text",
            title=f"{row.label} ({LANGUAGE_WORDS[language]})",
            form=form,
            language=language,
            refused=str(answer or ""),
            theirs=current(now) if stale else "",
            now=now,
            placeholders=[(name, PLACEHOLDERS[name].words) for name in row.placeholders],
            preview=row.with_examples(typed(form, now), language),
            shipped=row.default_in(language),
            versions=earlier_versions(key, language),
        )


def store(request: HttpRequest, text: ClinicTextVersion, form: ClinicTextForm) -> None:
    told = form.cleaned_data
    change_text(
        actor=user_of(request),
        key=text.key,
        language=text.language,
        body=told["body"],
        seen=told["seen_version"],
    )


def current(text: ClinicTextVersion) -> str:
    return text.body or CLINIC_TEXTS[text.key].default_in(text.language)


def typed(form: ClinicTextForm, text: ClinicTextVersion) -> str:
    """What the preview is made of: what was typed, if it can stand, else ""; before that what counts now."""
    if not form.is_bound:
        return current(text)
    return (form.cleaned_data.get("body") or form.row.default_in(text.language)) if form.is_valid() else ""
