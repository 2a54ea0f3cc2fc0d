"""The home page's part for whoever reads, and the page on which they choose how mail of it comes."""

import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages import flat
from tests.treatments import notices
from tests.treatments.notices import DESK, at, unread
from treatments.models import NoticeSetting
from treatments.reading import for_you

HOME, PAGE = "/admin/", "/admin/treatments/referral/notices/"


def page_of(referral) -> str:
    return f"/admin/treatments/referral/{referral.pk}/"


def home(client) -> str:
    return flat(client.get(HOME))


def test_each_stands_on_the_home_page_with_the_name_and_leads_to_the_referral(clinic, signed_in):
    made = {kind: make(clinic) for kind, make in DESK.items()}
    shown = signed_in(clinic.cast.cora).get(HOME).context["home"]["for_you"]
    assert {row.url for row in shown.first} == {page_of(referral) for referral in made.values()}
    assert [str(row.words) for row in shown.first] == [
        "Mentioned in a note",
        "The patient answered",
        "Returned to you",
        "Assigned to you",
        "Due today or overdue",
    ]
    notices.due(clinic)  # what somebody did stands before what is due
    words = [str(row.words) for row in signed_in(clinic.cast.cora).get(HOME).context["home"]["for_you"].first]
    assert words[0] == "Mentioned in a note"
    part = home(signed_in(clinic.cast.cora)).split('id="for-you"')[1].split("</section>")[0]
    assert all(f"<bdi>{referral.name}</bdi>" in part for referral in made.values())
    assert "Nothing new." in home(signed_in(clinic.cast.clara))
    assert 'id="for-you"' not in home(signed_in(clinic.cast.olive))


def test_new_since_yesterday_is_said_of_what_came_yesterday_or_today(clinic):
    ages = {"2026-11-27": False, "2026-11-29": True, "2026-11-30": True}
    for day in ages:
        with time_machine.travel(at(day, "00:30"), tick=False):
            notices.mentioned(clinic)
    rows = for_you.for_you(clinic.cast.cora, at("2026-11-30", "16:00")).first
    assert [row.new for row in rows] == list(ages.values())[::-1]


def test_many_are_folded_and_of_very_many_the_newest_stand_there(clinic, signed_in, monkeypatch):
    monkeypatch.setattr(for_you, "SHOWN", 1), monkeypatch.setattr(for_you, "MOST", 2)
    rows = [notices.mentioned(clinic) for _each in range(3)]
    shown = signed_in(clinic.cast.cora).get(HOME).context["home"]["for_you"]
    assert [row.referral for row in (*shown.first, *shown.others)] == rows[:0:-1] and shown.more
    page = home(signed_in(clinic.cast.cora))
    assert "1 more" in page and "There are older ones besides." in page


def test_mark_all_as_read_marks_what_stood_there_and_only_ones_own(clinic, signed_in):
    first = notices.mentioned(clinic, "@cora and @clara, look.")
    newest = signed_in(clinic.cast.cora).get(HOME).context["home"]["for_you"].newest
    later = notices.mentioned(clinic)
    for odd in ("", "x", "-1", str(2**70)):
        signed_in(clinic.cast.cora).post(PAGE, {"newest": odd})
    assert len(unread(clinic.cast.cora)) == 2
    assert signed_in(clinic.cast.cora).post(PAGE, {"newest": newest + 10}).headers["Location"] == HOME
    assert unread(clinic.cast.cora) == []
    assert unread(clinic.cast.clara) == [("mentioned", first)] and later


def test_the_home_page_asks_for_them_once_however_many_and_the_worklist_not_at_all(clinic, signed_in):
    def queries(address: str) -> int:
        client = signed_in(clinic.cast.cora)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        told = [each["sql"] for each in asked if '"treatments_notice"' in each["sql"]]
        assert len(told) == (address == HOME)
        return len(asked)

    notices.mentioned(clinic)
    before = queries(HOME)
    for _each in range(4):
        notices.mentioned(clinic)
    assert queries(HOME) == before
    assert queries("/admin/treatments/referral/")


# --- How mail comes -----------------------------------------------------------------------------------------


def chosen(client) -> str:
    (value,) = re.findall(
        r'<input type="radio" name="delivery" value="(\w*)"[^>]*checked', flat(client.get(PAGE))
    )
    return value


@pytest.mark.parametrize("delivery", ["at_once", "daily", "none", ""])
def test_everybody_of_the_staff_chooses_how_mail_comes_and_reads_what_is_chosen(clinic, signed_in, delivery):
    for person in clinic.cast:
        client = signed_in(person)
        assert chosen(client) == ""
        assert client.post(PAGE, {"delivery": delivery}).headers["Location"] == PAGE
        assert chosen(client) == delivery
    assert set(NoticeSetting.objects.values_list("delivery", flat=True)) == {delivery}


def test_an_odd_choice_is_said_at_the_field_and_the_page_is_in_everybodys_menu(clinic, signed_in):
    client = signed_in(clinic.cast.sid)
    page = flat(client.post(PAGE, {"delivery": "hourly"}))
    assert "Select a valid choice" in page and not NoticeSetting.objects.exists()
    assert f'<a href="{PAGE}">Notices</a>' in page
    assert "Your account has no email address" in page
    User.objects.filter(pk=clinic.cast.sid.pk).update(email="sid@clinic.example")
    assert "no email address" not in flat(client.get(PAGE))


def test_notices_stand_on_the_home_page_whatever_mail_somebody_wants(clinic, signed_in):
    signed_in(clinic.cast.cora).post(PAGE, {"delivery": "none"})
    referral = notices.mentioned(clinic)
    assert referral.name in home(signed_in(clinic.cast.cora)).split('id="for-you"')[1].split("</section>")[0]
