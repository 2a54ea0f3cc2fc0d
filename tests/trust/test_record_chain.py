"""The chain of events on SQLite: what is changed, removed or added by hand shows, and what the app does never does."""

import hashlib
import hmac
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from intake.models import SharedKey, Submission
from tests.append_only import rows_may_go
from tests.conftest import fresh, hire, sent_intake
from tests.racing import at_once
from treatments.models import Event, RecordMark, Referral, Upkeep
from treatments.models.record_chain import START, as_written, linked
from treatments.triage import access_log, daily_check
from treatments.triage.notes import add_note
from treatments.triage.purge_record import purge_events
from treatments.triage.record_check import RecordCheck, newest_event

SQLITE = connection.vendor == "sqlite"


def said() -> list[str]:
    check = RecordCheck()
    list(check.run())
    return check.faults


def by_hand(*statements: str) -> None:
    """As somebody with the file would, the triggers taken off and put back."""
    with rows_may_go(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def referral(clinic) -> Referral:
    """One with a timeline; the numbers of its events are counted from the first."""
    referral = clinic.in_review()
    add_note(referral=referral, actor=clinic.cast.cora, note="called")
    access_log.opened(referral=referral, actor=clinic.cast.cora, details={"page": "brief"})
    return fresh(referral)


@pytest.fixture
def numbers(referral) -> list[int]:
    return list(Event.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.sqlite
def test_whatever_the_app_writes_is_chained(clinic, signed_in, settings):
    settings.DEMO = True
    consult = clinic.consult("booked")
    signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{consult.referral_id}/")
    Event.objects.bulk_create(
        [Event(referral=consult.referral, kind="opened", details={"page": "brief"})] * 1
    )
    events = Event.objects.count()
    Submission.objects.filter(pk=consult.referral.submission_id).update(key=None)  # its words open no more
    assert said() == [] and not Event.objects.filter(link=None).exists()
    assert Event.objects.values("link").distinct().count() == events > 5


@pytest.mark.sqlite
def test_invented_people_are_chained_too(db, settings):
    settings.DEMO = True
    call_command("crowd", 3, stdout=StringIO())
    assert Event.objects.count() > 3 and said() == []


OTHER = {
    "at": "'2020-01-01 00:00:00'",
    "before": "'{\"a\": 1}'",
    "shared_key_id": "(SELECT name FROM intake_sharedkey LIMIT 1)",
    "consult_id": "(SELECT id FROM treatments_consult)",
    "account_id": "(SELECT max(id) FROM auth_user)",
    "actor_id": "(SELECT max(id) FROM auth_user)",
    "referral_id": "NULL",
    "submission_id": "(SELECT id FROM intake_submission WHERE state = 'draft')",
    "from_address": "'10.0.0.1'",
    **dict.fromkeys(("note", "details", "assessment", "link"), "X'01'"),
}


@pytest.mark.sqlite
def test_a_change_of_any_column_is_told(clinic):
    clinic.consult("waiting")
    Submission.begin()
    number = Event.objects.order_by("pk").values_list("pk", flat=True)[2]
    for column in (field.column for field in Event._meta.concrete_fields if field.name != "id"):
        with transaction.atomic():
            value = OTHER.get(column, "'1'")
            by_hand(f"UPDATE treatments_event SET {column} = {value} WHERE id = {number}")  # noqa: S608
            assert said()[0] == f"Event {number} was changed, or others before it are gone.", column
            transaction.set_rollback(True)
        assert said() == []


@pytest.mark.sqlite
def test_what_was_removed_from_the_middle_or_the_beginning_is_told(numbers):
    by_hand(f"DELETE FROM treatments_event WHERE id IN ({numbers[1]}, {numbers[2]})")  # noqa: S608
    told = f"Events are gone: {numbers[1]} to {numbers[2]}. Or event {numbers[3]} was changed."
    assert said() == [told]
    by_hand(f"DELETE FROM treatments_event WHERE id = {numbers[0]}")  # noqa: S608
    assert len(said()) == 1


@pytest.mark.sqlite
def test_what_was_cut_at_the_end_is_told(numbers):
    by_hand(f"DELETE FROM treatments_event WHERE id > {numbers[-2]}")  # noqa: S608
    assert said() == [f"The newest events are gone: {numbers[-1]} to {numbers[-1]}."]


@pytest.mark.sqlite
def test_a_cut_that_hides_the_numbers_too_is_told_by_the_last_check_and_by_a_backup(numbers, tmp_path):
    file = tmp_path / "backup.json"
    file.write_text(json.dumps({"record": newest_event()}))
    call_command("verify_record", stdout=StringIO(), stderr=StringIO())
    by_hand(
        f"DELETE FROM treatments_event WHERE id = {numbers[-1]}",  # noqa: S608
        "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'treatments_event'",
    )
    told = f"Event {numbers[-1]}, which was noted, is gone or another one."
    assert said() == [told]
    by_hand("DELETE FROM treatments_recordmark")
    assert said() == []  # nothing within the file knows of it any more
    with pytest.raises(CommandError, match=told):
        call_command("verify_record", noted=file, stderr=StringIO())


@pytest.mark.sqlite
def test_an_event_that_was_added_by_hand_is_told(numbers, referral):
    columns = "kind, at, from_state, to_state, version, asked, referral_id"
    by_hand(
        f"INSERT INTO treatments_event ({columns}) SELECT {columns} FROM treatments_event WHERE id = {numbers[0]}"  # noqa: S608
    )
    assert said() == [f"Event {numbers[-1] + 1} was written past the app."]
    access_log.opened(referral=referral, actor=referral.owner)
    assert len(said()) > 0


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "digest",
    [
        lambda told: hashlib.sha256(told).digest(),
        lambda told: hmac.digest(b"", told, "sha256"),
        lambda told: hmac.digest(
            bytes(SharedKey.of_record().key), told, "sha256"
        ),  # as it stands in the file
    ],
)
def test_a_chain_made_anew_without_the_key_does_not_fit(digest, numbers):
    """By whoever has the file and the code."""
    before = START
    with rows_may_go(), connection.cursor() as cursor:
        for row in Event.objects.order_by("pk").values():
            before = digest(before + as_written(row))
            cursor.execute("UPDATE treatments_event SET link = %s WHERE id = %s", [before, row["id"]])
    assert len(said()) == len(numbers)


@pytest.mark.sqlite
def test_a_new_master_key_and_a_destroyed_month_break_nothing(numbers, settings):
    settings.SEALING_KEYS = ("AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", *settings.SEALING_KEYS)
    call_command("rotate_keys", stdout=StringIO())
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    assert said() == []
    SharedKey.objects.exclude(name="record").update(key=None)
    assert said() == []
    SharedKey.objects.all().update(key=None)
    assert said() == ["The key of the record is gone."]


# --- The purge, and the marks -----------------------------------------------------------------------------------------


def test_the_purge_removes_from_the_oldest_end_and_the_chain_holds_from_there(clinic, referral, numbers):
    kept = Event.objects.get(pk=numbers[3])
    assert purge_events(kept.at) == 3
    assert purge_events(kept.at) == 0
    access_log.opened(referral=referral, actor=clinic.cast.cora)
    assert Event.objects.order_by("pk").first() == kept
    assert said() == []
    assert purge_events(timezone.now() + timedelta(days=1)) > 0
    assert Event.objects.count() == 1 and said() == []  # the newest stays
    access_log.opened(referral=referral, actor=clinic.cast.cora)
    assert said() == []


def test_what_was_found_whole_and_is_purged_since_is_not_missed(clinic, referral, numbers):
    call_command("verify_record", stdout=StringIO(), stderr=StringIO())
    access_log.opened(referral=referral, actor=clinic.cast.cora)
    assert purge_events(timezone.now() + timedelta(days=1)) == len(numbers)
    assert said() == []


@pytest.mark.sqlite
def test_a_purge_by_hand_is_told_also_with_a_mark_of_its_own(numbers):
    kept = Event.objects.get(pk=numbers[3])
    before = Event.objects.get(pk=numbers[2]).link
    by_hand(f"DELETE FROM treatments_event WHERE id < {numbers[3]}")  # noqa: S608
    assert len(said()) == 1
    mark = {"kind": "begins", "number": kept.pk, "link": before, "at": timezone.now(), "digest": linked(
        None, b"" + SharedKey.of_record().key, b"something else")}  # fmt: skip
    RecordMark.objects.create(**mark)
    assert said() == ["The mark “begins” of the record was not written by the app."]


# --- The command and the tick -----------------------------------------------------------------------------------------


def test_the_command_prints_the_newest_event_and_fails_where_the_record_is_broken(numbers):
    out = StringIO()
    call_command("verify_record", stdout=out, stderr=StringIO())
    assert f'"event": {numbers[-1]}' in out.getvalue()
    assert Upkeep.objects.filter(kind="record").exists()
    trigger = {
        True: "DROP TRIGGER intake_alarm_never_updated",
        False: "ALTER TABLE intake_alarm DISABLE TRIGGER USER",
    }[SQLITE]
    with connection.cursor() as cursor:
        cursor.execute(trigger)
    with pytest.raises(CommandError, match="triggers that guard intake_alarm are gone or off"):
        call_command("verify_record", stderr=StringIO())


def test_the_tick_checks_once_a_day_a_little_at_each_pass(numbers, monkeypatch):
    monkeypatch.setattr(daily_check, "LONGEST", -1)
    monkeypatch.setattr("treatments.triage.record_check.BATCH", 2)
    now, sweep = timezone.now(), daily_check.DailyCheck()
    passes = 0
    while not Upkeep.objects.filter(kind="record").exists():
        sweep(now)
        passes += 1
    assert passes == (len(numbers) + 1) // 2 + 1 if SQLITE else passes == 1
    checked = Upkeep.objects.get(kind="record").at
    sweep(now + timedelta(hours=23))
    assert Upkeep.objects.get(kind="record").at == checked
    monkeypatch.setattr(daily_check, "LONGEST", 60)
    sweep(now + timedelta(hours=25))
    assert Upkeep.objects.get(kind="record").at > checked


def test_the_check_is_a_job_of_the_tick(numbers):
    call_command("tick", "--once", stdout=StringIO())
    assert Upkeep.objects.filter(kind="record").exists()


@pytest.mark.sqlite
def test_a_broken_record_is_told_by_the_tick_once_a_day(numbers):
    by_hand(f"DELETE FROM treatments_event WHERE id = {numbers[1]}")  # noqa: S608
    now, sweep = timezone.now(), daily_check.DailyCheck()
    with pytest.raises(daily_check.RecordBroken):
        sweep(now)
    sweep(now + timedelta(hours=1))
    with pytest.raises(daily_check.RecordBroken):
        sweep(now + timedelta(hours=25))
    assert not Upkeep.objects.exists()


# --- Many at once -----------------------------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_many_who_look_at_once_make_one_chain(real_database):
    cast, submission = hire(), sent_intake()
    referral = Referral.objects.get(submission=submission)
    before = Event.objects.count()

    def look() -> None:
        for _ in range(5):
            access_log.opened(referral=referral, actor=cast.cora)

    assert at_once(*[look] * 8) == [None] * 8
    assert Event.objects.count() == before + 40 and said() == []


@pytest.mark.postgres
def test_on_postgresql_no_event_has_a_link(numbers):
    assert not Event.objects.exclude(link=None).exists() and said() == []


@pytest.fixture
def cleared(django_db_blocker):
    """Looks at the record once a committing test has cleared it: no test of the tick may read it as cut."""
    yield
    with django_db_blocker.unblock():
        assert not Event.objects.exists() and said() == []


@pytest.mark.sqlite
def test_a_committing_test_leaves_no_record_that_reads_as_cut(cleared, transactional_db):
    access_log.opened(referral=Referral.objects.get(submission=sent_intake()), actor=hire().cora)
    assert Event.objects.exists()
