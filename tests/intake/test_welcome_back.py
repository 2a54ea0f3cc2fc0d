"""The list of all parts, for who comes back: where they stopped, one button on, and how each part stands."""

import re

import pytest
from django.urls import reverse

from intake.questionnaire.intake import SECTIONS
from tests.intake import pat
from tests.intake.screen import words

pytestmark = pytest.mark.django_db
BUTTON = re.compile(r'class="govuk-button"\s+role="button"\s+href="([^"]+)"\s*>([^<]+)<')
REQUIRED = ("consent", "name", "contact", "mood", "thoughts", "past")


def back(client) -> str:
    return client.get(reverse("intake:tasks")).content.decode()


def button(client) -> tuple[str, str]:
    """Where the one button leads, and its words."""
    [found] = BUTTON.findall(back(client))
    return found


def stopped_at(client) -> str:
    """Where the link in "You stopped at" leads."""
    return re.search(r'You stopped at\s+“<a class="govuk-link" href="([^"]+)"', back(client))[1]


def test_the_first_start_does_not_show_it_and_every_return_does(client):
    assert client.post(reverse("intake:start"), {"for": "self"}).url == pat.address("consent")
    assert client.post(reverse("intake:start")).url == reverse("intake:tasks")
    page = words(back(client))
    assert "Welcome back" in page and "Pat" not in page


def test_it_names_the_page_where_one_stopped_and_one_button_leads_there(client):
    pat.begin(client)
    for slug in ("consent", "name"):
        pat.save(client, slug)
    assert "You stopped at “ How can we reach you? ”." in words(back(client))
    assert button(client) == (pat.address("contact"), "Go on with your details")
    assert "Pat" not in words(back(client)), "phones are shared"


def test_one_goes_on_with_the_medicine_whose_page_is_still_to_come(client):
    pat.begin(client)
    for slug in pat.PAGES:
        if slug == "medicines-tried":
            break
        pat.save(client, slug)
    assert stopped_at(client) == pat.address("medicines-tried")
    following = client.post(pat.address("medicines-tried"), pat.NAMES).url
    assert following != pat.address("medicines-tried")
    assert stopped_at(client) == following != pat.address("medicines-tried")


def test_the_page_of_a_scale_is_named_by_its_heading(client):
    pat.begin(client)
    for slug in pat.PAGES:
        if slug == "mood":
            break
        pat.save(client, slug)
    assert "You stopped at “ Your mood ”." in words(back(client))
    assert button(client) == (pat.address("mood"), "Go on with your mood")


def test_it_speaks_of_a_helped_persons_pages_as_those_do(client):
    pat.begin(client, "someone_else")
    pat.save(client, "helper")
    pat.save(client, "consent")
    pat.save(client, "name", **{"about-first_name": "Walter"})
    page = words(back(client))
    assert "How can we reach the person?" in page and "Walter" not in page


def test_each_part_says_how_it_stands(client):
    pat.begin(client)
    pat.save(client, "consent")
    pat.save(client, "name")
    page = words(back(client))
    assert "You Started Mood and safety 4 minutes Your depression and what you tried 8 minutes" in page
    assert "Check and send When you are ready" in page
    left = sum(each.minutes for each in SECTIONS)
    assert f"About {left} minutes left." in page


def test_what_the_person_wanted_left_out_is_said_to_be(client):
    pat.begin(client)
    assert "Alcohol and drugs" not in words(back(client))
    pat.save(client, "consent", consent__substance_use_agreed="no")
    assert "Alcohol and drugs Left out, as you asked" in words(back(client))
    pat.save(client, "consent")
    assert "Alcohol and drugs 2 minutes" in words(back(client))


def test_when_all_that_is_needed_is_answered_the_button_sends_and_the_rest_stays_open(client):
    pat.begin(client)
    for slug in REQUIRED[:-1]:
        pat.save(client, slug)
    assert button(client)[0] != reverse("intake:check")
    pat.save(client, REQUIRED[-1])
    assert button(client) == (reverse("intake:check"), "Check and send")
    assert "You stopped at" in words(back(client))


def test_when_all_is_done_nothing_was_left_and_no_minutes_are(client):
    pat.fill(client)
    page = words(back(client))
    assert button(client)[1] == "Check and send"
    assert "You stopped at" not in page and "left." not in page and "Started" not in page


def test_every_part_has_a_button_of_its_own_and_minutes_that_fit_what_the_start_page_says():
    assert len({str(each.go_on) for each in SECTIONS}) == len(SECTIONS)
    assert 15 <= sum(each.minutes for each in SECTIONS) <= 35


@pytest.mark.parametrize(
    ("slug", "says"),
    [("consent", True), ("name", False), ("episode", True), ("medicines-tried", False)],
)
def test_the_first_page_of_a_part_alone_says_how_long_the_part_takes(client, slug, says):
    pat.begin(client)
    page = words(client.get(pat.address(slug)).content.decode())
    assert bool(re.search(r"Part \d+ of \d+: [^.]+\. About \d+ minutes?\.", page)) is says


def test_the_page_of_one_medicine_does_not_say_how_long_all_of_them_take(client):
    pat.begin(client)
    of_one = client.post(pat.address("medicines-tried"), pat.NAMES).url
    assert not re.search(r"About \d+ minutes?\.", words(client.get(of_one).content.decode()))
