"""Where a page of questions leads: to the next one, back to the list of answers, or away by a button of its form.

The buttons that lead away are all named ``leave``: what is on the page is saved first, and no fault holds anybody up.
"""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from intake.locations import location_of, settings_of
from intake.models import Drafting
from intake.questionnaire.page import Page
from intake.views.guard import address

BACK_TO_CHECK = "check"
LEAVE = "leave"  # the name of every button that leads away
TASKS, LATER, BACK = "tasks", "later", "back"
SAME = "same"  # the same page once more: in another language
IN = "in-"  # what such a button says, before the language


def leaving_to(request: HttpRequest) -> str:
    """Where the pressed button leads: TASKS, LATER, BACK or SAME; "" for the one to go on."""
    pressed = request.POST.get(LEAVE, "")
    if pressed in (TASKS, LATER, BACK):
        return pressed
    if language_in(request):
        return SAME
    # On a page that was opened before they had one name.
    return next((name for name in (TASKS, LATER, BACK) if name in request.POST), "")


def language_in(request: HttpRequest) -> str:
    """The language that the pressed button asks for, "" for none."""
    pressed = request.POST.get(LEAVE, "")
    code = pressed.removeprefix(IN) if pressed.startswith(IN) else ""
    return code if code in settings_of(location_of(request)).offered_languages else ""


def leaving_after_help(request: HttpRequest) -> str:
    """Where the button that was pressed on the page before its help leads, "" for the one to go on."""
    to = request.GET.get("return", "").removesuffix(f"-{BACK_TO_CHECK}")
    return to if to in (TASKS, LATER, BACK, SAME) else ""


def way_out(
    request: HttpRequest,
    draft: Drafting,
    page: Page,
    to: str,
    today: date,
    *,
    key: str = "",
    second: bool = False,
) -> str:
    """The address that ``to`` leads to from ``page``, from its entry ``key``, or from that one's ``second`` page."""
    names = ["page", "entry", "more"][: 1 + bool(key) + second]
    if to == BACK:
        names.pop()
    elif to != SAME:
        return address(request, to)
    if names:
        return with_return(request, names[-1], page.slug, *([key] if len(names) > 1 else []))
    if returning_to(request):
        return address(request, "check")
    asked = [each.slug for each in draft.pages(today)]
    at = asked.index(page.slug) if page.slug in asked else 0
    return address(request, "page", asked[at - 1]) if at else address(request, "tasks")


def next_page(request: HttpRequest, draft: Drafting, page: Page, today: date) -> HttpResponse:
    """To the next page; back to the list of answers if the person came from there."""
    return HttpResponseRedirect(_next_address(request, draft, page, today))


def _next_address(request: HttpRequest, draft: Drafting, page: Page, today: date) -> str:
    following = draft.pages_after(page, today)
    if returning_to(request):
        # A changed answer may bring up new questions: those first.
        new = next((each for each in following if each.slug not in draft.saved_pages()), None)
        return with_return(request, "page", new.slug) if new else address(request, "check")
    after = next(following, None)
    return address(request, "page", after.slug) if after else address(request, "check")


def returning_to(request: HttpRequest) -> str:
    """Where the person came from and goes back to: the list of answers, or "" for nowhere in particular."""
    came = request.GET.get("return", "")
    return BACK_TO_CHECK if came == BACK_TO_CHECK or came.endswith(f"-{BACK_TO_CHECK}") else ""


def with_return(request: HttpRequest, name: str, slug: str, *more: str) -> str:
    """The address of a page that leads back to where the person came from."""
    return _returning(address(request, name, slug, *more), returning_to(request))


def to_help(request: HttpRequest, page: Page) -> str:
    """The address of the help after ``page``, which then leads where the pressed button does."""
    to, came = leaving_to(request), returning_to(request)
    both = f"{to}-{came}" if came and to in (BACK, SAME) else to or came
    return _returning(address(request, "help", page.slug), both)


def _returning(place: str, to: str) -> str:
    return f"{place}?return={to}" if to else place
