"""What is kept of a field's HTML, and of the page around it, holds nothing that a person typed."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from intake.forms import rendered
from intake.forms.pages import PageForm
from intake.questionnaire import intake as steps
from intake.views import page_cache
from tests.intake import pat


@pytest.fixture(autouse=True)
def looks(monkeypatch) -> dict:
    kept = {}
    monkeypatch.setattr(rendered, "_RENDERED", kept)
    return kept


def form(slug: str, answers: dict | None = None, data: dict | None = None) -> PageForm:
    return PageForm(steps.BY_SLUG[slug], answers or {}, "cssrs", data)


def shown(made: PageForm) -> list[str]:
    return [str(field.as_field_group()) for field in made]


def test_what_is_kept_is_what_is_made_anew(looks) -> None:
    answers = {"mood": {"phq9": [0, 1, 2, 3, None, 0, 1, 2, 3], "phq9_difficulty": 2}}
    for slug, page in steps.BY_SLUG.items():
        if not page.entries:
            first = shown(form(slug, answers))
            assert shown(form(slug, answers)) == first
            looks.clear()
            assert shown(form(slug, answers)) == first
    shown(form("mood", answers))
    assert len(looks) >= 10


def test_each_answer_has_a_look_of_its_own() -> None:
    pages = {
        tuple(shown(form("mood", {"mood": {"phq9": [number] * 9, "phq9_difficulty": number}})))
        for number in range(4)
    }
    assert len(pages) == 4


def test_each_language_has_a_look_of_its_own() -> None:
    english = shown(form("mood"))
    with translation.override("es"):
        spanish = shown(form("mood"))
    assert english[0] != spanish[0]
    assert shown(form("mood")) == english


def test_what_a_person_typed_is_never_kept(looks) -> None:
    typed = {"about": {"first_name": "Zebulon", "last_name": "Quist", "date_of_birth": "1984-05-14"}}
    assert "Zebulon" in "".join(shown(form("name", typed)))
    assert 'value="14"' in "".join(shown(form("name", typed)))
    shown(form("name", data={"about-first_name": "Zebulon", "about-date_of_birth_year": "1984"}))
    told = "".join(piece for pieces in looks.values() for piece in pieces)
    assert "Zebulon" not in told and "Quist" not in told and "1984" not in told
    assert "Zebulon" not in repr(list(looks))


def test_typed_words_are_escaped_and_fill_no_gap() -> None:
    told = '<b>\ue0000\ue001 & "'
    page = "".join(shown(form("name", {"about": {"first_name": told, "date_of_birth": "1984-05-14"}})))
    assert 'value="&lt;b&gt;\ue0000\ue001 &amp; &quot;"' in page


def test_a_choice_that_is_none_of_the_fields_own_is_not_kept(looks) -> None:
    bound = form("trauma", data={"anxiety-trauma_event": "Zebulon"})
    assert not bound.is_valid()
    shown(bound)
    shown(form("trauma", {"anxiety": {"trauma_event": "Zebulon"}}))
    assert "Zebulon" not in repr(looks)


def test_a_fault_is_shown_and_gone_again() -> None:
    bound = form("trauma", data={})
    bound.add_error("anxiety-trauma_event", "Choose an answer")
    assert "Choose an answer" in shown(bound)[0]
    assert "Choose an answer" not in shown(form("trauma"))[0]


@pytest.mark.django_db
def test_one_person_never_sees_the_answers_of_another() -> None:
    one, other = Client(), Client()
    for client in (one, other):
        pat.begin(client)
    pat.save(one, "mood")
    told = pat.shown(one.get(pat.address("mood")))
    assert told["mood-phq9-0"] == ["3"]
    assert "mood-phq9-0" not in pat.shown(other.get(pat.address("mood")))


@pytest.mark.django_db
@pytest.mark.parametrize("fill", [pat.fill, pat.begin], ids=["answered", "not answered yet"])
def test_a_framed_page_is_the_page_made_anew(fill, monkeypatch) -> None:
    client = Client()
    fill(client)
    addresses = [pat.address(slug) + way for slug in pat.PAGES for way in ("", "?return=check")]

    def pages() -> list[str]:
        # The token is masked anew each time.
        found = [client.get(address).content.decode() for address in addresses]
        return [re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", page) for page in found]

    framed = pages()
    assert pages() == framed

    def anew(request, form, place, returning):
        return render_to_string(
            page_cache.TEMPLATE, {"page": form.page, "form": form, "place": place}, request
        )

    monkeypatch.setattr("intake.views.pages.framed", anew)
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
