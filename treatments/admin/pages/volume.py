"""Who opened far more than they usually do: a page of the privacy officer's record."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from treatments.admin.lists.read_only import ReadOnlyAdmin
from treatments.admin.pages.page import Page
from treatments.figures import reading_volume


def show_volume(admin: ReadOnlyAdmin, request: HttpRequest, _row: None) -> HttpResponse:
    rows = reading_volume.read_openings(timezone.now())
    spans = [(days, reading_volume.unusual(rows, place)) for place, days in enumerate(reading_volume.SPANS)]
    readers = {reader.actor for _days, found in spans for reader in found}
    people = get_user_model().objects.in_bulk(readers)
    context = admin.page_context(
        request,
        title=_("Unusual volume"),
        spans=[
            (days, [(reader, name_of(people[reader.actor])) for reader in found]) for days, found in spans
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
