"""The payers' criteria: a list of the packs, a page for each to read, print and sign."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from treatments import permissions
from treatments.admin.lists.read_only import title_of_list
from treatments.admin.pages.staff_user import user_of
from treatments.catalog import TREATMENTS
from treatments.models import PackReview
from treatments.payers.loading import PACKS
from treatments.payers.names import PAYERS
from treatments.payers.shapes import Pack, is_due_for_review
from treatments.reading.payer_lines import review_words
from treatments.triage.pack_reviews import review_pack
from treatments.workflow import Refused
from treatments.workflow.payer_words import LINE_WORDS

PAGE = "admin:treatments_packreview_changelist"


@admin.register(PackReview)
class PackReviewAdmin(admin.ModelAdmin):
    """Nothing is changed here: a pack is data of a release, a review is a row more."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(permissions.VIEW_PAYER)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="treatments_packreview_changelist"),
            path("<slug:pack>/", view(self.pack_view), name="treatments_packreview_pack"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if not self.has_module_permission(request):
            raise PermissionDenied
        reviews = PackReview.standing()
        context = self._context(request, title_of_list(self.opts))
        context["rows"] = [row_of(pack, reviews) for pack in PACKS.values()]
        return TemplateResponse(request, "admin/treatments/packs.html", context)

    def pack_view(self, request: HttpRequest, pack: str) -> HttpResponse:
        if not self.has_module_permission(request):
            raise PermissionDenied
        shown = PACKS.get(pack)
        if shown is None:
            raise Http404
        refused = ""
        if request.method == "POST":
            try:
                review_pack(actor=user_of(request), pack=pack, version=request.POST.get("version", ""))
            except Refused as fault:
                refused = str(fault)
            else:
                messages.success(request, _("The review is on record."))
                return redirect("admin:treatments_packreview_pack", pack)
        context = self._context(request, shown.pack)
        row = row_of(shown, PackReview.standing())
        context |= {"row": row, "refused": refused, "earlier": earlier_reviews(shown)}
        context["may_review"] = not row["review"] and request.user.has_perm(permissions.REVIEW_PACK)
        return TemplateResponse(
            request, "admin/treatments/pack.html", context, status=409 if refused else 200
        )

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": title}


def row_of(pack: Pack, reviews: dict[tuple[str, str], PackReview]) -> dict[str, Any]:
    """A pack as list and page show it."""
    review = reviews.get((pack.pack, pack.version))
    payer = PAYERS.get(pack.payer)
    return {
        "pack": pack,
        "payer": payer.name if payer else _("A strict list of our own"),
        "treatment": TREATMENTS[pack.treatment].name,
        "lines": [LINE_WORDS[line] for line in pack.line],
        "read_on": date.fromisoformat(pack.read_on) if pack.read_on else None,
        "review": review,
        "reviewed": review_words(review),
        "is_old": is_due_for_review(pack, timezone.localdate()),
    }


def earlier_reviews(pack: Pack) -> list[PackReview]:
    """Of versions before this one, the newest first."""
    rows = PackReview.objects.filter(pack=pack.pack).exclude(version=pack.version)
    return list(rows.select_related("by").order_by("-at"))
