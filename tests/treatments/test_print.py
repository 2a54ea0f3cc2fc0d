"""One referral whole, on paper: everything open, an export with a name and a time before anything leaves."""

import importlib.util
import sys
import types

import pytest
from django.utils.html import escape

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, SAME_DAY, fresh
from tests.pages import flat
from tests.treatments.test_brief import Sheet
from treatments.admin.pages import exports
from treatments.models import Event
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import referral_view
from treatments.triage.notes import add_note

LIST = "/admin/treatments/referral/"


@pytest.mark.parametrize("note", ["line\n" * 7, "word " * 130])
def test_a_long_note_folds_on_the_screen_and_stands_open_on_paper(note, clinic, signed_in):
    referral = clinic.in_review()
    for text in (note, "short\nnote"):
        add_note(referral=referral, actor=clinic.cast.cora, note=text)
    cora, address = signed_in(clinic.cast.cora), f"{LIST}{referral.pk}/"
    on_screen, paper = cora.get(address).content.decode(), cora.get(f"{address}print/").content.decode()
    assert on_screen.count('<details class="note">') == 1 and '<details class="note">' not in paper
    assert '<div class="note">short<br>note</div>' in on_screen
    for page in (on_screen, paper):
        assert page.count("line<br>") >= 6 or page.count("word word") >= 60


@pytest.fixture
def referral(clinic, cast):
    referral = clinic.routed("tms", **SAME_DAY, **CLINICIAN_FIRST_FOR_TMS)
    add_note(referral=referral, actor=cast.cora, note="Prefers mornings")
    return fresh(referral)


def test_every_answer_every_finding_and_the_whole_timeline_are_on_it(cast, referral, signed_in):
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/print/"))
    told = referral_view(redaction_for(cast.cora), referral)
    rows = [row for block in told["blocks"] for rows in (block.rows, *block.entries) for row in rows]
    assert len(rows) > 50
    for row in rows:
        assert escape(row.answer.split("\n")[0]) in page, row.path
    for column in told["assessment"]["columns"]:
        for _effect, findings in column["findings"]:
            assert all(f"<strong>{finding['rule']}</strong>" in page for finding in findings)
    for words in ("Prefers mornings", "Claimed", "Risk assessed", "fits well", "asked and answered"):
        assert words in page, words


def test_nothing_on_it_is_folded_away(cast, referral, signed_in):
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/print/"))
    paper = page[page.index('<article class="whole">') : page.index("</article>")]
    assert "<details" not in paper and "<summary" not in paper
    assert "<a " not in paper  # paper has no links


def test_printing_is_an_export_with_its_form_on_record(cast, referral, signed_in):
    signed_in(cast.cora).get(f"{LIST}{referral.pk}/print/")
    event = Event.objects.get(kind__in=Event.READS)
    assert (event.kind, event.referral, event.actor) == ("exported", referral, cast.cora)
    assert event.details == {"page": "referral", "form": "print", "substance_use": True}
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/"))
    assert "whole referral; print" in page


def test_without_a_record_nothing_leaves(cast, referral, signed_in, monkeypatch):
    def fail(**details):
        raise OSError("disk full")

    monkeypatch.setattr(exports, "exported", fail)
    response = signed_in(cast.cora).get(f"{LIST}{referral.pk}/print/")
    assert response.status_code == 500 and referral.last_name not in flat(response)


def test_only_those_who_may_export_a_referral_print_it_whole(cast, referral, signed_in):
    for person in cast:
        status = signed_in(person).get(f"{LIST}{referral.pk}/print/").status_code
        assert status == 200 if person in (cast.cora, cast.carl) else status in (403, 404), person
    assert "Whole referral to print" in flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/"))
    assert "Whole referral to print" not in flat(signed_in(cast.clara).get(f"{LIST}{referral.pk}/"))
    assert signed_in(cast.cora).post(f"{LIST}{referral.pk}/print/").status_code == 404


def test_the_pdf_is_made_of_the_same_lines_and_is_an_export_too(cast, referral, signed_in, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", types.SimpleNamespace(HTML=Sheet, CSS=Sheet))
    answer = signed_in(cast.cora).get(f"{LIST}{referral.pk}/print/?format=pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert referral.reference in answer["Content-Disposition"]
    assert referral.last_name not in answer["Content-Disposition"]
    assert "Prefers mornings" in Sheet.page.string and "All answers" in Sheet.page.string
    assert referral.last_name not in Sheet.page.string.split("</title>")[0]
    assert Event.objects.get(kind="exported").details["form"] == "pdf"


def test_without_weasyprint_a_sentence_says_what_to_do_and_nothing_is_exported(
    cast, referral, signed_in, monkeypatch
):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = signed_in(cast.cora).get(f"{LIST}{referral.pk}/print/?format=pdf")
    assert answer.status_code == 501 and f'href="{LIST}{referral.pk}/print/"' in flat(answer)
    assert not Event.objects.filter(kind__in=Event.READS).exists()


def test_where_weasyprint_is_installed_it_makes_a_pdf(cast, referral, signed_in):
    answer = signed_in(cast.cora).get(f"{LIST}{referral.pk}/print/?format=pdf")
    if importlib.util.find_spec("weasyprint") is None:
        assert answer.status_code == 501
    else:
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
