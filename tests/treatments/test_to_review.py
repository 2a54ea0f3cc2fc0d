"""What stands before the privacy officers until they have closed it with a reason, and why a look may be in order."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from intake.locations import settings_of
from tests.conftest import SAME_DAY, URGENT, fresh, release_hold
from tests.pages import flat
from tests.treatments.rota import a_row, with_mail
from treatments.admin.pages import people
from treatments.figures import record_hours
from treatments.figures import to_review as reviewing
from treatments.figures.parts import Duty, Known, Parts
from treatments.figures.to_review import DAYS, Item, to_review
from treatments.models import Event
from treatments.triage.access_log import exported, opened, shown, sign_in_failed
from treatments.triage.access_review import review
from treatments.triage.accounts import change_account
from treatments.triage.assignment import assign, claim
from treatments.triage.closing import close, reopen
from treatments.triage.notes import add_note
from treatments.triage.rota import end_shift
from treatments.triage.routing import route
from treatments.workflow import Refused
from treatments.workflow.events import LISTED

RECORD = "/admin/treatments/event/"
PEOPLE = f"{RECORD}people/"
# A Monday, so that the clinic works; and a night of it.
NOON = datetime(2030, 1, 7, 12, tzinfo=timezone.get_default_timezone())
NIGHT = NOON.replace(hour=23, minute=52)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def olive(cast, signed_in) -> Client:
    return signed_in(cast.olive)


def items(user, why: str) -> list[Item]:
    return [item for item in to_review(fresh(user)).items if item.why == why]


def put_away(client: Client, item: Item, reason: str = "covers for a colleague"):
    return client.post(f"{RECORD}{item.newest}/review/{item.why}/", {"reason": reason})


# --- Looks without a part -------------------------------------------------------------------------------


def test_whoever_looked_and_had_no_part_in_it_stands_there_once_for_each_person(cast, clinic, olive):
    referral, other = clinic.in_review(), clinic.in_review()  # Cora's
    for _each in range(3):
        opened(referral=referral, actor=cast.carl)
    opened(referral=other, actor=cast.carl)
    opened(referral=referral, actor=cast.cora)
    found = items(cast.olive, "looks")
    assert {(item.actor, item.referral, len(item.events)) for item in found} == {
        (cast.carl.pk, referral.pk, 3),
        (cast.carl.pk, other.pk, 1),
    }
    page = flat(olive.get(PEOPLE))
    assert f"opened {referral.reference} 3 times, no part in it" in page
    assert referral.last_name not in page and referral.first_name not in page


def test_the_same_surname_is_said(cast, clinic, olive):
    referral = clinic.in_review(**{"about.last_name": "Mock-Ridge"})
    cast.carl.last_name = "Mockridge"
    cast.carl.save()
    opened(referral=referral, actor=cast.carl)
    assert "no part in it, same surname" in flat(olive.get(PEOPLE))


@pytest.mark.parametrize("hours, stands", [(1, False), (25, True)])
def test_a_deed_by_the_next_day_is_a_part_and_a_later_one_is_none(cast, clinic, at_noon, hours, stands):
    referral = clinic.in_review()
    opened(referral=referral, actor=cast.carl)
    at_noon.shift(timedelta(hours=hours))
    add_note(referral=referral, actor=cast.carl, note="called back")
    assert bool(items(cast.olive, "looks")) is stands


def test_what_nobody_has_claimed_is_anybodys_at_the_desk_until_somebody_does(cast, clinic, at_noon):
    referral = clinic.new()
    opened(referral=referral, actor=cast.carl)
    at_noon.shift(60)
    claim(referral=referral, actor=cast.cora)
    assert not items(cast.olive, "looks")
    closed = clinic.closed()
    closed.__class__.objects.filter(pk=closed.pk).update(owner=None)
    at_noon.shift(60)
    opened(referral=closed, actor=cast.carl)
    assert [item.referral for item in items(cast.olive, "looks")] == [closed.pk]


def test_a_team_has_a_part_in_its_own_queue_alone(cast, clinic, at_noon):
    consult = clinic.consult("waiting", "tms")
    at_noon.shift(60)
    for person in (cast.tess, cast.sam):
        opened(referral=consult.referral, consult=consult, actor=person)
    assert [item.actor for item in items(cast.olive, "looks")] == [cast.sam.pk]


def test_a_clinician_may_look_where_a_hold_stands_and_a_coordinator_who_does_not_own_it_may_not(cast, clinic):
    referral = clinic.in_review(**SAME_DAY)
    for person in (cast.clara, cast.carl):
        opened(referral=referral, actor=person)
    assert [item.actor for item in items(cast.olive, "looks")] == [cast.carl.pk]


def test_whoever_is_on_call_may_look_and_at_any_hour(cast, clinic, settings):
    settings.SENDS_MAIL = True
    with_mail(cast.clara)
    referral = clinic.in_review()
    with time_machine.travel(NIGHT, tick=False):
        opened(referral=referral, actor=cast.clara)
        (looked,), (late,) = items(cast.olive, "looks"), items(cast.olive, "hours")
        assert looked.actor == late.actor == cast.clara.pk
        a_row(cast, cast.clara, weekdays=[NIGHT.weekday()], begins=time(22), ends=time(6))
        assert not items(cast.olive, "looks") + items(cast.olive, "hours")


def test_a_row_of_the_rota_covers_its_hours_until_it_is_ended(cast, clinic, settings):
    settings.SENDS_MAIL = True
    with_mail(cast.clara)
    referral = clinic.in_review()
    opened(referral=referral, actor=cast.clara)
    with time_machine.travel(NIGHT, tick=False) as night:
        row = a_row(cast, cast.clara, weekdays=[NIGHT.weekday()], begins=time(22), ends=time(6))
        opened(referral=referral, actor=cast.clara)
        night.shift(60)
        end_shift(shift=row, actor=cast.adam, seen=row.version)
        night.shift(60)
        opened(referral=referral, actor=cast.clara)
        (looked,), (late,) = items(cast.olive, "looks"), items(cast.olive, "hours")
        assert [len(looked.events), len(late.events)] == [2, 1]


def test_nobody_is_known_to_have_been_on_call_before_the_first_hour_that_was_read():
    here = settings_of(None).working_time.on_its_clock(NOON)
    duty = Duty([here], [frozenset({1})])
    assert (duty.people(NOON), duty.people(NOON - timedelta(minutes=1))) == ({1}, set())


def test_whoever_typed_the_form_in_has_a_part_in_it():
    known = Known("", "", owner=1, checker=None, holds=False, closed_at=None, entered_by=2)
    parts = Parts(referrals={7: known})
    assert [str(parts.of(actor, 7, NOON)) for actor in (2, 3)] == ["did something on it", ""]


def test_whoever_is_named_for_the_next_check_has_a_part_in_it(cast, clinic):
    cast.sid.groups.set(cast.clara.groups.all())
    referral = clinic.new(**URGENT)
    check = {"next_check_at": NOON + timedelta(days=1), "next_check_by": fresh(cast.sid)}
    release_hold(referral=referral, actor=cast.clara, level="moderate", **check)
    claim(referral=fresh(referral), actor=cast.cora)
    for person in (cast.sid, cast.carl):
        opened(referral=referral, actor=person)
    assert [item.actor for item in items(cast.olive, "looks")] == [cast.carl.pk]


def test_a_team_has_no_part_in_what_waits_at_the_desk_nor_before_it_is_asked(cast, clinic, at_noon):
    referral = clinic.in_review()
    opened(referral=referral, actor=cast.tess)
    at_noon.shift(60)
    route(referral=referral, actor=cast.cora, treatments=["tms"])
    opened(referral=clinic.new(), actor=cast.tess)
    assert [item.actor for item in items(cast.olive, "looks")] == [cast.tess.pk] * 2


def test_what_was_closed_unclaimed_is_nobodys_until_then(cast, clinic, at_noon):
    referral = clinic.new()
    opened(referral=referral, actor=cast.carl)
    at_noon.shift(60)
    close(referral=referral, actor=cast.cora, reason="patient_declined")
    assert not items(cast.olive, "looks")
    opened(referral=referral, actor=cast.carl)
    assert [len(item.events) for item in items(cast.olive, "looks")] == [1]


def test_what_was_reopened_and_never_claimed_has_an_owner_from_then_on(cast, clinic, at_noon):
    referral = clinic.new()
    opened(referral=referral, actor=cast.carl)
    at_noon.shift(60)
    close(referral=referral, actor=cast.cora, reason="patient_declined")
    reopen(referral=fresh(referral), actor=cast.cora, note="called again")
    assert not items(cast.olive, "looks")
    at_noon.shift(60)
    opened(referral=referral, actor=cast.carl)
    assert [len(item.events) for item in items(cast.olive, "looks")] == [1]


def test_a_note_claims_nothing_and_an_assigning_does_and_the_first_counts(cast, clinic, at_noon):
    referral = clinic.new()
    add_note(referral=referral, actor=cast.cora, note="called")
    at_noon.shift(60)
    opened(referral=referral, actor=cast.clara)
    at_noon.shift(60)
    for owner in (cast.cora, cast.carl):
        assign(referral=fresh(referral), actor=owner, to=owner)
        opened(referral=referral, actor=cast.clara)
        at_noon.shift(60)
    found = items(cast.olive, "looks")
    assert [(item.actor, len(item.events)) for item in found] == [(cast.clara.pk, 2)]


# --- Exports and hours -----------------------------------------------------------------------------------


def test_each_export_stands_there_with_what_it_was(cast, clinic, olive):
    exported(referral=None, actor=cast.cora, details={"rows": 25, "form": "csv"})
    exported(referral=clinic.in_review(), actor=None, details={"form": "clinic-intake/1"})
    assert len(items(cast.olive, "export")) == 2
    page = flat(olive.get(PEOPLE))
    assert "worklist, 25 rows, csv" in page and "at the server&#x27;s command line" in page


def test_a_day_outside_hours_stands_there_once_for_each_person(cast, clinic, olive):
    referral = clinic.in_review()
    for hours in (-14, -13, 12):  # the evening before is a Sunday, and midnight another day
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            opened(referral=referral, actor=cast.cora)
            shown(LISTED, actor=cast.cora, details={"rows": 3})
    with time_machine.travel(NOON + timedelta(hours=13)):
        found = items(cast.olive, "hours")
    assert [(item.actor, len(item.events), item.people) for item in found] == [
        (cast.cora.pk, 2, 1),
        (cast.cora.pk, 4, 1),
    ]


def test_what_is_older_than_a_month_is_not_put_before_anybody_but_changes_of_rights_are(
    cast, clinic, at_noon
):
    exported(referral=None, actor=cast.cora, details={"rows": 25, "form": "csv"})
    change_account(account=cast.sid, actor=cast.adam, groups=list(cast.cora.groups.all()))
    at_noon.shift(timedelta(days=DAYS + 1))
    assert {item.why for item in to_review(cast.olive).items} == {"rights"}


def test_only_the_newest_looks_are_read_and_the_page_says_since_when(
    cast, clinic, olive, at_noon, monkeypatch
):
    monkeypatch.setattr(reviewing, "MOST_READ", 2)
    referral = clinic.in_review()
    for _each in range(4):
        at_noon.shift(60)
        opened(referral=referral, actor=cast.carl)
    (found,) = items(cast.olive, "looks")
    assert len(found.events) == 2
    assert "stand here since today" in flat(olive.get(PEOPLE))


def test_an_export_is_no_look_and_what_is_done_by_day_is_of_no_odd_hour(cast, clinic):
    exported(referral=clinic.in_review(), actor=cast.carl, details={"form": "clinic-intake/1"})
    assert [item.why for item in to_review(cast.olive).items] == ["export"]


def test_a_form_never_sent_is_no_referral_and_the_command_line_keeps_no_hours(cast):
    opened(referral=None, actor=cast.carl)
    assert not to_review(cast.olive).items
    with time_machine.travel(NIGHT, tick=False):
        exported(referral=None, actor=None, details={"rows": 25, "form": "csv"})
        assert [item.why for item in to_review(cast.olive).items] == ["export"]


@pytest.mark.parametrize("kind", ["opened", "exported", "listed", "searched", "shown"])
def test_whatever_was_seen_at_night_is_of_an_odd_hour(cast, kind):
    with time_machine.travel(NIGHT, tick=False):
        Event.objects.create(kind=kind, actor=cast.cora)
        assert [item.kinds for item in items(cast.olive, "hours")] == [(kind,)]


@pytest.mark.parametrize(
    "kind",
    [
        *("account_made", "account_changed", "account_ended", "account_resumed", "password_link"),
        *("factor_added", "factor_removed", "access_opened", "glass_broken"),
    ],
)
def test_whatever_changes_what_an_account_may_do_stands_there(cast, kind):
    Event.objects.create(kind=kind, actor=cast.adam, account=cast.sid)
    assert [item.account for item in items(cast.olive, "rights")] == [cast.sid.pk]


def test_what_two_people_did_to_one_account_in_the_same_moment_are_two_things(cast):
    cast.pia.groups.set(cast.adam.groups.all())
    for actor, groups in ((cast.adam, cast.cora.groups.all()), (fresh(cast.pia), [])):
        change_account(account=cast.sid, actor=actor, groups=list(groups))
    assert {item.actor for item in items(cast.olive, "rights")} == {cast.adam.pk, cast.pia.pk}


def test_of_each_reason_so_many_are_shown_and_the_page_says_that_there_are_more(
    cast, clinic, signed_in, monkeypatch
):
    for module in (reviewing, people):
        monkeypatch.setattr(module, "MOST_SHOWN", 1)
    referral = clinic.in_review()
    with time_machine.travel(NIGHT, tick=False):
        assert "To review" not in flat(signed_in(cast.olive).get(PEOPLE))
        for person in (cast.carl, cast.clara):
            exported(referral=None, actor=person, details={"rows": 25, "form": "csv"})
            opened(referral=referral, actor=person)
        for account in (cast.sam, cast.pia):
            change_account(account=account, actor=cast.adam, groups=[])
        assert [item.why for item in to_review(cast.olive).items] == ["rights", "export", "looks", "hours"]
        assert "To review: 4 or more" in flat(signed_in(cast.olive).get(PEOPLE))


# --- Closing ---------------------------------------------------------------------------------------------


def test_a_reason_closes_it_and_a_later_look_stands_there_anew(cast, clinic, olive, at_noon):
    referral = clinic.in_review()
    opened(referral=referral, actor=cast.carl)
    (item,) = items(cast.olive, "looks")
    assert put_away(olive, item, "").status_code == 200 and items(cast.olive, "looks")
    assert put_away(olive, item).status_code == 302
    assert not items(cast.olive, "looks")
    event = Event.objects.get(kind="access_reviewed")
    assert (event.actor, event.account, event.referral) == (cast.olive, cast.carl, None)
    assert event.details == {"review": "looks", "because": "covers for a colleague"}
    page = flat(olive.get(f"{RECORD}{item.newest}/review/looks/"))
    assert "This is closed." in page and "covers for a colleague" in page
    assert "Looked without a part: “covers for a colleague”" in flat(olive.get(RECORD))
    at_noon.shift(60)
    opened(referral=referral, actor=cast.carl)
    (again,) = items(cast.olive, "looks")
    assert len(again.events) == 1 and again.newest > item.newest


def test_a_night_is_closed_up_to_the_newest_look_that_was_seen(cast, clinic):
    referral = clinic.in_review()
    with time_machine.travel(NIGHT, tick=False) as night:
        opened(referral=referral, actor=cast.cora)
        (item,) = items(cast.olive, "hours")
        review(actor=cast.olive, why="hours", events=[item.newest], reason="called in")
        assert not items(cast.olive, "hours")
        night.shift(60)
        opened(referral=referral, actor=cast.cora)
        assert [each.newest > item.newest for each in items(cast.olive, "hours")] == [True]


def test_what_came_after_the_page_was_opened_is_not_closed_with_it(cast, clinic, olive, at_noon):
    referral = clinic.in_review()
    opened(referral=referral, actor=cast.carl)
    (item,) = items(cast.olive, "looks")
    at_noon.shift(60)
    opened(referral=referral, actor=cast.carl)
    assert put_away(olive, item).status_code == 302
    assert [each.newest > item.newest for each in items(cast.olive, "looks")] == [True]


def test_the_same_sent_twice_closes_once_and_the_second_is_told(cast, olive):
    exported(referral=None, actor=cast.cora, details={"rows": 1, "form": "csv"})
    (item,) = items(cast.olive, "export")
    assert [put_away(olive, item).status_code for _each in range(2)] == [302, 409]
    review(actor=cast.olive, why="export", events=[item.newest], reason="again")
    assert Event.objects.filter(kind="access_reviewed").count() == 1


def test_one_officer_closes_for_all_but_never_what_they_looked_at_themselves(cast, clinic, signed_in):
    cast.sid.groups.set(cast.olive.groups.all() | cast.cora.groups.all())
    exported(referral=None, actor=cast.sid, details={"rows": 1, "form": "csv"})
    exported(referral=None, actor=cast.cora, details={"rows": 2, "form": "csv"})
    assert [item.actor for item in items(cast.sid, "export")] == [cast.cora.pk]
    (of_sid,) = [item for item in items(cast.olive, "export") if item.actor == cast.sid.pk]
    assert put_away(signed_in(cast.sid), of_sid).status_code == 404
    with pytest.raises(Refused):
        review(actor=fresh(cast.sid), why="export", events=[of_sid.newest], reason="my own")
    assert len(items(cast.olive, "export")) == 2
    put_away(signed_in(cast.sid), items(cast.sid, "export")[0])
    assert [item.actor for item in items(cast.olive, "export")] == [cast.sid.pk]


def test_nobody_but_a_privacy_officer_sees_or_closes_it(cast, clinic, signed_in):
    exported(referral=None, actor=cast.cora, details={"rows": 1, "form": "csv"})
    (item,) = items(cast.olive, "export")
    for person in cast:
        if person != cast.olive:
            assert not to_review(person).items
            assert signed_in(person).get(PEOPLE).status_code == 403
            assert put_away(signed_in(person), item).status_code in (403, 404)
            with pytest.raises(PermissionDenied):
                review(actor=person, why="export", events=[item.newest], reason="not mine to close")
    assert not Event.objects.filter(kind="access_reviewed").exists()


@pytest.mark.parametrize("why", ["nonsense", "rights", "looks"])
def test_what_never_stood_there_has_no_page_and_is_not_closed(cast, olive, why):
    exported(referral=None, actor=cast.cora, details={"rows": 1, "form": "csv"})
    event = Event.objects.get(kind="exported").pk
    assert olive.get(f"{RECORD}{event}/review/{why}/").status_code == 404
    assert olive.post(f"{RECORD}{event}/review/{why}/", {"reason": "because"}).status_code == 404


@pytest.mark.parametrize("reason", ["", "  no  "])
def test_nothing_is_closed_without_a_reason_in_a_few_words(cast, reason):
    event = Event.objects.create(kind="exported", actor=cast.cora)
    with pytest.raises(Refused):
        review(actor=cast.olive, why="export", events=[event.pk], reason=reason)
    assert items(cast.olive, "export")


@pytest.mark.parametrize(
    ("why", "kind"), [("nonsense", "exported"), ("rights", "exported"), ("export", "note")]
)
def test_nothing_is_closed_for_a_reason_for_which_it_never_stood_there(cast, why, kind):
    event = Event.objects.create(kind=kind, actor=cast.cora)
    review(actor=cast.olive, why=why, events=[event.pk], reason="because")
    assert not Event.objects.filter(kind="access_reviewed").exists()


def test_of_a_long_reason_so_much_is_kept(cast):
    event = Event.objects.create(kind="exported", actor=cast.cora)
    review(actor=cast.olive, why="export", events=[event.pk], reason=f"  {'x' * 600}")
    assert Event.objects.get(kind="access_reviewed").details["because"] == "x" * 500


# --- By person and hour ----------------------------------------------------------------------------------


def lines(client: Client, **asked):
    page = client.get(PEOPLE, asked)
    assert page.status_code == 200
    return [line for line, *_words in page.context["lines"]]


def test_an_hour_of_one_person_is_one_line_that_leads_to_its_entries(cast, clinic, signed_in, at_noon):
    referral = clinic.in_review()
    at_noon.shift(timedelta(hours=2))
    for _each in range(3):
        opened(referral=referral, actor=cast.carl)
    shown(LISTED, actor=cast.carl, details={"rows": 3})
    exported(referral=referral, actor=cast.carl, details={"form": "clinic-intake/1"})
    olive = signed_in(cast.olive)
    (line,) = lines(olive, who=cast.carl.pk)
    assert (line.loud, line.calm) == (("1 export",), ("3 looks", "1 list"))
    assert (line.entries, line.referrals, line.part, line.span) == (5, 1, "none", "Today, 2–3 pm")
    (*_words, entries) = olive.get(PEOPLE, {"who": cast.carl.pk}).context["lines"][0]
    assert len(olive.get(entries).context["cl"].result_list) == 5
    (looks,) = lines(olive, who=cast.carl.pk, group="looks")
    assert looks.entries == 4
    (export,) = lines(olive, who=cast.carl.pk, kind__exact="exported")
    assert export.entries == 1
    assert not lines(olive, who=cast.carl.pk, before=line.address)


def test_the_parts_of_an_hour_are_counted(cast, clinic, signed_in, at_noon):
    own, other = clinic.in_review(), clinic.in_review()
    other.__class__.objects.filter(pk=other.pk).update(owner=cast.carl)
    at_noon.shift(timedelta(days=2))
    for referral in (own, own, other):
        opened(referral=referral, actor=cast.carl)
    (line,) = lines(signed_in(cast.olive), who=cast.carl.pk)
    assert line.part in ("none: 1, owner: 1", "owner: 1, none: 1")


def test_the_part_is_that_of_the_newest_look(cast, clinic, signed_in, at_noon):
    referral = clinic.new()
    opened(referral=referral, actor=cast.carl)
    at_noon.shift(60)
    claim(referral=referral, actor=cast.cora)
    opened(referral=referral, actor=cast.carl)
    (line,) = lines(signed_in(cast.olive), who=cast.carl.pk)
    assert (line.entries, line.part) == (2, "none")


def test_tries_to_sign_in_are_a_line_of_nobody(cast, client, olive):
    client.post("/admin/login/", {"username": "cora", "password": "not hers"})
    (line,) = [line for line in lines(olive) if line.actor is None]
    assert line.loud == ("1 failed sign-in",)
    (found,) = [
        entries for each, _who, _theirs, entries in olive.get(PEOPLE).context["lines"] if each == line
    ]
    assert [event.kind for event in olive.get(found).context["cl"].result_list] == ["sign_in_failed"]


def test_of_what_nobody_of_the_staff_did_exports_and_tries_to_sign_in_are_lines(clinic, olive):
    exported(referral=clinic.new(), actor=None, details={"form": "clinic-intake/1"})
    sign_in_failed(name="cora")
    found = {(line.loud, line.calm) for line in lines(olive) if line.actor is None}
    assert found == {(("1 export",), ()), (("1 failed sign-in",), ())}


@pytest.mark.parametrize(
    "asked",
    ["group=nonsense", "who=x", "who=9999999999999999999", "before=x", "before=0001-01-01T00", "hour=x"],
)
def test_what_nobody_asks_for_shows_all(cast, clinic, olive, asked):
    opened(referral=clinic.in_review(), actor=cast.carl)
    assert olive.get(f"{PEOPLE}?{asked}").context["lines"]


@pytest.mark.parametrize("hour", ["x", "0001-01-01T00", "9999-12-31T23"])
def test_an_hour_that_no_clock_shows_breaks_no_list(olive, hour):
    assert olive.get(f"{RECORD}?hour={hour}").status_code == 200


def pages(client: Client, asked: str):
    """Each page of lines, from the newest on."""
    while asked:
        page = client.get(f"{PEOPLE}{asked}").context
        yield page
        asked = page["earlier"]


@pytest.mark.parametrize(("most", "sizes"), [(4, [4, 4, 2]), (1, [2] * 5)])
def test_a_page_holds_whole_hours_and_the_next_goes_on(
    cast, clinic, signed_in, at_noon, monkeypatch, most, sizes
):
    monkeypatch.setattr(record_hours, "MOST_LINES", most)
    referral = clinic.in_review()
    for _each in range(5):
        at_noon.shift(timedelta(hours=1))
        for person in (cast.carl, cast.clara):
            opened(referral=referral, actor=person)
    found = [page["lines"] for page in pages(signed_in(cast.olive), "?group=looks")]
    hours = [line.hour for lines in found for line, *_words in lines]
    assert [len(lines) for lines in found] == sizes
    assert len(set(hours)) == 5 and hours == sorted(hours, reverse=True)


@pytest.mark.parametrize(
    ("most", "looks", "told"),
    [(3, (2, 2), [(2, False), (2, False)]), (2, (1, 3), [(2, True), (1, False)])],
)
def test_an_hour_whose_beginning_was_not_read_is_of_the_next_page_and_one_that_no_page_holds_is_cut(
    cast, clinic, signed_in, at_noon, monkeypatch, most, looks, told
):
    referral = clinic.in_review()
    for number in looks:
        at_noon.shift(timedelta(hours=1))
        for _each in range(number):
            opened(referral=referral, actor=cast.carl)
    monkeypatch.setattr(record_hours, "MOST_READ", most)
    found = pages(signed_in(cast.olive), f"?who={cast.carl.pk}")
    assert [(line.entries, page["cut"]) for page in found for line, *_words in page["lines"]] == told


@pytest.mark.parametrize(
    ("zone", "hours", "words"),
    [
        ("America/New_York", -1, "Today, 11 am–12 pm"),
        ("America/New_York", 0, "Today, 12–1 pm"),
        ("America/New_York", 13, "Jan 8, 2030, 1–2 am"),
        ("Asia/Kolkata", 0, "Today, 10:30 pm–11:30 pm"),
    ],
)
def test_an_hour_is_said_by_the_clinics_clock(zone, hours, words):
    with timezone.override(zone):
        assert record_hours.hour_span(NOON + timedelta(hours=hours)) == words


def test_the_page_costs_no_more_queries_for_more_entries(cast, clinic, olive, django_assert_max_num_queries):
    for _each in range(6):
        referral = clinic.in_review(**SAME_DAY)
        for person in (cast.carl, cast.clara, cast.cora):
            opened(referral=referral, actor=person)
        exported(referral=referral, actor=cast.cora, details={"form": "clinic-intake/1"})
        change_account(account=cast.sid, actor=cast.adam, groups=list(cast.cora.groups.all()))
        change_account(account=cast.sid, actor=cast.adam, groups=[])
    olive.get(PEOPLE)
    with django_assert_max_num_queries(32):
        olive.get(PEOPLE)
