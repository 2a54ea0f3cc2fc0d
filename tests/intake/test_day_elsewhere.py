"""The day of a person may have begun before the clinic's: their today is no day that has not come yet."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from intake import document
from intake.models import Submission
from intake.typed.dates import parts_of
from tests.documents import complete_document, with_changes
from tests.intake import pat

pytestmark = pytest.mark.django_db

TODAY, TOMORROW, AFTER = date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)
NOT_YET = "this day has not come yet"


@pytest.fixture(autouse=True)
def new_years_eve():
    """Evening at the clinic in New York; in Tokyo the new year has begun."""
    with time_machine.travel(datetime(2026, 12, 31, 22, tzinfo=UTC), tick=False):
        yield


def measured(client, typed: str):
    draft = pat.begin(client)
    told = {"health-bp": "120/80", "health-bp_date_month": typed}
    response = pat.save(client, "heart", **told, **{"health-bp_date_day": "", "health-bp_date_year": ""})
    draft.refresh_from_db()
    return response, draft.answers.get("health", {}).get("bp_date")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1/1/2027", "2027-01-01"),
        ("1/1/27", "2027-01-01"),
        ("January 2027", "2027-01-01"),
        ("today", "2026-12-31"),
        ("December 2026", "2026-12-31"),
    ],
)
def test_the_day_that_has_begun_elsewhere_is_taken(client, typed, day):
    response, stored = measured(client, typed)
    assert response.status_code == 302
    assert stored == day


@pytest.mark.parametrize("typed", ["1/2/2027", "February 2027"])
def test_no_later_day_is(client, typed):
    response, stored = measured(client, typed)
    assert NOT_YET in response.content.decode()
    assert stored is None


def test_a_month_that_has_begun_elsewhere_is_taken(client):
    pat.begin(client)
    assert pat.add(client, "medicines-tried", started="1 2027", stopped="").status_code == 302
    response = pat.add(client, "medicines-tried", started="2 2027", stopped="")
    assert NOT_YET in response.content.decode()


def test_a_form_with_that_day_can_be_sent(client):
    pat.fill(client)
    told = {"health-bp_date_month": "1", "health-bp_date_day": "1", "health-bp_date_year": "2027"}
    assert pat.save(client, "heart", **told).status_code == 302
    pat.send(client)
    sent = Submission.objects.get()
    assert not sent.is_draft
    assert sent.answers["health"]["bp_date"] == "2027-01-01"


def test_nobody_was_born_on_it(client):
    pat.begin(client)
    told = {
        "about-date_of_birth_month": "1",
        "about-date_of_birth_day": "1",
        "about-date_of_birth_year": "2027",
    }
    response = pat.save(client, "name", **told)
    assert NOT_YET in response.content.decode()


@pytest.mark.parametrize(
    ("path", "value", "refused"),
    [
        ("health.bp_date", TOMORROW.isoformat(), False),
        ("health.bp_date", AFTER.isoformat(), True),
        ("about.date_of_birth", TOMORROW.isoformat(), True),
    ],
)
def test_a_document_may_hold_that_day_too(path, value, refused):
    told = with_changes(complete_document(), **{"submitted_on": TODAY.isoformat(), path: value})
    assert [each.split(":")[0] for each in document.validate(told)] == ([path] if refused else [])


@pytest.mark.parametrize(("month", "refused"), [("2027-01", False), ("2027", False), ("2027-02", True)])
def test_so_may_a_month_of_a_document(month, refused):
    told = complete_document(**{"submitted_on": TODAY.isoformat()})
    told["antidepressants"]["trials"][0] |= {"started": month}
    told["antidepressants"]["trials"][0].pop("stopped", None)
    assert bool(document.validate(told)) is refused


def test_a_month_elsewhere_is_read_as_its_first_day_alone():
    assert parts_of("January 2027", TODAY).last_day(TODAY) == TOMORROW
    assert parts_of("January 2027", date(2027, 1, 20)).last_day(date(2027, 1, 20)) == date(2027, 1, 20)
    assert parts_of("January 2027", date(2027, 3, 1)).last_day(date(2027, 3, 1)) == date(2027, 1, 31)
    assert parts_of("1/1/28", TODAY).year == 1928
