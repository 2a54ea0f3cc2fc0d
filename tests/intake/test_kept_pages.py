"""What is kept of a page's HTML holds nothing that a person typed."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from intake.forms import rendered
from intake.forms.pages import PageForm
from intake.questionnaire.intake import INTAKE
from intake.views import page_cache
from tests.intake import pat


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

    def anew(request, asked_of, form, place, returning):
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
