"""Who opened, searched or listed far more than they usually do: a page of the privacy officer's record."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import Page
from treatments.figures import reading_volume
from treatments.models import Event
from treatments.workflow.events import GROUP_WORDS, SEARCHED, Group

# What is counted, each by itself, since a list that was shown is no opening of a person; and how the record lists it.
COUNTED = (
    (GROUP_WORDS[Group.LOOKS], Event.READS, f"group={Group.LOOKS}"),
    (_("Searched"), (SEARCHED.key,), f"kind__exact={SEARCHED.key}"),
    (GROUP_WORDS[Group.LISTS], Event.LISTINGS, f"group={Group.LISTS}"),
)


def show_volume(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    now = timezone.now()
    rows = [(words, asked, reading_volume.read_looks(now, kinds)) for words, kinds, asked in COUNTED]
    tables = [
        (days, words, asked, reading_volume.unusual(looks, place))
        for place, days in enumerate(reading_volume.SPANS)
        for words, asked, looks in rows
    ]
    readers = {reader.actor for *_about, found in tables for reader in found}
    people = get_user_model().objects.in_bulk(readers)
    context = admin.page_context(
        request,
        title=_("Unusual volume"),
        tables=[
            (days, words, asked, [(reader, name_of(people[reader.actor])) for reader in found])
            for days, words, asked, found in tables
        ],
        times=reading_volume.TIMES,
        least=reading_volume.LEAST,
        look_back=reading_volume.LOOK_BACK,
    )
    return TemplateResponse(request, "admin/treatments/volume.html", context)


def name_of(person: User) -> str:
    """The full name with the user name: two people may share the one."""
    full = person.get_full_name()
    return f"{full} ({person.get_username()})" if full else person.get_username()


VOLUME = Page("volume/", "volume", show_volume, "treatments.view_event")
