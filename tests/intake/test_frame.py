"""What stands around every page: the clinic's colors, the choice of language, the quick way out."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import reverse

from clinic import environment
from intake.locations import EVERY, RISING
from tests.intake import pat
from tests.pages import flat

pytestmark = pytest.mark.django_db
BOTH = override_settings(OFFERED_LANGUAGES=["en", "es"])


# --- Colors ---------------------------------------------------------------------------------------


@override_settings(CLINIC_COLOR="#7a1f5c", CLINIC_COLOR_DARK="#f2a6d8")
def test_the_colors_are_a_small_stylesheet_that_anyone_may_keep(client: Client) -> None:
    response = client.get(reverse("intake:colors"))
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=3600"
    assert response.content == b":root{--clinic-brand:#7a1f5c;--clinic-brand-dark-mode:#f2a6d8}\n"
    assert "Set-Cookie" not in response


def test_the_patients_pages_and_the_sign_in_page_of_staff_load_the_colors(client: Client) -> None:
    link = f'<link rel="stylesheet" href="{reverse("intake:colors")}">'
    assert link in client.get("/").content.decode()
    assert link in client.get(reverse("admin:login")).content.decode()


def read_color(monkeypatch, value: str, ground: str = environment.WHITE) -> str:
    monkeypatch.setenv("CLINIC_COLOR", value)
    return environment.color("CLINIC_COLOR", "#0f5e66", ground=ground)


@pytest.mark.parametrize(
    "value", ["red", "#fff", "0f5e66", "#0f5e66ff", "#0f5e6g", "rgb(0,0,0)", "#0f5e66;}", "#000\n000"]
)
def test_only_a_color_of_six_digits_is_taken(monkeypatch, capsys, value: str) -> None:
    with pytest.raises(SystemExit, match="CLINIC_COLOR must be a color such as #0f5e66"):
        read_color(monkeypatch, value)


def test_a_color_that_cannot_be_read_is_refused_with_its_contrast(monkeypatch) -> None:
    # #767676 on white is 4.54 to 1, #777777 is 4.48 to 1.
    assert read_color(monkeypatch, "#767676") == "#767676"
    with pytest.raises(SystemExit, match=r"contrast is 4\.4 to 1, and 4\.5 to 1 is needed.*darker"):
        read_color(monkeypatch, "#777777")
    with pytest.raises(SystemExit, match="lighter"):
        read_color(monkeypatch, "#0f5e66", ground=environment.DARK)


def test_a_color_may_be_written_in_capitals_and_is_the_default_when_blank(monkeypatch) -> None:
    assert read_color(monkeypatch, "#0F5E66") == "#0f5e66"
    assert read_color(monkeypatch, " ") == "#0f5e66"


def test_contrast_is_as_wcag_defines_it() -> None:
    assert environment.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert environment.contrast("#ffffff", "#ffffff") == pytest.approx(1)


def test_the_dark_ground_is_the_one_of_the_stylesheet() -> None:
    with open(finders.find("intake/clinic.css"), encoding="utf-8") as stylesheet:
        assert f"--govuk-body-background-colour: {environment.DARK}" in stylesheet.read().replace(
            "-colour:#", "-colour: #"
        )


# --- Language ----------------------------------------------------------------------------------------


def test_no_language_is_offered_while_there_is_only_one_catalog(client: Client) -> None:
    assert settings.OFFERED_LANGUAGES == ["en"]
    html = client.get("/").content.decode()
    assert "Español</button>" not in html
    assert reverse("intake:language") not in html


def test_a_spanish_browser_gets_an_english_page_rather_than_two_languages_mixed(client: Client) -> None:
    response = client.get("/", headers={"accept-language": "es"})
    assert '<html lang="en"' in flat(response)
    assert response["Content-Language"] == "en"


@BOTH
def test_spanish_is_offered_by_its_own_name_and_choosing_it_keeps_the_page(client: Client) -> None:
    pat.begin(client)
    html = flat(client.get(reverse("intake:tasks") + "?a=1"))
    assert 'value="es" lang="es">Español</button>' in html
    assert f'name="next" value="{reverse("intake:tasks")}?a=1"' in html
    response = client.post(
        reverse("intake:language"), {"language": "es", "next": reverse("intake:tasks") + "?a=1"}
    )
    assert response["Location"] == reverse("intake:tasks") + "?a=1"
    html = flat(client.get(response["Location"]))
    assert '<html lang="es"' in html
    assert 'value="en" lang="en">English</button>' in html


@BOTH
def test_choosing_a_language_never_leads_to_another_site(client: Client) -> None:
    response = client.post(reverse("intake:language"), {"language": "es", "next": "https://evil.example/"})
    assert response["Location"] == "/"


@BOTH
def test_a_language_is_chosen_by_a_button_only(client: Client) -> None:
    assert client.get(reverse("intake:language")).status_code == 405


# --- The quick way out -----------------------------------------------------------------------------


def test_there_is_no_quick_way_out_unless_the_clinic_wants_it(client: Client) -> None:
    assert "Exit this page quickly" not in client.get("/").content.decode()


@override_settings(QUICK_EXIT=True)
def test_the_quick_way_out_leads_to_a_weather_site_and_tells_it_nothing(client: Client) -> None:
    html = flat(client.get("/"))
    assert (
        '<a class="govuk-link" href="https://www.weather.gov/" rel="noreferrer nofollow">Exit this page quickly</a>'
        in html
    )


# --- Help in a crisis --------------------------------------------------------------------------------


def test_three_ways_to_help_stand_in_one_row_above_every_page(client: Client) -> None:
    html = flat(client.get("/"))
    bar = html[html.index('class="clinic-crisis"') : html.index('id="main"')]
    assert "In crisis?" in bar
    assert re.findall(r'href="([^"]+)">([^<]+)</a>', bar) == [
        ("tel:988", "Call 988"),
        ("sms:988", "Text 988"),
        ("tel:911", "Call 911"),
    ]


@pytest.mark.parametrize("every", [False, True])
def test_the_footer_is_folded_or_as_the_clinics_clinician_signed_in_full(
    client: Client, settings, every
) -> None:
    settings.HELP_PAGES = EVERY if every else RISING
    html = flat(client.get("/"))
    footer = html[html.index("<footer") :]
    assert ("More ways to get help" in footer) is not every
    assert ("Nobody watches this form all the time. In danger now?" in footer) is not every
    assert "988lifeline.org" in footer and settings.CLINIC["phone"] in footer
