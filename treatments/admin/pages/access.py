"""Changes of who may read patients: what a privacy officer has yet to look at, and the button that says they have."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import WITH_FORM, Page
from treatments.admin.pages.staff_user import user_of
from treatments.figures.access import to_look_at
from treatments.permissions import VIEW_EVENTS
from treatments.triage.access_review import review_access
from treatments.workflow.event_words import account_words


def show_access(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    user = user_of(request)
    if request.method == "POST":
        text = request.POST.get("up_to", "")
        if text.isascii() and text.isdigit() and len(text) < 19:
            review_access(actor=user, up_to=int(text))
            messages.success(request, _("Noted that you have looked at these changes."))
        return redirect("admin:treatments_event_access")
    events = to_look_at(user)
    rows = [(event, account_words(event.details)) for event in events]
    context = admin.page_context(request, title=_("Changes of access"), rows=rows)
    return TemplateResponse(request, "admin/treatments/access.html", context)


ACCESS = Page("access/", "access", show_access, VIEW_EVENTS, WITH_FORM)
