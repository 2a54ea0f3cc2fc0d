"""Clear pages for what goes wrong before a view is reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone

from intake.forms.pages import EntryForm, PageForm
from intake.views import away
from intake.views.answering import again
from intake.views.guard import public, row_of
from intake.views.helping import draft_context
from intake.views.pages import form_of, render_page
from intake.views.status import sent_of


@public
def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose safety token no longer fits, say after a long pause: shown again with what was typed.

    Nothing is saved. The session cookie never comes with another site's POST (SameSite), so a draft in
    the session means that the person's own page was sent.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return render(request, "403_csrf.html", status=403)
    if match.app_name == "intake" and (sent := sent_of(request)) is not None:
        context = again(match.url_name or "", sent, request.POST)
        if context is not None:
            return render(
                request, f"intake/status/{match.url_name}.html", {**context, "stale": True}, status=403
            )
    draft = row_of(request) if match.app_name == "intake" else None
    if draft is None or not draft.is_draft:
        return render(request, "403_csrf.html", status=403)
    if away.is_away(request, draft):
        return away.page(request, draft, status=403)
    page = draft.questionnaire.by_slug.get(match.kwargs.get("slug", ""))
    today = timezone.localdate()
    if page is None or not draft.applies(page, today):
        return render(request, "403_csrf.html", status=403)
    form: PageForm | EntryForm
    if match.url_name == "page" and page.entries is None:
        form, template = form_of(page, draft, today, request.POST), "intake/page.html"
    elif match.url_name == "entry" and page.entries is not None:
        form, template = EntryForm(page, None, request.POST, today=today), "intake/entry.html"
    elif match.url_name == "help":
        context = {**draft_context(request, draft, page, request.POST), "stale": True}
        return render(request, "intake/help.html", context, status=403)
    else:
        return render(request, "403_csrf.html", status=403)
    response = render_page(request, draft, page, form, today, template=template, stale=True)
    response.status_code = 403
    return response
