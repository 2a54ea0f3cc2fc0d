"""The clinic's hours, holidays and targets: who sets them, what is refused, who reads them then, what stays on record."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from intake.locations import from_environment, settings_of
from tests.conftest import GROUP_OF
from tests.intake import screen
from tests.racing import at_once
from treatments.models import ClinicHours, Event, desk_clock
from treatments.models.looked_up import look_again
from treatments.triage.clinic_hours import change_hours
from treatments.workflow import Refused
from treatments.workflow.targets import TARGET_WORDS, TARGETS

PAGE = "/admin/treatments/clinichours/"
STALE = "Somebody else has changed the hours since you opened the page. Look at it again."
CHRISTMAS = {"2026-12-25": "Christmas"}


def words(page) -> str:
    return screen.words(page.content.decode())


def asked(**changes) -> dict:
    """What a change asks for; without changes what the environment says."""
    now = ClinicHours.newest()
    told = {key: getattr(now, key) for key in ClinicHours.SET}
    return {"seen": now.version, "wanted": ClinicHours(**{**told, **changes})}


def sent(**changes) -> dict:
    """What the page sends."""
    now = ClinicHours.newest()
    return {
        "seen_version": now.version,
        "days": now.days,
        "opens": f"{now.opens:%H:%M}",
        "closes": f"{now.closes:%H:%M}",
        "words": now.words,
        "holidays": "\n".join(f"{day} {name}" for day, name in now.holidays.items()),
        **{f"target-{key}": hours for key, hours in now.targets.items()},
        **changes,
    }


def versions() -> list[tuple]:
    return list(ClinicHours.objects.order_by("version").values_list("version", "by__username"))


@pytest.fixture
def adam(cast, signed_in) -> Client:
    return signed_in(cast.adam)


# --- Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GROUP_OF)
def test_only_the_clinics_administrator_sets_the_hours(name, cast, signed_in):
    person = getattr(cast, name)
    client = signed_in(person)
    if name == "adam":
        assert client.get(PAGE).status_code == 200
        assert PAGE in client.get(reverse("admin:index")).content.decode()
        assert client.post(PAGE, sent(holidays="2026-12-25")).url == PAGE
        assert versions() == [(1, None), (2, "adam")]
        return
    with pytest.raises(PermissionDenied):
        change_hours(actor=person, **asked(holidays=CHRISTMAS))
    assert client.get(PAGE).status_code == client.post(PAGE, sent(holidays="2026-12-25")).status_code == 403
    assert PAGE not in client.get(reverse("admin:index")).content.decode()
    assert versions() == []


# --- What a change does ---------------------------------------------------------------------------------


def test_the_environments_values_are_the_first_version_and_rows_win_afterwards(adam, cast, settings):
    settings.CLINIC_HOLIDAYS, settings.TARGET_HOURS = {date(2026, 11, 26)}, {"new": 4}
    lines = "2026-11-26 Thanksgiving\nDec 25, 2026: Christmas\n\n1/1/2027"
    hours = {"days": [0, 1, 2, 3], "opens": "08:00", "closes": "18:00", "words": "Monday to Thursday, 8 to 6"}
    assert adam.post(PAGE, sent(**hours, holidays=lines, **{"target-new": 6})).status_code == 302
    first, second = ClinicHours.objects.order_by("version")
    assert (first.holidays, first.targets["new"], first.by) == ({"2026-11-26": ""}, 4, None)
    assert second.holidays == {"2026-11-26": "Thanksgiving", **CHRISTMAS, "2027-01-01": ""}
    look_again()
    settings.CLINIC_HOLIDAYS, settings.TARGET_HOURS = set(), {"new": 30}
    here = settings_of(None)
    assert here.working_hours == (time(8), time(18)) and here.working_days == {0, 1, 2, 3}
    assert here.hours == "Monday to Thursday, 8 to 6"
    assert here.holidays == {date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)}
    assert desk_clock.targets() == {**TARGETS, "new": 6}
    settings.LINK_HOURS = 7  # what is no version goes on coming from the environment
    assert (settings_of(None).link_hours, settings_of(None).hours) == (7, "Monday to Thursday, 8 to 6")


def test_patients_read_the_new_hours_on_pages_that_were_kept(
    cast, client, django_capture_on_commit_callbacks
):
    before = words(client.get("/"))
    assert "Monday to Friday, 9 am to 5 pm" in before
    with django_capture_on_commit_callbacks(execute=True):
        change_hours(actor=cast.adam, **asked(words="Monday to Saturday, 7 am to 3 pm"))
    after = words(client.get("/"))
    assert after == before.replace("Monday to Friday, 9 am to 5 pm", "Monday to Saturday, 7 am to 3 pm")


def test_a_holiday_moves_what_is_due(cast):
    friday = datetime(2026, 12, 24, 16, tzinfo=ZoneInfo("America/New_York"))
    assert desk_clock.moment_after(friday, 2).day == 25
    change_hours(actor=cast.adam, **asked(holidays=CHRISTMAS))
    look_again()
    assert desk_clock.moment_after(friday, 2).day == 28


def test_each_change_is_an_event_that_says_what_was_changed(adam, cast, signed_in):
    changes = {"days": [0, 1, 2], "closes": "16:00", "holidays": "2026-12-25 Christmas", "target-tms": 24}
    adam.post(PAGE, sent(**changes))
    adam.post(PAGE, sent(holidays="2026-12-25 Christmas Day"))
    adam.post(PAGE, sent(holidays=""))
    said = [event.details["changes"] for event in Event.objects.filter(kind="hours_changed").order_by("pk")]
    assert said == [
        [
            "Working days: Monday, Tuesday, Wednesday (before: Monday, Tuesday, Wednesday, Thursday, Friday)",
            "Working hours: 9:00 am–4:00 pm (before: 9:00 am–5:00 pm)",
            "TMS: working hours until the team decides: 24 (before: 40)",
            "Holiday: Dec 25, 2026 Christmas",
        ],
        ["Holiday renamed: Dec 25, 2026 Christmas Day"],
        ["No holiday any more: Dec 25, 2026 Christmas Day"],
    ]
    page = words(adam.get(PAGE))
    for each in (*said[0], *said[1], *said[2], "As the server's settings had it."):
        assert each in page
    record = words(signed_in(cast.olive).get("/admin/treatments/event/?kind__exact=hours_changed"))
    assert record.count("Clinic hours changed") > 3 and "Holiday: Dec 25, 2026 Christmas" in record


def test_a_change_of_nothing_is_no_version(adam):
    assert adam.post(PAGE, sent()).url == PAGE
    assert versions() == [] and not Event.objects.filter(kind="hours_changed").exists()


# --- What is refused ------------------------------------------------------------------------------------

WRONG = {
    "no working day": ({"days": []}, "Tick at least one working day."),
    "an end before the beginning": ({"opens": "17:00", "closes": "09:00"}, "Work ends after it begins."),
    "no date": (
        {"holidays": "Christmas"},
        "“Christmas” does not begin with a date. Type it like 12/25/2026 or 2026-12-25.",
    ),
    "a day that no month has": ({"holidays": "2/30/2027 x"}, "“2/30/2027 x” does not begin with a date."),
    "a day twice": ({"holidays": "12/25/2026\n2026-12-25 x"}, "2026-12-25 stands there twice."),
    "a long name": (
        {"holidays": f"2026-12-25 {'x' * 61}"},
        "The name of 2026-12-25 is longer than 60 characters.",
    ),
    "no hours": ({"target-new": 0}, "Ensure this value is greater than or equal to 1."),
    "too many hours": ({"target-new": "9" * 30}, "Ensure this value is less than or equal to 1000."),
    "no words": ({"words": " "}, "This field is required."),
}


@pytest.mark.parametrize(("changes", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_at_its_field_and_kept_as_typed(adam, changes, sentence):
    page = adam.post(PAGE, sent(**{"words": "Weekdays, 9 to 5", **changes}))
    assert page.status_code == 200 and sentence in words(page)
    if "words" not in changes:
        assert "Weekdays, 9 to 5" in page.content.decode()
    assert versions() == []


MANY = {date.fromordinal(740_000 + number).isoformat(): "" for number in range(401)}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"days": []}, "Tick at least one working day."),
        ({"days": [0, 7]}, "Tick at least one working day."),
        ({"opens": time(17), "closes": time(17)}, "Work ends after it begins."),
        ({"holidays": MANY}, "At most 400 holidays."),
        ({"targets": TARGETS | {"new": 0}}, "A target is 1 to 1000 working hours."),
        ({"targets": TARGETS | {"new": 1001}}, "A target is 1 to 1000 working hours."),
    ],
)
def test_what_no_clinic_can_work_like_is_refused_whoever_asks(cast, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        change_hours(actor=cast.adam, **asked(**changes))
    assert versions() == []


def test_a_change_over_anothers_is_refused(adam, cast):
    old = sent(words="Mine")
    change_hours(actor=cast.adam, **asked(holidays=CHRISTMAS))
    page = adam.post(PAGE, old)
    assert page.status_code == 409 and STALE in words(page)
    assert ClinicHours.newest().holidays == CHRISTMAS


def test_of_two_changes_at_once_one_is_refused(real_database, cast):
    told = [asked(words="One"), asked(words="Two")]
    ends = at_once(*[lambda each=each: change_hours(actor=cast.adam, **each) for each in told])
    refused = [end for end in ends if isinstance(end, Refused)]
    assert [str(end) for end in refused] == [STALE]
    assert versions() == [(1, None), (2, "adam")]


# --- How it is read ---------------------------------------------------------------------------------------


def test_a_process_looks_now_and_then_and_not_at_every_page(cast, django_assert_num_queries):
    change_hours(actor=cast.adam, **asked(words="Mornings"))
    look_again()
    with django_assert_num_queries(1):
        assert {settings_of(None).hours for _time in range(10)} == {"Mornings"}


@pytest.mark.django_db(transaction=True)
def test_where_the_hours_cannot_be_read_the_last_known_go_on():
    look_again()
    with connection.execute_wrapper(away):
        assert settings_of(None) == from_environment(None)
    assert settings_of(None) == from_environment(None)


def away(execute, sql, params, many, context):
    raise OperationalError("away")


def test_every_target_has_words():
    assert list(TARGET_WORDS) == list(TARGETS)
