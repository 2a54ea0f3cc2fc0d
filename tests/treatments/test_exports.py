"""Exports: the list that is on the screen and nothing more, no formulas, each one on record."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from intake import document
from tests.conftest import URGENT
from treatments.admin.lists.column import sheet_titles
from treatments.admin.lists.columns import WORKLIST
from treatments.exports import worklist
from treatments.models import Event, Referral
from treatments.reading.redaction import WITHOUT_GRANTS
from treatments.triage.notes import add_note

LIST = "/admin/treatments/referral/"


def rows_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def told_of(response) -> list[str]:
    """The references in an exported CSV file."""
    return [row[0] for row in rows_of(response)[1:]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert worklist.defused(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_plain_words_stay_as_they_are():
    assert [worklist.defused(text) for text in ("", "Pat", "a=b", "O'Neil")] == ["", "Pat", "a=b", "O'Neil"]


def test_a_coordinator_exports_the_list_as_csv(cast, clinic, signed_in):
    first, second = clinic.new(), clinic.new(**URGENT)
    response = signed_in(cast.cora).get(f"{LIST}export/csv/")
    assert response.streaming and response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    assert told_of(response) == [second.reference, first.reference]  # urgent first, as on the screen


def test_a_formula_in_a_name_is_defused_in_both_forms(cast, clinic, signed_in):
    clinic.new(**{"about.first_name": "=cmd|' /C calc'!A0", "about.last_name": "@SUM(1)"})
    client = signed_in(cast.cora)
    heads, row = rows_of(client.get(f"{LIST}export/csv/"))
    place = heads.index("First name")
    assert row[place] == "'=cmd|' /C calc'!A0" and row[place + 1] == "'@SUM(1)"
    sheet = load_workbook(io.BytesIO(client.get(f"{LIST}export/xlsx/").content)).active
    cell = sheet.cell(row=2, column=place + 1)
    assert cell.value == "'=cmd|' /C calc'!A0" and cell.data_type == "s"
    assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)


def test_a_name_that_no_file_can_hold_breaks_neither_form(cast, clinic, signed_in):
    referral = clinic.new()
    type(referral).objects.filter(pk=referral.pk).update(first_name="Pa\ufffe\uffff\x0bt")  # of long ago
    client = signed_in(cast.cora)
    heads, row = rows_of(client.get(f"{LIST}export/csv/"))
    place = heads.index("First name")
    assert row[place] == "Pat"
    sheet = load_workbook(io.BytesIO(client.get(f"{LIST}export/xlsx/").content)).active
    assert sheet.cell(row=2, column=place + 1).value == "Pat"


def test_what_staff_write_is_kept_without_what_no_file_can_hold(cast, clinic):
    referral = clinic.in_review()
    add_note(actor=cast.cora, referral=referral, note="Called\ufffe\x0b twice")
    assert referral.events.order_by("pk").last().note == "Called twice"


def test_the_workbook_holds_the_same_rows_with_numbers_and_dates(cast, clinic, signed_in):
    referral = clinic.in_review()
    response = signed_in(cast.cora).get(f"{LIST}export/xlsx/")
    heads, row = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    told = dict(zip(heads, row, strict=True))
    assert told["Reference"] == referral.reference
    assert told["PHQ-9"] == referral.phq9
    assert told["Assigned to"] == "Cora"
    assert told["Received"].year >= 2026


def test_a_question_that_is_still_open_is_told_as_on_the_screen(cast, clinic, signed_in):
    clinic.new(**{"health.seizure_ever": "not_sure"})
    client = signed_in(cast.cora)
    heads, row = rows_of(client.get(f"{LIST}export/csv/"))
    told = dict(zip(heads, row, strict=True))
    assert told["TMS"].endswith(" (? ask: may need a clinician first)")
    assert "?" not in told["Psychotherapy"]
    sheet = load_workbook(io.BytesIO(client.get(f"{LIST}export/xlsx/").content)).active
    assert told["TMS"] in [cell.value for cell in sheet[2]]


def test_control_characters_do_not_break_the_workbook(cast, clinic, signed_in):
    clinic.new(**{"about.first_name": "Pat\x07\x1b"})
    assert signed_in(cast.cora).get(f"{LIST}export/xlsx/").status_code == 200


def test_filters_and_search_apply(cast, clinic, signed_in):
    plain = clinic.new(**{"about.last_name": "Findme"})
    urgent = clinic.new(**URGENT)
    closed = clinic.closed()
    client = signed_in(cast.cora)
    assert told_of(client.get(f"{LIST}export/csv/?hold__exact=urgent")) == [urgent.reference]
    assert told_of(client.get(f"{LIST}export/csv/?q=findme")) == [plain.reference]
    assert closed.reference not in told_of(client.get(f"{LIST}export/csv/"))
    assert closed.reference in told_of(client.get(f"{LIST}export/csv/?show=all"))


def test_an_export_is_longer_than_a_page_of_the_list(cast, clinic, signed_in, monkeypatch):
    monkeypatch.setattr("treatments.admin.lists.read_only.ReadOnlyAdmin.list_per_page", 1)
    monkeypatch.setattr("treatments.admin.pages.exports.AT_A_TIME", 2)
    for _each in range(3):
        clinic.new()
    assert len(told_of(signed_in(cast.cora).get(f"{LIST}export/csv/?p=2"))) == 3


def test_each_export_is_an_event_with_its_count_its_filters_and_the_words_searched(cast, clinic, signed_in):
    clinic.new(**{"about.last_name": "Canary"})
    client = signed_in(cast.cora)
    told_of(client.get(f"{LIST}export/csv/?q=canary"))
    client.get(f"{LIST}export/xlsx/?show=all")
    csv_event, xlsx_event = Event.objects.filter(kind="exported").order_by("pk")
    assert csv_event.actor == cast.cora and csv_event.referral is None
    assert csv_event.details == {"rows": 1, "form": "csv", "filters": {}, "searched": "canary"}
    assert xlsx_event.details["filters"] == {"show": ["all"]}


def test_without_a_record_nothing_leaves(cast, clinic, signed_in, monkeypatch):
    clinic.new()

    def broken(**told):
        raise RuntimeError("no record")

    monkeypatch.setattr("treatments.admin.pages.exports.exported", broken)
    response = signed_in(cast.cora).get(f"{LIST}export/csv/")
    assert response.status_code == 500


def test_only_those_with_the_permission_export_the_list(cast, clinic, signed_in):
    clinic.new()
    for person in cast:
        if person not in (cast.cora, cast.carl):
            assert signed_in(person).get(f"{LIST}export/csv/").status_code == 403
    assert not Event.objects.filter(kind="exported").exists()


def test_the_buttons_stand_there_for_those_with_the_permission_only(cast, clinic, signed_in):
    assert b"Export as CSV" in signed_in(cast.cora).get(f"{LIST}?hold__exact=urgent&p=1").content
    assert b"export/csv/?hold__exact=urgent" in signed_in(cast.cora).get(f"{LIST}?hold__exact=urgent").content
    assert b"Export as CSV" not in signed_in(cast.clara).get(LIST).content


@pytest.mark.parametrize("path", ["export/pdf/", "export/csv/?received__year=99999999999999999999"])
def test_an_odd_request_is_refused(cast, signed_in, path):
    assert signed_in(cast.cora).get(LIST + path).status_code in (302, 400, 404)


def test_posting_to_an_export_does_nothing(cast, signed_in):
    assert signed_in(cast.cora).post(f"{LIST}export/csv/").status_code == 404


def test_a_list_that_is_too_long_is_refused_with_a_sentence(cast, clinic, signed_in, monkeypatch):
    monkeypatch.setattr(worklist, "MAX_ROWS", 1)
    clinic.new()
    clinic.new()
    page = signed_in(cast.cora).get(f"{LIST}export/csv/", follow=True)
    assert "Narrow the filters" in page.content.decode()
    assert not Event.objects.filter(kind="exported").exists()


# --- One referral ------------------------------------------------------------------------------------------


def test_a_referral_leaves_as_a_valid_document_and_on_record(cast, clinic, signed_in):
    referral = clinic.new()
    response = signed_in(cast.cora).get(f"{LIST}{referral.pk}/document/")
    assert response["Content-Type"].startswith("application/json")
    told = json.loads(response.content)
    assert document.validate(told) == []
    assert told == referral.submission.to_document()
    event = Event.objects.get(kind="exported")
    assert (event.referral, event.actor) == (referral, cast.cora)
    assert event.details == {"form": "clinic-intake/1", "substance_use": True}


def test_the_address_and_the_file_name_carry_no_patient_data(cast, clinic, signed_in):
    referral = clinic.new()
    name = signed_in(cast.cora).get(f"{LIST}{referral.pk}/document/")["Content-Disposition"]
    assert referral.reference in name and referral.last_name not in name


def test_only_those_with_the_permission_export_a_referral(cast, clinic, signed_in):
    referral = clinic.routed("tms")
    expected = {cast.clara: 403}
    for person in cast:
        if person not in (cast.cora, cast.carl):
            status = signed_in(person).get(f"{LIST}{referral.pk}/document/").status_code
            assert status in (expected.get(person, 404), 403), person
    assert not Event.objects.filter(kind="exported").exists()


def test_without_the_grant_the_substance_use_answers_stay_here(clinic):
    referral = clinic.new()
    assert "audit_c" in referral.submission.to_document()["substances"]
    told = WITHOUT_GRANTS.document(referral.submission)
    assert "substances" not in told
    assert document.validate(told) == []


def test_the_timeline_tells_of_the_download(cast, clinic, signed_in):
    referral = clinic.new()
    client = signed_in(cast.cora)
    client.get(f"{LIST}{referral.pk}/document/")
    page = client.get(f"{LIST}{referral.pk}/")
    assert page.status_code == 200 and "Exported" in page.content.decode()


def test_columns_hold_no_way_to_reach_the_person():
    titles = {title.lower() for title in sheet_titles(WORKLIST)}
    assert not titles & {"phone", "email", "search words"}
    assert Referral._meta.get_field("phone")
