"""What is kept of a page's HTML holds nothing that a person typed."""

import gzip
import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.forms import rendered
from intake.forms.pages import PageForm
from intake.questionnaire.intake import INTAKE
from intake.views import page_cache
from tests.intake import pat

TOKEN = re.compile(r'csrfmiddlewaretoken" value="(\w+)"')
STEM = re.compile(r'name="stem" value="\w+"')  # what the keys of new entries begin with, drawn for each page


def test_typed_words_are_escaped_and_fill_no_slot() -> None:
    typed = '<b>\ue0000\ue001 & "'
    answers = {"today": "2026-11-20", "about": {"first_name": typed, "date_of_birth": "1984-05-14"}}
    page = "".join(
        str(field.as_field_group()) for field in PageForm(INTAKE.by_slug["name"], answers, "cssrs")
    )
    assert 'value="&lt;b&gt;\ue0000\ue001 &amp; &quot;"' in page
    pieces = rendered.split(f"<p>{rendered.SLOT.format('goals')}</p>")
    assert rendered.fill(pieces, {"goals": typed}) == "<p>&lt;b&gt;\ue0000\ue001 &amp; &quot;</p>"


@pytest.mark.django_db
def test_one_person_never_sees_the_answers_of_another() -> None:
    one, other = Client(), Client()
    for client in (one, other):
        pat.begin(client)
    pat.save(one, "mood")
    told = pat.shown(one.get(pat.address("mood")))
    assert told["mood-phq9-0"] == ["3"]
    assert "mood-phq9-0" not in pat.shown(other.get(pat.address("mood")))


def helped(client: Client) -> None:
    """Pat fills in the form for Robin, and has answered nothing else yet."""
    pat.begin(client, "someone_else")
    pat.save(client, "helper")
    pat.save(client, "name", **{"about-first_name": "Robin & co", "about-preferred_name": ""})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fill", [pat.fill, pat.begin, helped], ids=["answered", "not answered yet", "for someone else"]
)
def test_a_framed_page_is_the_page_made_anew(fill, monkeypatch) -> None:
    client = Client()
    fill(client)
    addresses = [pat.address(slug) + way for slug in pat.PAGES for way in ("", "?return=check")]

    def pages() -> list[str]:
        # The token is masked anew each time.
        found = [client.get(address).content.decode() for address in addresses]
        return [STEM.sub("", re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page)) for page in found]

    framed = pages()
    assert pages() == framed

    def anew(request, asked_of, form, place, returning, person, template):
        said = page_cache.who_reads(form.page, place, person)
        context = {"page": form.page, "form": form, "place": place, **said}
        return HttpResponse(render_to_string(template, context, request))

    monkeypatch.setattr("intake.views.rendering.framed", anew)
    assert pages() == framed


@pytest.mark.django_db
def test_a_frame_holds_no_answer_and_no_token(monkeypatch) -> None:
    kept = []
    monkeypatch.setattr(page_cache, "split", lambda html: kept.append(html) or rendered.split(html))
    page_cache.frame.cache_clear()
    client = Client()
    pat.fill(client, reason={"reason-goals": "Zebulon"})
    pages = {slug: client.get(pat.address(slug)).content.decode() for slug in pat.PAGES}
    assert "Zebulon" in pages["reason"] and "Zebulon" not in "".join(kept)
    assert " checked" in pages["mood"] and " checked" not in "".join(kept)
    assert not re.search(r"\w{64}", "".join(kept))


# Where a list begins -> what is written first there.
LISTS = {"medicines-tried": "drug", "medicines-now": "drug", "allergies": "substance"}


@pytest.mark.django_db
@pytest.mark.parametrize("slug", LISTS)
def test_of_a_list_only_the_page_before_anything_was_told_is_kept(slug: str, monkeypatch) -> None:
    kept: list[str] = []
    monkeypatch.setattr(page_cache, "split", lambda html: kept.append(html) or rendered.split(html))
    page_cache.frame.cache_clear()
    one, other = Client(), Client()
    for client in (one, other):
        pat.begin(client)
    stem = "0123456789abcd"
    told = {"add": "1", "stem": stem, "rows": "2", f"{LISTS[slug]}-1": "Zebulon"}
    typed = one.post(pat.address(slug), told)
    assert "Zebulon" in typed.content.decode() and stem in typed.content.decode()
    pat.save(one, slug)  # none at all
    chosen = pat.shown(one.get(pat.address(slug)))
    assert "never" in chosen.get("instead", ()) or "no" in chosen.get("more", ())
    assert not kept
    for _again in range(2):
        shown = other.get(pat.address(slug)).content.decode()
        assert "Zebulon" not in shown and " checked" not in shown
    assert len(kept) == 1


@pytest.mark.django_db
def test_what_was_answered_beside_a_list_is_shown_to_its_person_alone() -> None:
    one, other = Client(), Client()
    for client in (one, other):
        pat.begin(client)
    one.post(pat.address("allergies"), {"medicines-ketamine_allergy": "yes"})  # the list's own stays open
    for _again in range(2):
        assert pat.shown(one.get(pat.address("allergies")))["medicines-ketamine_allergy"] == ["yes"]
        assert "medicines-ketamine_allergy" not in pat.shown(other.get(pat.address("allergies")))


@pytest.mark.django_db
@pytest.mark.parametrize("slug", LISTS)
def test_each_kept_page_of_a_list_gives_keys_of_its_own(slug: str) -> None:
    client = Client()
    pat.begin(client)
    for packed in ("", "gzip"):
        pages = [client.get(pat.address(slug), headers={"accept-encoding": packed}).content for _ in range(3)]
        texts = [(gzip.decompress(page) if packed else page).decode() for page in pages]
        stems = {stem for text in texts for stem in re.findall(r'name="stem" value="([0-9a-f]{14})"', text)}
        assert len(stems) == len(texts)


@pytest.mark.django_db
def test_a_list_that_names_what_was_told_before_is_made_anew() -> None:
    one, other = Client(), Client()
    for client in (one, other):
        pat.begin(client)
    other.get(pat.address("medicines-now"))
    pat.add(one, "medicines-tried", drug="Zebulon", when_taken="still")
    assert "Zebulon" in one.get(pat.address("medicines-now")).content.decode()
    assert "Zebulon" not in other.get(pat.address("medicines-now")).content.decode()


@pytest.mark.django_db
def test_a_kept_page_joined_of_compressed_pieces_is_the_page_that_is_sent_plain() -> None:
    client = Client()
    pat.begin(client)
    addresses = [pat.address(slug) + way for slug in pat.PAGES for way in ("", "?return=check")]
    shown = {
        address: response for address in addresses if (response := client.get(address)).status_code == 200
    }
    assert len(shown) >= 48
    for address, plain in shown.items():
        packed = client.get(address, headers={"accept-encoding": "gzip, deflate, br"})
        assert packed["Content-Encoding"] == "gzip" and not plain.has_header("Content-Encoding")
        text = gzip.decompress(packed.content)
        assert page_of(text) == page_of(plain.content) and len(packed.content) < len(text) / 2
        assert set(packed["Vary"].split(", ")) == set(plain["Vary"].split(", ")), address
        assert int(packed["Content-Length"]) == len(packed.content)


@pytest.mark.django_db
def test_a_compressed_page_bears_its_token_in_plain_bytes_and_has_a_random_length() -> None:
    client = Client()
    pat.begin(client)
    asked = [client.get(pat.address("mood"), headers={"accept-encoding": "gzip"}).content for _ in range(20)]
    tokens = [TOKEN.search(gzip.decompress(page).decode()) for page in asked]
    for page, token in zip(asked, tokens, strict=True):
        assert token and token[1].encode() in page
    assert len(set(map(len, asked))) > 5


@pytest.mark.django_db
def test_a_page_that_is_compressed_as_a_whole_bears_a_token_of_its_own_each_time() -> None:
    client = Client()
    pat.begin(client)
    client.post(pat.address("mood"), pat.PAGES["mood"])
    asked = [client.get(pat.address("mood"), headers={"accept-encoding": "gzip"}).content for _ in range(5)]
    tokens = {TOKEN.search(gzip.decompress(page).decode())[1] for page in asked}  # type: ignore[index]
    assert len(tokens) == len(asked) and all(len(token) == 64 for token in tokens)


def page_of(content: bytes) -> str:
    """A page without its token, which is masked anew each time, and without the keys that it would give."""
    return STEM.sub("", TOKEN.sub("", content.decode()))


@pytest.mark.django_db
def test_a_kept_page_sends_the_cookie_of_its_form_where_the_browser_has_none() -> None:
    client = Client(enforce_csrf_checks=True)
    token = TOKEN.search(client.get(reverse("intake:start")).content.decode())
    assert token
    begun = client.post(reverse("intake:start"), {"csrfmiddlewaretoken": token[1]})
    name = settings.CSRF_COOKIE_NAME
    assert name in begun.cookies
    shown = client.get(pat.address("mood"))
    assert name not in shown.cookies
    token = TOKEN.search(shown.content.decode())
    assert token
    for tomorrow in (False, True):  # each day of saving renews its year
        with time_machine.travel(timezone.now() + timedelta(days=tomorrow), tick=False):
            posted = {**pat.PAGES["mood"], "csrfmiddlewaretoken": token[1]}
            assert (name in client.post(pat.address("mood"), posted).cookies) is tomorrow
    for wrong in ("", "no cookie of ours"):
        client.cookies[name] = wrong
        response = client.get(pat.address("mood"))
        assert client.cookies[name].value == response.cookies[name].value != wrong
        token = TOKEN.search(response.content.decode())
        assert token
        posted = {**pat.PAGES["mood"], "csrfmiddlewaretoken": token[1]}
        assert client.post(pat.address("mood"), posted).status_code == 302
    del client.cookies[name]
    assert name in client.get(pat.address("mood")).cookies
