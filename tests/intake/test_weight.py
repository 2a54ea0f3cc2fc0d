"""What a phone downloads on its first visit to a page, as it is sent: at most 60 KB, of which 20 KB of JavaScript."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from intake.document import MOST_ENTRIES
from intake.drugs import TABLE
from tests.intake import pat

pytestmark = pytest.mark.django_db

MOST = 60_000  # bytes, gzipped: HTML, CSS, JavaScript and the list of drug names
MOST_JAVASCRIPT = 20_000
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script[^>]* src)="([^"]+)"')
NAMES = re.compile(r'data-names="([^"]+)"')


def stored(data: bytes) -> int:
    """The weight of a static file: WhiteNoise gzips each once, as tightly as can be."""
    return len(gzip.compress(data, 9))


def fetched(client: Client, address: str) -> tuple[str, int]:
    """A page as a phone asks for it: its text, and the bytes that were sent."""
    response = client.get(address, headers={"accept-encoding": "gzip, deflate, br"})
    assert response.status_code == 200, address
    if not response.has_header("Content-Encoding"):
        assert len(response.content) < 200, address  # too small to gain anything
        return response.content.decode(), len(response.content)
    assert response["Content-Encoding"] == "gzip"
    assert int(response["Content-Length"]) == len(response.content)
    return gzip.decompress(response.content).decode(), len(response.content)


def loaded(client: Client, html: str) -> dict[str, int]:
    """Address -> bytes sent of all that the page loads."""
    addresses = {*LOADED.findall(html), *NAMES.findall(html)}
    found = {}
    for address in addresses:
        if address.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            file = finders.find(address.split("/static/", 1)[1])
            found[address] = stored(Path(file).read_bytes())
        else:
            found[address] = fetched(client, address)[1]
    return found


def addresses() -> list[str]:
    """The pages of a whole intake, filled in, those for one medicine among them."""
    entries = [reverse("intake:entry", args=[slug, pat.KEY]) for slug in pat.ENTRIES]
    lists = [reverse("intake:remove", args=["medicines-tried", pat.KEY])]
    lists += [reverse("intake:memory", args=["medicines-tried"])]
    fixed = [reverse(f"intake:{name}") for name in ("start", "tasks", "check")]
    return [*fixed, *map(pat.address, pat.PAGES), *entries, *lists, reverse("intake:help", args=["mood"])]


@pytest.fixture
def filled(client: Client) -> Client:
    pat.fill(client)
    for slug in pat.ENTRIES:
        pat.add(client, slug)
    return client


def weighed(client: Client, address: str) -> int:
    """The whole weight of a page, which must not be too much."""
    html, own = fetched(client, address)
    parts = loaded(client, html)
    total = own + sum(parts.values())
    scripts = sum(size for each, size in parts.items() if each.endswith(".js"))
    assert total <= MOST, (address, own, parts)
    assert scripts <= MOST_JAVASCRIPT, (address, parts)
    return total


def test_no_page_is_heavier_than_a_phone_should_bear(filled: Client) -> None:
    weights = [weighed(filled, address) for address in addresses()]
    assert max(weights) > 10_000  # something was weighed


def test_the_longest_lists_and_the_check_of_them_are_not_too_heavy_either(client: Client) -> None:
    pat.fill(client)
    names = [drug.generic for drug in TABLE]
    for number in range(MOST_ENTRIES):
        told = {
            "dose_mg": str(10 + number), "weeks": str(3 + number % 40),
            "side_effects": f"{names[-number]} {number * 7919}",
        }  # fmt: skip
        pat.add(client, "medicines-tried", f"{number:016x}", drug=names[number % len(names)], **told)
        pat.add(client, "medicines-now", f"{number:016x}", drug=names[-number - 1], dose=f"{number} mg")
    check = weighed(client, reverse("intake:check"))
    assert check > weighed(client, reverse("intake:start"))
    for slug in ("medicines-tried", "medicines-now"):
        weighed(client, pat.address(slug))
    pat.send(client)
    weighed(client, reverse("intake:record"))


def test_a_page_asked_for_without_compression_is_sent_as_it_is(filled: Client) -> None:
    response = filled.get(pat.address("mood"))
    assert not response.has_header("Content-Encoding")
    assert "Accept-Encoding" in response["Vary"]


def test_pages_of_the_admin_are_not_compressed(client: Client) -> None:
    """They repeat what is searched for from the address: see docs/decisions/0015-compressed-pages.md."""
    response = client.get(reverse("admin:login"), headers={"accept-encoding": "gzip"})
    assert response.status_code == 200
    assert not response.has_header("Content-Encoding")


@pytest.mark.parametrize("address", ["/", "/intake/mood/", "/intake/check/", "/status/", "/come-back/"])
def test_no_compressed_page_repeats_anything_from_its_address(filled: Client, address: str) -> None:
    guess = "guessed-by-somebody-else"
    html, _size = fetched(filled, f"{address}?q={guess}&return={guess}&token2={guess}")
    assert guess not in html


def test_only_the_pages_for_names_of_medicines_load_javascript(filled: Client) -> None:
    with_script = {address for address in addresses() if b"<script" in filled.get(address).content}
    assert with_script == {
        reverse("intake:entry", args=[slug, pat.KEY]) for slug in ("medicines-tried", "medicines-now")
    }


def test_the_page_of_names_is_no_heavier_than_others(client: Client) -> None:
    pat.begin(client)
    html, _size = fetched(client, pat.address("medicines-tried"))
    assert "drug-names.js" in html
    weighed(client, pat.address("medicines-tried"))
