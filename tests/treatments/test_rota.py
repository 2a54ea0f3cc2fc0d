"""Keeping the on-call rota: who may, who may stand in it, stale pages, two people, what is on record and on the page."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.checks.registry import registry
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.conftest import GROUP_OF, fresh
from tests.intake.screen import words
from tests.racing import at_once
from tests.treatments.rota import LIST, MIDNIGHT, NIGHT, a_row, always, with_mail
from treatments.admin.rota_check import every_hour_has_somebody_first
from treatments.models import Event, Shift
from treatments.models.rota import on_call_now
from treatments.triage.rota import add_shifts, change_shift, end_shift
from treatments.workflow import Refused
from treatments.workflow.rota import Channel, Rank

ADD = f"{LIST}add/"
HOOK = "https://pager.example/hook?key=secret"
# A Monday at noon in New York.
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("America/New_York"))
NOT_IN_ROTA = "This person may not read safety alerts: a notice would lead them nowhere."


@pytest.fixture
def cast(cast, settings):
    """Everybody who stands in the rota has an address."""
    settings.SENDS_MAIL = True
    with_mail(cast.clara, cast.cora, cast.carl)
    return cast


def sent(who, **changes) -> dict:
    """What the page to add a row sends."""
    told = {
        "seen_version": 0,
        "person": who.pk,
        "rank": 1,
        "weekdays": ["0"],
        "begins": "18:00",
        "ends": "08:00",
    }
    return {**told, "channel": "mail", **changes}


def changed(shift: Shift, **changes) -> dict:
    """What the page of a row sends, with these changes."""
    asked = {key: getattr(shift, key) for key in ("rank", "begins", "ends", "channel")}
    return {
        "seen_version": shift.version,
        "person": shift.person_id,
        "weekday": shift.weekday,
        **asked,
        **changes,
    }


def in_the_rota() -> list[tuple]:
    rows = Shift.objects.filter(ended_at=None).order_by("pk")
    return list(rows.values_list("person__username", "rank", "weekday"))


def kept() -> list[dict]:
    return [event.details for event in Event.objects.filter(kind="rota_changed").order_by("pk")]


def covering(now: datetime = NOON) -> list[int]:
    return [turn.person for turn in on_call_now(now).turns]


# --- Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GROUP_OF)
def test_only_the_clinics_administrator_keeps_the_rota(name, cast, signed_in):
    person, shift = getattr(cast, name), a_row(cast, cast.clara)
    client, before = signed_in(person), kept()
    acts = (
        lambda: add_shifts(actor=person, person=cast.cora, rank=1, weekdays=[1], channel="mail", **NIGHT),
        lambda: change_shift(
            shift=shift,
            actor=person,
            seen=0,
            person=cast.cora,
            rank=1,
            channel="mail",
            webhook="",
            weekday=0,
            **NIGHT,
        ),
        lambda: end_shift(shift=shift, actor=person, seen=1),
    )
    pages = (LIST, ADD, f"{LIST}{shift.pk}/", f"{LIST}{shift.pk}/end/")
    if name == "adam":
        assert [client.get(page).status_code for page in pages] == [200] * 4
        for act in acts:
            act()
        assert len(kept()) == len(before) + 3
        assert LIST in client.get(reverse("admin:index")).content.decode()
        return
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    for page in pages:
        assert client.get(page).status_code in (302, 403)
        assert client.post(page, sent(cast.cora)).status_code in (302, 403)
    assert kept() == before
    assert LIST not in client.get(reverse("admin:index")).content.decode()


# --- Who may stand in it ------------------------------------------------------------------------------


def test_whoever_may_not_read_alerts_is_refused_at_the_field(cast, signed_in):
    with_mail(cast.tess)
    page = signed_in(cast.adam).post(ADD, sent(cast.tess))
    assert page.context["form"].errors == {"person": [NOT_IN_ROTA]}
    assert NOT_IN_ROTA in words(page.content.decode())
    with pytest.raises(Refused, match="may not read safety alerts"):
        a_row(cast, cast.tess)
    assert in_the_rota() == []


def test_an_account_that_is_switched_off_is_refused_at_the_field(cast, signed_in):
    cast.clara.is_active = False
    cast.clara.save()
    page = signed_in(cast.adam).post(ADD, sent(cast.clara))
    assert page.context["form"].errors == {"person": ["This account is switched off."]}


def test_an_account_that_may_not_sign_in_here_is_refused(cast):
    cast.clara.is_staff = False
    cast.clara.save()
    with pytest.raises(Refused, match="lead them nowhere"):
        a_row(cast, cast.clara)


def test_a_superuser_who_reads_patients_only_in_an_emergency_is_refused(cast):
    boss = User.objects.create_superuser("boss", email="boss@clinic.example")
    with pytest.raises(Refused, match="lead them nowhere"):
        a_row(cast, boss)


def test_mail_without_an_address_or_without_a_server_is_refused_at_the_field(cast, signed_in, settings):
    cast.clara.email = ""
    cast.clara.save()
    page = signed_in(cast.adam).post(ADD, sent(cast.clara))
    why = "This account has no email address. Add one to the account first."
    assert page.context["form"].errors == {"channel": [why]}
    settings.SENDS_MAIL = False
    page = signed_in(cast.adam).post(ADD, sent(cast.cora))
    assert page.context["form"].errors == {
        "channel": ["This clinic sends no mail: a mail server is not set."]
    }
    with pytest.raises(Refused, match="no mail"):
        a_row(cast, cast.cora)
    assert in_the_rota() == []


@pytest.mark.parametrize(
    "address", ["", "http://pager.example/x", "pager.example", "https://", "https://[", "ftp://x.y"]
)
def test_a_webhook_needs_an_address_of_https(address, cast, signed_in, settings):
    settings.HTTPS = True
    client = signed_in(cast.adam)
    page = client.post(ADD, sent(cast.clara, channel="webhook", webhook=address), secure=True)
    why = "Give the address of the webhook: it starts with https://."
    assert page.context["form"].errors == {"webhook": [why]}
    with pytest.raises(Refused):
        a_row(cast, cast.clara, channel=Channel.WEBHOOK, webhook=address)
    a_row(cast, cast.clara, channel=Channel.WEBHOOK, webhook=HOOK)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weekdays": []}, None),
        ({"first_day": "2026-12-24", "last_day": "2026-12-25"}, None),
        ({"weekdays": [], "first_day": "2026-12-24"}, None),
        ({"weekdays": [], "first_day": "2026-12-26", "last_day": "2026-12-25"}, None),
        ({"weekdays": [], "first_day": "2026-12-25", "last_day": "2026-12-25"}, None),
        ({"weekdays": ["7"]}, "weekdays"),
        ({"begins": "25:00"}, "begins"),
        ({"rank": "3"}, "rank"),
        ({"person": "987654"}, "person"),
    ],
)
def test_a_senseless_row_is_shown_as_a_mistake(changes, field, cast, signed_in):
    page = signed_in(cast.adam).post(ADD, sent(cast.clara, **changes))
    if field:
        assert field in page.context["form"].errors
    else:
        assert page.status_code == 409
        assert page.context["refused"]
    assert in_the_rota() == []


def test_who_lost_the_right_was_switched_off_or_has_no_address_any_more_covers_nothing(cast, signed_in):
    for person in (cast.clara, cast.cora, cast.carl):
        a_row(cast, person)
    assert covering() == [cast.clara.pk, cast.cora.pk, cast.carl.pk]
    cast.clara.groups.clear()
    cast.cora.is_active, cast.carl.email = False, ""
    cast.cora.save()
    cast.carl.save()
    assert covering() == []
    page = words(signed_in(cast.adam).get(LIST).content.decode())
    assert f"Counts as nobody : {NOT_IN_ROTA}" in page
    assert "Counts as nobody : This account is switched off." in page
    assert "Counts as nobody : This account has no email address." in page
    assert page.count("Nobody is first") == 1


def test_mail_covers_nothing_where_no_mail_is_sent(cast, settings):
    a_row(cast, cast.clara)
    a_row(cast, cast.cora, channel=Channel.WEBHOOK, webhook=HOOK)
    settings.SENDS_MAIL = False
    assert covering() == [cast.cora.pk]


# --- Adding, changing, ending ---------------------------------------------------------------------------


def test_a_row_is_added_for_each_day_that_was_ticked_each_as_an_event(cast, signed_in):
    client = signed_in(cast.adam)
    for _twice in range(2):
        assert client.post(ADD, sent(cast.clara, weekdays=["5", "6"])).url == LIST
    assert in_the_rota() == [("clara", 1, 5), ("clara", 1, 6)]
    first, second = Shift.objects.order_by("pk")
    assert kept() == [
        {"rota": "added", "shift": first.pk, "row": "Clara, first, Saturday, 6 pm to 8 am, by email"},
        {"rota": "added", "shift": second.pk, "row": "Clara, first, Sunday, 6 pm to 8 am, by email"},
    ]
    event = Event.objects.filter(kind="rota_changed").first()
    assert (event.actor, event.referral, event.submission) == (cast.adam, None, None)


def test_a_row_by_dates_runs_out_and_is_not_shown_any_more(cast, signed_in):
    days = {"weekdays": [], "first_day": "2026-11-16", "last_day": "2026-11-17"}
    client = signed_in(cast.adam)
    assert client.post(ADD, sent(cast.clara, **days)).url == LIST
    assert covering() == [cast.clara.pk]
    assert covering(NOON.replace(day=18)) == []
    with time_machine.travel(NOON, tick=False):
        signed_in_now = signed_in(cast.adam)
        assert "Nov 16, 2026, 6 pm to Nov 17, 2026, 8 am" in signed_in_now.get(LIST).content.decode()


def test_a_row_is_changed_on_its_page_as_an_event_that_says_what_it_was(cast, signed_in):
    shift = a_row(cast, cast.clara)
    client = signed_in(cast.adam)
    asked = changed(shift, person=cast.cora.pk, rank=2, weekday=4)
    assert client.post(f"{LIST}{shift.pk}/", asked).url == LIST
    assert in_the_rota() == [("cora", 2, 4)]
    assert kept()[1:] == [
        {
            "rota": "changed",
            "shift": shift.pk,
            "row": "Cora, second, Friday, 24 hours from midnight, by email",
            "before": "Clara, first, Monday, 24 hours from midnight, by email",
        }
    ]
    assert client.post(f"{LIST}{shift.pk}/", changed(fresh(shift))).url == LIST
    assert len(kept()) == 2


def test_a_row_that_is_ended_covers_nothing_and_stays_on_record(cast, signed_in):
    shift = a_row(cast, cast.clara)
    client, page = signed_in(cast.adam), f"{LIST}{shift.pk}/end/"
    client.get(page)
    assert fresh(shift).ended_at is None
    for _twice in range(2):
        assert client.post(page, {"seen_version": 0}).url == LIST
    assert covering() == []
    assert Shift.objects.count() == 1
    assert [event["rota"] for event in kept()] == ["added", "ended"]
    a_row(cast, cast.clara)
    assert covering() == [cast.clara.pk]


def test_the_address_of_a_webhook_is_kept_when_left_blank_and_is_shown_nowhere(cast, signed_in):
    shift = a_row(cast, cast.clara, channel=Channel.WEBHOOK, webhook=HOOK)
    client = signed_in(cast.adam)
    pages = [
        client.get(address).content.decode()
        for address in (LIST, f"{LIST}{shift.pk}/", f"{LIST}{shift.pk}/end/")
    ]
    client.post(f"{LIST}{shift.pk}/", changed(shift, rank=2, webhook=""))
    assert (fresh(shift).webhook, fresh(shift).rank) == (HOOK, 2)
    record = signed_in(cast.olive).get("/admin/treatments/event/").content.decode()
    assert "pager.example" not in "".join([*pages, record, str(kept())])
    client.post(f"{LIST}{shift.pk}/", changed(fresh(shift), channel="mail", webhook=""))
    assert fresh(shift).webhook == ""


def test_the_privacy_officer_reads_every_change_of_the_rota(cast, signed_in):
    shift = a_row(cast, cast.clara)
    asked = {"person": cast.cora, "rank": 1, "channel": "mail", "webhook": "", "weekday": 0}
    change_shift(shift=shift, actor=cast.adam, seen=0, begins=time(9), ends=time(17), **asked)
    end_shift(shift=shift, actor=cast.adam, seen=1)
    page = words(signed_in(cast.olive).get("/admin/treatments/event/").content.decode())
    assert page.count("On-call rota changed") >= 3
    assert "added: Clara, first, Monday, 24 hours from midnight, by email" in page
    became = "changed to: Cora, first, Monday, 9 am to 5 pm, by email; it was: Clara, first, Monday, 24 hours"
    assert became in page
    assert "ended: Cora, first, Monday, 9 am to 5 pm, by email" in page


# --- Two people ---------------------------------------------------------------------------------------


@pytest.fixture
def other(cast):
    """A second administrator."""
    cast.sid.groups.set(cast.adam.groups.all())
    return cast.sid


def test_a_page_that_somebody_else_has_made_stale_changes_nothing(cast, other, signed_in):
    shift = a_row(cast, cast.clara)
    before = changed(shift, rank=2)
    assert signed_in(other).post(f"{LIST}{shift.pk}/", changed(shift, weekday=3)).url == LIST
    for page, asked in ((f"{LIST}{shift.pk}/", before), (f"{LIST}{shift.pk}/end/", before)):
        response = signed_in(cast.adam).post(page, asked)
        assert response.status_code == 409
        why = "Sid has changed this row since you opened the page. Look at it again."
        assert why in words(response.content.decode())
    assert in_the_rota() == [("clara", 1, 3)]


def test_a_row_that_somebody_else_has_ended_is_neither_changed_nor_ended_again(cast, other, signed_in):
    shift = a_row(cast, cast.clara)
    end_shift(shift=shift, actor=other, seen=0)
    for page in (f"{LIST}{shift.pk}/", f"{LIST}{shift.pk}/end/"):
        response = signed_in(cast.adam).post(page, changed(shift, rank=2))
        assert response.status_code == 409
        assert "Sid has ended this row." in words(response.content.decode())
    assert len(kept()) == 2


def test_the_same_row_by_somebody_else_is_refused_and_adds_nothing(cast, other, signed_in):
    a_row(cast, cast.clara)
    response = signed_in(other).post(ADD, sent(cast.clara, begins="00:00", ends="00:00"))
    assert response.status_code == 409
    there = "This row is in the rota already: Clara, first, Monday, 24 hours from midnight, by email."
    assert there in words(response.content.decode())
    assert len(kept()) == 1


def test_a_row_is_not_changed_into_one_that_is_there(cast):
    a_row(cast, cast.clara)
    shift = a_row(cast, cast.clara, weekdays=[1])
    asked = {"person": cast.clara, "rank": 1, "channel": "mail", "webhook": "", "weekday": 0}
    with pytest.raises(Refused, match="in the rota already"):
        change_shift(shift=shift, actor=cast.adam, seen=0, begins=MIDNIGHT, ends=MIDNIGHT, **asked)


def test_of_two_who_add_the_same_row_at_once_one_does_and_the_other_reads_why(real_database, cast, other):
    asked = {"person": cast.clara, "rank": 1, "weekdays": [0], "channel": "mail", **NIGHT}
    outcomes = at_once(*(lambda who=who: add_shifts(actor=who, **asked) for who in (cast.adam, other)))
    assert sorted(type(each).__name__ for each in outcomes) == ["Refused", "list"]
    assert len(in_the_rota()) == len(kept()) == 1


@pytest.mark.postgres  # SQLite lets one writer in at a time: there is no between
def test_a_row_that_came_between_looking_and_storing_is_refused_all_the_same(real_database, cast, other):
    asked = {"person": cast.clara, "rank": 1, "weekdays": [0], "channel": "mail", **NIGHT}
    came_between: list = []

    def let_the_other_in(execute, statement, *more):
        if statement.startswith('INSERT INTO "treatments_shift"') and not came_between:
            came_between.extend(at_once(lambda: add_shifts(actor=other, **asked)))
        return execute(statement, *more)

    with connection.execute_wrapper(let_the_other_in), pytest.raises(Refused, match="in the rota already"):
        add_shifts(actor=cast.adam, **asked)
    assert [len(added) for added in came_between] == [1]
    assert len(in_the_rota()) == len(kept()) == 1


def test_of_two_who_change_a_row_at_once_one_does_and_the_other_reads_why(real_database, cast, other):
    shift = a_row(cast, cast.clara)
    asked = {"person": cast.clara, "rank": 1, "channel": "mail", "webhook": "", **NIGHT}
    outcomes = at_once(
        lambda: change_shift(shift=shift, actor=cast.adam, seen=0, weekday=3, **asked),
        lambda: end_shift(shift=shift, actor=other, seen=0),
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["NoneType", "Refused"]
    assert len(kept()) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": None},
        {"weekday": 7},
        {"first_day": date(2026, 12, 24), "last_day": date(2026, 12, 25)},
        {"weekday": None, "first_day": date(2026, 12, 24), "last_day": date(2026, 12, 23)},
        {"weekday": None, "first_day": date(2026, 12, 24), "last_day": date(2026, 12, 24), "ends": time(7)},
        {"webhook": HOOK},
        {"channel": "webhook"},
        {"weekday": 0},
    ],
)
def test_the_database_itself_refuses_a_senseless_row_and_one_that_is_there(wrong, cast):
    a_row(cast, cast.clara, begins=time(8), ends=time(18))
    row = {
        "person": cast.clara,
        "rank": 1,
        "channel": "mail",
        "begins": time(8),
        "ends": time(18),
        "weekday": 1,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(**{**row, "changed_by": cast.adam, **wrong})
    assert connection.is_usable()


# --- The page and the check --------------------------------------------------------------------------------


def test_the_page_names_in_words_what_nobody_covers_and_who_is_on_call(cast, signed_in):
    a_row(cast, cast.clara, weekdays=[0, 1, 2, 3, 4, 6], begins=time(8), ends=time(8))
    a_row(cast, cast.cora, weekdays=[5], begins=time(8), ends=time(18))
    always(cast, cast.carl, Rank.SECOND)
    with time_machine.travel(NOON, tick=False):
        response = signed_in(cast.adam).get(LIST)
    assert response.context["gaps"] == ["Nobody is first on Saturday, Nov 21, 6 pm to 8 am."]
    page = words(response.content.decode())
    assert "On call now: First Clara , Second Carl" in page
    assert "Saturday, Nov 21 midnight to 8 am: Clara 8 am to 6 pm: Cora 6 pm to midnight: nobody" in page
    assert "all day: Carl" in page


def test_rows_of_the_same_person_that_follow_each_other_are_one_stretch(cast, signed_in):
    a_row(cast, cast.clara, weekdays=range(7), begins=time(8), ends=time(8))
    with time_machine.travel(NOON, tick=False):
        monday = signed_in(cast.adam).get(LIST).context["days"][0]
    assert [part.words for part in monday.lines[0]] == ["all day: Clara"]


def test_the_page_leads_to_other_weeks(cast, signed_in):
    with time_machine.travel(NOON, tick=False):
        client = signed_in(cast.adam)
        assert client.get(LIST).context["later"] == "2026-11-23"
        assert client.get(f"{LIST}?from=2026-11-23").context["days"][0].label == "Monday, Nov 23"
        for nonsense in ("x", "9999-12-31", "0001-01-01", "2026-02-30"):
            assert client.get(f"{LIST}?from={nonsense}").context["days"][0].label == "Monday, Nov 16"


def test_the_deploy_check_warns_of_hours_that_nobody_covers(cast, settings):
    settings.ON_CALL_EMAIL = "on-call@clinic.example"
    assert every_hour_has_somebody_first in registry.deployment_checks
    (warning,) = every_hour_has_somebody_first(None)
    assert warning.id == "treatments.W002"
    assert warning.msg.startswith("Nobody is first from ")
    always(cast, cast.clara)
    assert every_hour_has_somebody_first(None) == []
    cast.clara.groups.clear()
    assert len(every_hour_has_somebody_first(None)) == 1


@pytest.mark.django_db
def test_the_deploy_check_is_silent_before_the_tables_are_there(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE treatments_shift RENAME TO treatments_elsewhere")
    assert every_hour_has_somebody_first(None) == []
