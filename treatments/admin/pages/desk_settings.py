"""The pages on which staff name, rename and delete their views of the worklist, and turn single keys on or off."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.lists.views import kept_query
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.models import KeySetting, SavedView
from treatments.models.desk_setting import NAME_LENGTH
from treatments.triage.desk_settings import delete_view, rename_view, save_view, set_keys
from treatments.workflow import Refused

LIST = "admin:treatments_referral_changelist"


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=NAME_LENGTH)


def views_page(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    """One's own views; the address holds the filters of the list that one comes from, which may be saved."""
    query = kept_query(request.GET, lambda key: is_kept(admin, request, key))
    if request.method == "POST":
        try:
            return _changed(request, query)
        except Refused as fault:
            messages.error(request, str(fault))
    context = admin.page_context(
        request,
        title=_("Your views of the worklist"),
        form=NameForm(),
        query=query,
        views=SavedView.objects.filter(user=user_of(request)),
        back=f"{reverse(LIST)}?{query}",
    )
    return TemplateResponse(request, "admin/treatments/views.html", context)


def views_offered(_admin: ReadOnlyAdmin, _request: HttpRequest) -> dict[str, str]:
    """The way to the page on which a view is saved."""
    return {"save_view_url": reverse("admin:treatments_referral_views")}


def is_kept(admin: ReadOnlyAdmin, request: HttpRequest, key: str) -> bool:
    """Whether a view keeps this part of an address: a filter or the order, never a place and never a search."""
    return key == "o" or admin.lookup_allowed(key, "", request)


def _changed(request: HttpRequest, query: str) -> HttpResponse:
    user, name = user_of(request), request.POST.get("name", "")
    if "save" in request.POST:
        save_view(user=user, name=name, query=query)
        messages.success(request, _("The view is saved."))
        return redirect(f"{reverse(LIST)}?{query}")
    key = request.POST.get("rename") or request.POST.get("delete") or ""
    view = SavedView.objects.filter(user=user, pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if view is None:
        raise Http404
    if "rename" in request.POST:
        rename_view(view=view, name=name)
        messages.success(request, _("The view has its new name."))
    else:
        delete_view(view=view)
        messages.success(request, _("The view is deleted."))
    return redirect(f"{request.path}?{query}")


def keys_page(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    """Which keys there are, and whether they are on for whoever looks."""
    user = user_of(request)
    if request.method == "POST":
        set_keys(user=user, on=request.POST.get("keys") == "on")
        return redirect(request.path)
    context: dict[str, Any] = admin.page_context(
        request, title=_("Keys"), keys_on=KeySetting.objects.filter(user=user).exists(), keys=KEYS
    )
    return TemplateResponse(request, "admin/treatments/keys.html", context)


# What treatments/static/treatments/keys.js does, in the order of the page. None of them decides anything.
KEYS = (
    (
        ("j", "k"),
        gettext_lazy("down and up a list; on a person's page, to the next and the previous section"),
    ),
    (("Enter",), gettext_lazy("open the row")),
    (("x",), gettext_lazy("select the row")),
    (("c",), gettext_lazy("to “Claim”, of the row or of the page")),
    (("n", "p"), gettext_lazy("next and previous person of the list")),
    (("r",), gettext_lazy("to the queues: the first box to tick")),
    (
        ("1", "2", "3"),
        gettext_lazy("tick the first, second or third queue; in the worklist, the views in their order"),
    ),
    (("l",), gettext_lazy("log a call")),
    (("a",), gettext_lazy("ask the patient; for a team, accept")),
    (("b",), gettext_lazy("book")),
    (("/",), gettext_lazy("search")),
    (("?",), gettext_lazy("this page")),
)
VIEWS = Page("views/", "views", views_page, "treatments.view_referral", methods=WITH_FORM)
KEYS_PAGE = Page("keys/", "keys", keys_page, methods=WITH_FORM)
