"""The director's figures as a file: the numbers of the page, nobody's name, and nothing that the page hides."""

import csv
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.conftest import URGENT
from treatments.figures.proportions import FEWEST
from treatments.models import Referral
from treatments.triage.figure_count import count_figures

PAGE = "/admin/figures/"


def read(answer) -> list[list[str]]:
    return [*csv.reader(StringIO(answer.getvalue().decode("utf-8-sig")))]


def told(number: int | None) -> str:
    return "" if number is None else str(number)


@pytest.fixture
def clara(cast, clinic, signed_in):
    for _each in range(FEWEST):
        clinic.new()
    clinic.consult("completed", **{"about.last_name": "Canarybird"})
    clinic.new(**URGENT)
    count_figures(timezone.now())
    return signed_in(cast.clara)


def test_each_number_of_the_page_stands_in_the_file(clara):
    titles, *rows = read(clara.get(f"{PAGE}?days=30&form=csv"))
    assert titles[:4] == ["Part", "Group", "What", "Number"]
    assert {len(row) for row in rows} == {len(titles)}
    shown = clara.get(f"{PAGE}?days=30").context
    assert [row[2:8] for row in rows if row[0] == "Where people are lost"] == [
        [
            row["words"],
            told(row["people"]),
            told(shown["people"]),
            row["share"],
            row["median"],
            row["longest"],
        ]
        for row in shown["funnel"]["rows"]
    ]
    ended = [[row["words"], *map(told, row["numbers"])] for row in shown["outcomes"]["rows"]]
    in_file = [row for row in rows if row[0].startswith("How consults ended")]
    for words, *numbers in ended:
        assert [row[3] for row in in_file if row[2] == words] == numbers
    safety = [row for row in rows if row[0] == "Safety" and row[1] == ""]
    assert [[row[2], row[3], row[8]] for row in safety] == [
        [row["words"], told(row["times"]["number"]), told(row["times"]["still_open"])]
        for row in shown["safety"]
    ]
    assert "Does everyone get through?" in {row[0] for row in rows}


def test_what_the_page_hides_of_few_people_is_hidden_in_the_file(clara, clinic):
    clinic.new(language="es")
    count_figures(timezone.now())
    rows = read(clara.get(f"{PAGE}?form=csv"))
    spanish = [row for row in rows if row[1] == "Language: Spanish"]
    assert spanish and all("fewer than" in row[5] + row[6] for row in spanish)


def test_the_file_names_nobody(clara):
    file = clara.get(f"{PAGE}?form=csv").getvalue().decode()
    assert "Canarybird" not in file and Referral.objects.first().reference not in file


def test_the_workbook_holds_the_same(clara):
    rows = read(clara.get(f"{PAGE}?form=csv"))
    book = load_workbook(BytesIO(clara.get(f"{PAGE}?form=xlsx").content))
    assert [["" if cell is None else str(cell) for cell in row] for row in book.active.values] == rows


def test_the_links_keep_the_period_and_an_unknown_form_is_the_page(clara):
    page = clara.get(f"{PAGE}?days=365").content.decode()
    assert 'href="?days=365&amp;form=csv"' in page and 'href="?days=365&amp;form=xlsx"' in page
    assert clara.get(f"{PAGE}?days=365&form=pdf")["Content-Type"].startswith("text/html")
    named = clara.get(f"{PAGE}?days=365&form=csv")["Content-Disposition"]
    assert "figures-365-days" in named


def test_the_file_of_some_holds_what_their_page_shows_and_is_named_for_them(clara):
    answer = clara.get(f"{PAGE}?days=30&language=en&form=csv")
    _titles, *rows = read(answer)
    shown = clara.get(f"{PAGE}?days=30&language=en").context["funnel"]["rows"]
    assert [row[:4] for row in rows] == [
        ["Where people are lost", "English", row["words"], told(row["people"])] for row in shown
    ]
    assert "figures-30-days-en" in answer["Content-Disposition"]


def test_a_number_that_is_not_told_stands_in_no_file(clara):
    rows = read(clara.get(f"{PAGE}?form=csv"))
    started = next(row for row in rows if row[2].startswith("Treatment started, of") and row[1] == "TMS")
    assert started[3:6] == ["", "", "fewer than 10: not shown"]
    assert [row[3] for row in rows if row[0].startswith("How consults") and row[1] == "TMS"].count("0") == 1
    accepted = next(row for row in rows if row[2] == "Accepted by a team")
    assert accepted[3:] == ["", "12", "fewer than 10: not shown", "–", "–", ""]


def test_before_the_first_count_there_is_no_file_but_the_page_that_says_so(cast, db, signed_in):
    page = signed_in(cast.clara).get(f"{PAGE}?form=csv")
    assert "Not counted yet" in page.content.decode()


def test_the_file_is_for_who_reads_all_referrals(cast, clinic, signed_in):
    count_figures(timezone.now())
    for person in cast:
        answer = signed_in(person).get(f"{PAGE}?form=csv")
        assert answer.status_code == (200 if person.has_perm("treatments.view_referral") else 403), person
