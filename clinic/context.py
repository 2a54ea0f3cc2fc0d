"""Gives every template the clinic's name, phone, hours and response time, and what else stands around a page."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from intake.locations import location_of, settings_of

# Nothing about the person goes with the link: no referrer, and no page of ours in its address.
QUICK_EXIT_TO = "https://www.weather.gov/"


def clinic(request: HttpRequest) -> dict:
    here = settings_of(location_of(request))
    return {
        "clinic": here,
        "demo": settings.DEMO,
        "second_factor": settings.STAFF_SECOND_FACTOR,
        "quick_exit": QUICK_EXIT_TO if here.quick_exit else "",
        "other_languages": other_languages(here.offered_languages),
    }


def other_languages(offered: tuple[str, ...]) -> list[dict[str, str]]:
    """The languages besides this page's in which it is offered, each by its own name."""
    return [
        {"code": code, "name": get_language_info(code)["name_local"].capitalize()}
        for code in offered
        if code != get_language()
    ]
