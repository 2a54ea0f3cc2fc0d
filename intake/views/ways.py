"""Where a page of questions leads: to the next one, back to the list of answers, or away from the form."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from intake.forms.pages import LEAVING
from intake.models import Drafting
from intake.questionnaire.shape import Page
from intake.views.guard import address

BACK_TO_CHECK = "check"


def leaving_to(request: HttpRequest) -> str:
    """The page that the pressed button leads away to, "" for the one to go on."""
    return next((name for name in LEAVING if name in request.POST), "")


def next_page(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """To the next page; back to the list of answers if the person came from there."""
    return HttpResponseRedirect(_next_address(request, draft, page, today))


def _next_address(request: HttpRequest, draft: Drafting, page: Page, today: date) -> str:
    if (to := request.GET.get("return")) in LEAVING:
        return address(request, to)
    following = draft.pages_after(page, today)
    if returning_to(request):
        # A changed answer may bring up new questions: those first.
        new = next((each for each in following if each.slug not in draft.saved_pages()), None)
        return with_return(request, "page", new.slug) if new else address(request, "check")
    after = next(following, None)
    return address(request, "page", after.slug) if after else address(request, "check")


def returning_to(request: HttpRequest) -> str:
    """Where the person came from and goes back to: the list of answers, or "" for nowhere in particular."""
    return BACK_TO_CHECK if request.GET.get("return") == BACK_TO_CHECK else ""


def with_return(request: HttpRequest, name: str, slug: str, *more: str) -> str:
    place, to = address(request, name, slug, *more), leaving_to(request) or returning_to(request)
    return f"{place}?return={to}" if to else place
