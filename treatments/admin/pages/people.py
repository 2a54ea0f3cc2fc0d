"""The privacy officer's page of the record: what is to review first, then who saw and did what, by person and hour."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from intake.fields.kinds import Text
from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import Page
from treatments.admin.pages.review import rows_of
from treatments.admin.pages.staff_user import user_of
from treatments.admin.pages.volume import name_of
from treatments.figures.record_hours import FILTERS, Line, hour_name, hour_named, read_lines
from treatments.figures.to_review import DAYS, MOST_SHOWN, to_review
from treatments.permissions import VIEW_EVENTS
from treatments.workflow.events import Group

LIST = "admin:treatments_event_changelist"


def show_people(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    """``?who=`` is a member of staff, ``?before=`` an hour; ``group`` and ``kind__exact`` as in the list of entries."""
    asked = urlencode({name: request.GET[name] for name in ("group", "kind__exact") if name in request.GET})
    asked = asked if asked in dict(FILTERS) else ""
    number = request.GET.get("who", "")
    known = number.isascii() and number.isdigit() and len(number) < 19
    person = get_user_model().objects.filter(pk=int(number)).first() if known else None
    page = read_lines(asked, person.pk if person else None, hour_named(request.GET.get("before", "")))
    who = f"who={person.pk}" if person else ""
    open_now = to_review(user_of(request))
    context = admin.page_context(
        request,
        title=_("Record of access"),
        to_review=rows_of(open_now),
        many=MOST_SHOWN in Counter(item.why for item in open_now.items).values(),
        since=open_now.since,
        days=DAYS,
        filters=[(words, address(name, who), name == asked) for name, words in FILTERS],
        person=person and name_of(person),
        without_person=address(asked),
        lines=named(page.lines, asked),
        cut=page.cut,
        earlier=page.before and address(asked, who, f"before={hour_name(page.before)}"),
        newest=address(asked, who) if "before" in request.GET else "",
    )
    return TemplateResponse(request, "admin/treatments/people.html", context)


PEOPLE = Page("people/", "people", show_people, VIEW_EVENTS)


def address(*asked: str) -> str:
    return "?" + "&".join(filter(None, asked))


def named(lines: list[Line], asked: str) -> list[tuple[Line, Text, str, str]]:
    """Each with who it is of, the address of the person's lines alone, and that of its entries."""
    people = get_user_model().objects.in_bulk({line.actor for line in lines if line.actor is not None})
    found: list[tuple[Line, Text, str, str]] = []
    for line in lines:
        hour, entries = f"hour={line.address}", reverse(LIST)
        if line.actor is None:
            words = (
                _("at the server, or not signed in") if line.group != Group.REFUSED else _("not signed in")
            )
            entries += address(asked or f"group={line.group}", "who=nobody", hour)
            found.append((line, words, "", entries))
        else:
            who = f"who={line.actor}"
            entries += address(asked, who, hour)
            found.append((line, name_of(people[line.actor]), address(asked, who), entries))
    return found
