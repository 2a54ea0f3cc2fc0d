"""After two hours without activity a browser's form asks who is there before anything of it is shown.

When this browser was last shown something stands in a signed cookie of its own: reading a page writes nothing, and
that its owner goes on elsewhere opens nothing here.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from intake.entry import entry_of
from intake.forms.resume import BirthForm, WhoForm
from intake.models import Drafting, Entered, ResumeKey, Submission
from intake.views import work
from intake.views.carried import cookie_name
from intake.views.help_sections import levels_said, reading_of, said_in, sections_of
from intake.views.network import address_of

ALONE_FOR = timedelta(hours=2)
RENEWED_AFTER = 60  # seconds: a mark that is younger stands, since setting one costs a fiftieth of a page
HERE = "here"  # the cookie
WHO = f"{WhoForm.prefix}-"  # what the names of the question begin with
AGAIN = "who-again"  # posted with the answer to it: the rest is to be done, not only shown
ANEW = "anew"  # posted to the front page: whose form that was does not matter
BY_CODE = "code"  # in the address of the page for a code
BIRTH = "about-date_of_birth"
View = Callable[[], HttpResponse]


def is_away(request: HttpRequest, row: Drafting) -> bool:
    """Whether ``row`` is shown only to who says whose it is. Staff at the phone have a session that ends by itself."""
    return isinstance(row, Submission) and not is_here(request, row) and holds_anything(row)


def holds_anything(row: Submission, *, besides: frozenset[str] = frozenset()) -> bool:
    """Whether anything worth hiding was told: not so on the pages before the one that asks for the date of birth.

    ``besides``: answers that do not count, as paths.
    """
    if row.date_of_birth or not row.is_draft:
        return True
    told = {f"{section}.{key}" for section, values in row.answers.items() for key in values}
    told -= {"about.filled_by", *besides}
    return any(not path.startswith("consent.") for path in told)


def is_here(request: HttpRequest, row: Drafting) -> bool:
    """Whether this browser was shown something of ``row`` within ``ALONE_FOR``, or staff are entering it."""
    return bool(entry_of(request)) or _marked_at(request, row) is not None


def _marked_at(request: HttpRequest, row: Drafting) -> int | None:
    """When this browser was last shown something, in seconds; None where that was longer ago, or never."""
    marked = _signed_at(request.COOKIES.get(cookie_name(request, HERE), ""), _salt(row))
    return marked if marked is not None and _now() - marked <= ALONE_FOR.total_seconds() else None


def _now() -> int:
    return int(timezone.now().timestamp())


@lru_cache(
    maxsize=2048
)  # a mark stands for a minute of pages, and checking its signature costs a thirtieth of one
def _signed_at(cookie: str, salt: str) -> int | None:
    """When a cookie of ours was signed, in seconds; None for what we did not sign."""
    try:
        return int(Signer(salt=salt).unsign(cookie))
    except (BadSignature, ValueError):
        return None


def stay(
    request: HttpRequest, response: HttpResponse, row: Drafting, marked: int | None = None
) -> HttpResponse:
    """Count the two hours from now on; from when this browser was ``marked`` if that was in this minute."""
    if not isinstance(row, Submission) or entry_of(request):
        return response
    now = _now()
    if marked is None or now - marked >= RENEWED_AFTER:
        response.set_cookie(
            cookie_name(request, HERE),
            Signer(salt=_salt(row)).sign(str(now)),
            max_age=ALONE_FOR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _salt(row: Drafting) -> str:
    return f"{HERE}.{row.pk}"


def first(request: HttpRequest, row: Drafting, view: View, *, saves: bool = False) -> HttpResponse:
    """What ``view`` answers, to who was here or says their date of birth now; else the page that asks for it.

    ``saves``: what was typed is stored first, since that shows nothing, and an unsafe answer does not wait. But for
    the date of birth itself: whoever set it would then know it.
    """
    if not isinstance(row, Submission) or entry_of(request):
        return view()
    marked = _marked_at(request, row)
    if marked is not None or not holds_anything(row):
        return stay(request, view(), row, marked)
    if any(name.startswith(WHO) for name in request.POST):
        return _judge(request, row, view)
    rang = False
    if saves and request.method == "POST":
        typed = request.POST
        request.POST = _without_birth(typed)  # type: ignore[assignment]
        try:
            view()
        finally:
            request.POST = typed
        rang = row.has_rung
    return page(request, row, saved=saves, rang=rang)


def _judge(request: HttpRequest, row: Submission, view: View) -> HttpResponse:
    form = WhoForm(request.POST, today=timezone.localdate(), carries=_carried(request))
    if refused := refusal(request, row, form, lambda failed: page(request, row, form, failed=failed)):
        return refused
    response = view() if AGAIN in request.POST else redirect(request.get_full_path())
    return stay(request, response, row)


def refusal(
    request: HttpRequest, row: Submission, form: BirthForm, show: Callable[[Entered | None], HttpResponse]
) -> HttpResponse | None:
    """None for who knows the date of birth of ``row``; else what ``show`` answers, or the question for work."""
    if not form.is_valid():
        return show(None)
    entered = ResumeKey.recognize(
        row,
        birth=form.cleaned_data["date_of_birth"],
        address=address_of(request),
        worked=work.is_done(request, work.ENTERING),
    )
    if entered.draft is not None:
        return None
    if entered.may_work and not work.is_asked_for(request):
        return work.ask(request, work.ENTERING, without=False)
    return show(entered)


def page(
    request: HttpRequest,
    row: Drafting,
    form: WhoForm | None = None,
    *,
    failed: Entered | None = None,
    saved: bool = False,
    rang: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page that asks; what was posted goes along in it, and the help that it calls for stands first."""
    said = said_in(row.questionnaire, request.POST, timezone.localdate())
    levels = levels_said(row.questionnaire, said)
    context = {
        "form": form or WhoForm(today=timezone.localdate(), carries=_carried(request)),
        "known": bool(getattr(row, "date_of_birth", "")),
        "failed": failed,
        "posted": request.method == "POST" and form is None,
        "saved": saved,
        "sections": sections_of(levels) if levels or rang else [],
        "reading": next(filter(None, map(reading_of, said)), ""),
    }
    too_many = failed is not None and failed.too_many
    return render(request, "intake/away.html", context, status=429 if too_many else status)


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted, without our own fields."""
    if request.method != "POST":
        return []
    ours = ("csrfmiddlewaretoken", work.FIELD)
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    rest = [(name, value) for name, value in sent if name not in ours and not name.startswith(WHO)]
    asked_before = any(name.startswith(WHO) for name, _value in sent)
    return [*rest, (AGAIN, "1")] if not asked_before or AGAIN in request.POST else rest


def _without_birth(typed: QueryDict) -> QueryDict:
    kept = typed.copy()
    for name in [name for name in typed if name.startswith(BIRTH)]:
        del kept[name]
    return kept
