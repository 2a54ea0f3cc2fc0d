"""What a phone downloads on its first visit to a page, compressed: at most 60 KB, of which 20 KB of JavaScript."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from tests.intake import pat

pytestmark = pytest.mark.django_db

MOST = 60_000  # bytes, gzipped: HTML, CSS, JavaScript and the list of drug names
MOST_JAVASCRIPT = 20_000
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src)="([^"]+)"')
NAMES = re.compile(r'data-names="([^"]+)"')


def weight(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def loaded(client: Client, html: str) -> dict[str, int]:
    """Address -> gzipped bytes of all that the page loads."""
    addresses = {*LOADED.findall(html), *NAMES.findall(html)}
    found = {}
    for address in addresses:
        if address.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            file = finders.find(address.split("/static/", 1)[1])
            found[address] = weight(Path(file).read_bytes())
        else:
            found[address] = weight(client.get(address).content)
    return found


def addresses() -> list[str]:
    """The pages of a whole intake, filled in, those for one medicine among them."""
    entries = [reverse("intake:entry", args=[slug, pat.KEY]) for slug in pat.ENTRIES]
    lists = [reverse("intake:remove", args=["medicines-tried", pat.KEY])]
    fixed = [reverse(f"intake:{name}") for name in ("start", "tasks", "check")]
    return [*fixed, *map(pat.address, pat.PAGES), *entries, *lists, reverse("intake:help", args=["mood"])]


@pytest.fixture
def filled(client: Client) -> Client:
    pat.fill(client)
    for slug in pat.ENTRIES:
        pat.add(client, slug)
    return client


def test_no_page_is_heavier_than_a_phone_should_bear(filled: Client) -> None:
    heaviest = ("", 0)
    for address in addresses():
        response = filled.get(address)
        assert response.status_code == 200, address
        parts = loaded(filled, response.content.decode())
        total = weight(response.content) + sum(parts.values())
        scripts = sum(size for each, size in parts.items() if each.endswith(".js"))
        heaviest = max(heaviest, (address, total), key=lambda pair: pair[1])
        assert total <= MOST, (address, parts)
        assert scripts <= MOST_JAVASCRIPT, (address, parts)
    assert heaviest[1] > 10_000  # something was weighed


def test_only_the_pages_for_one_medicine_load_javascript(filled: Client) -> None:
    with_script = {address for address in addresses() if b"<script" in filled.get(address).content}
    assert with_script == {
        reverse("intake:entry", args=[slug, pat.KEY]) for slug in ("medicines-tried", "medicines-now")
    }
