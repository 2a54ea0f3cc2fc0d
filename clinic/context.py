"""Gives every template the clinic's name, phone, hours and response time, and what else stands around a page."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

# Nothing about the person goes with the link: no referrer, and no page of ours in its address.
QUICK_EXIT_TO = "https://www.weather.gov/"


def clinic(request: HttpRequest) -> dict:
    return {
        "clinic": settings.CLINIC,
        "demo": settings.DEMO,
        "quick_exit": QUICK_EXIT_TO if settings.QUICK_EXIT else "",
        "other_languages": other_languages(),
    }


def other_languages() -> list[dict[str, str]]:
    """The languages besides this page's in which it is offered, each by its own name."""
    return [
        {"code": code, "name": get_language_info(code)["name_local"].capitalize()}
        for code in settings.OFFERED_LANGUAGES
        if code != get_language()
    ]
