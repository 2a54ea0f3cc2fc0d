"""What a clinic has set is read in one place, and a page kept for one location is never shown at another."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils.translation import override

from intake import locations
from intake.forms.pages import PageForm
from intake.locations import LocationSettings, set_settings_source, settings_of
from intake.questionnaire.intake import INTAKE
from intake.views import page_cache

PLACE = INTAKE.place_of(INTAKE.by_slug["reason"], {}, "")


@pytest.fixture
def put(db) -> Iterator:
    """``put(location, **changes)`` sets something for one location; what is not put is as it was."""
    known: dict[object, LocationSettings] = {}
    usual = settings_of(None)

    def change(location: object, **changes) -> None:
        known[location] = replace(known.get(location, usual), **changes)

    before = set_settings_source(lambda location: known.get(location, usual))
    page_cache.frame.cache_clear()
    yield change
    set_settings_source(before)
    page_cache.frame.cache_clear()


def page_at(location: object, answers: dict | None = None) -> str:
    """A kept page as somebody at this location sees it."""
    request = RequestFactory().get(reverse("intake:page", args=["reason"]))
    request.location, request.resolver_match = location, resolve(request.path)
    form = PageForm(INTAKE.by_slug["reason"], {"today": "2026-11-20", **(answers or {})}, "cssrs")
    return page_cache.framed(request, INTAKE, form, PLACE, "").content.decode()


@pytest.mark.parametrize("answers", [None, {"reason": {"goals": "Sleep"}}], ids=["blank", "answered"])
def test_no_page_of_one_location_is_shown_at_another(put, answers) -> None:
    put("north", name="North Clinic", phone="+1 212 555 0111")
    put("south", name="South Clinic", phone="+1 212 555 0122")
    for _time in range(2):
        for own, other in (("north", "south"), ("south", "north")):
            page = page_at(own, answers)
            assert f"{own.capitalize()} Clinic" in page and settings_of(own).phone in page
            assert f"{other.capitalize()} Clinic" not in page and settings_of(other).phone not in page
    assert page_cache.frame.cache_info().hits == 2, "each location's second page is the kept one"


def test_two_locations_share_no_frame_even_where_all_they_have_set_is_the_same(put) -> None:
    page_at("north"), page_at("south")
    assert page_cache.frame.cache_info().misses == 2


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"name": "Harbor Clinic"}, "Harbor Clinic"),
        ({"phone": "+1 212 555 0133"}, "+1 212 555 0133"),
        ({"quick_exit": True}, "Exit this page quickly"),
        ({"offered_languages": ("en", "es")}, "Español</button>"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_kept_page_follows_each_setting_it_shows(put, changes: dict, shown: str) -> None:
    assert shown not in page_at(None)
    put(None, **changes)
    assert shown in page_at(None)


def test_a_kept_page_follows_what_is_set_for_its_own_location(put) -> None:
    put("north", name="North Clinic")
    assert "North Clinic" in page_at("north")
    put("north", name="Harbor Clinic")
    assert "Harbor Clinic" in page_at("north")


def test_a_kept_page_is_shown_in_one_language_only(put) -> None:
    for language in ("en", "es", "en"):
        with override(language):
            assert f'<html lang="{language}"' in " ".join(page_at(None).split())


def test_every_setting_of_a_location_is_part_of_what_a_page_is_kept_under(put) -> None:
    """Also those that no page shows today: whichever comes to be shown next can't be forgotten."""
    page_at(None)
    for count, name in enumerate(LocationSettings.__dataclass_fields__, start=2):
        put(None, **{name: ("fr",) if name == "offered_languages" else f"another {name}"})
        page_at(None)
        assert page_cache.frame.cache_info().misses == count, name


def test_what_is_set_is_read_from_the_environments_settings(settings) -> None:
    settings.SUICIDE_SCREEN, settings.LINK_HOURS = "asq", 7
    assert (settings_of(None).suicide_screen, settings_of(None).link_hours) == ("asq", 7)
    assert settings_of(None) == locations.from_environment(None)
