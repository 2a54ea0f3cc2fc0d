"""The director's page: figures of a period, of nobody by name, as they were last counted."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.fields.kinds import Text
from treatments.admin.pages.exports import FORMS, as_file
from treatments.exports import figures
from treatments.figures.intake import FILTERS, name_of_page
from treatments.figures.tally import PERIODS, USUAL, names_of
from treatments.models import FigureCount

FILTER_WORDS: dict[str, Text] = {
    "channel": gettext_lazy("How the form came"),
    "language": gettext_lazy("Language"),
    "queue": gettext_lazy("Queue"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to the same page with another period or of other people."""

    words: Text
    query: str
    current: bool


def figures_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    """As a page, or with ``form`` as a file; neither tells of anybody by name."""
    if not request.user.has_perm("treatments.view_referral"):
        raise PermissionDenied
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else USUAL
    kind, name = _filter(request)
    of_whom = str(names_of(kind)[name]) if kind else ""
    title = _title(days, of_whom)
    counted = FigureCount.of(name_of_page(days, kind, name))
    told = {**counted.shown, "part": of_whom} if counted else {}
    form = request.GET.get("form")
    if told and form in FORMS:
        file = "-".join(part for part in (f"figures-{days}-days", name) if part)
        return as_file(file, title, form, figures.titles(), figures.rows(told))
    shown = {
        "title": title,
        "query": _query(days, kind, name),
        "forms": FORMS if counted else (),
        "periods": _periods(days, kind, name),
        "filters": _filters(days, name),
        "everybody": Choice(_("Everybody"), _query(days), not kind),
        "counted": localtime(counted.at) if counted else None,
        "late": counted is not None and counted.is_late(now()),
        "since": localtime(counted.at) - timedelta(days=days) if counted else None,
        **told,
    }
    return TemplateResponse(request, "admin/treatments/figures.html", {**context, **shown})


def _filter(request: HttpRequest) -> tuple[str, str]:
    """What the page is narrowed to, one kind and one of its names, or nothing."""
    asked = [(kind, request.GET[kind]) for kind in FILTERS if request.GET.get(kind)]
    if len(asked) > 1:
        raise BadRequest("One filter at a time: two together could tell of a few people.")
    if asked and asked[0][1] not in names_of(asked[0][0]):
        raise BadRequest("These filters can't be read.")
    return asked[0] if asked else ("", "")


def _title(days: int, of_whom: str) -> str:
    title = ngettext("Intake, last %(n)d day", "Intake, last %(n)d days", days) % {"n": days}
    return f"{title}: {of_whom}" if of_whom else title


def _query(days: int, kind: str = "", name: str = "") -> str:
    return f"?days={days}&{kind}={name}" if kind else f"?days={days}"


def _periods(current: int, kind: str, name: str) -> list[Choice]:
    words = ngettext("%(n)d day", "%(n)d days", current)
    return [Choice(words % {"n": days}, _query(days, kind, name), days == current) for days in PERIODS]


def _filters(days: int, current: str) -> list[tuple[Text, list[Choice]]]:
    return [
        (
            FILTER_WORDS[kind],
            [
                Choice(words, _query(days, kind, name), name == current)
                for name, words in names_of(kind).items()
            ],
        )
        for kind in FILTERS
    ]
