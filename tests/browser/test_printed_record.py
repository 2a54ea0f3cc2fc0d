"""The record on paper: an ordinary form is at most six pages, and the button that prints stands only with JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walk import press
from tests.intake import pat

pytestmark = pytest.mark.browser
MOST_PAGES = 6


@pytest.fixture
def sent(client, page, live_server):
    """Pat told of three medicines and one of each other list, sent the form, and added part two."""
    pat.fill(client)
    for number, drug in enumerate(("Zoloft", "Wellbutrin", "Lexapro")):
        pat.add(client, "medicines-tried", f"{number:016x}", drug=drug)
    for slug in ("therapies", "medicines-now", "allergies"):
        pat.add(client, slug)
    pat.send(client)
    for name, told in pat.LATER_PAGES.items():
        client.post(f"/intake/later/{name}/", told)
    page.context.add_cookies(
        [
            {"name": name, "value": cookie.value, "url": live_server.url, "httpOnly": True}
            for name, cookie in client.cookies.items()
        ]
    )
    page.goto("/intake/done/")
    return page


def test_an_ordinary_form_is_at_most_six_pages(sent):
    press(sent, "See and print all my answers")
    expect(sent.get_by_role("button", name="Print", exact=True)).to_be_visible()
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "1cm")
    printed = sent.pdf(format="Letter", margin=margin)
    assert 1 < len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= MOST_PAGES
