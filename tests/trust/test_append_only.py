"""What is only added and what was sent: the database itself refuses to change or remove it, but for the purge."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction

from intake.models import Alarm, AlarmChange, Amendment, Message, Submission, SubstanceConsent
from intake.models.key_rotation import rewrap_all
from intake.models.purge_guard import guards_lifted
from tests.append_only import guarded_tables
from tests.conftest import URGENT, answered, fresh, written_to
from tests.test_architecture import LAYERS, imports, modules, starts
from tests.treatments import papers, payer
from treatments.models import (
    AlertEntry,
    ClinicProfile,
    ClinicTextVersion,
    Entry,
    Event,
    Evidence,
    Letter,
    NoticeDefaults,
    OnCallNotice,
    OnCallSending,
    OutsideServiceVersion,
    PackReview,
    PrintedPaper,
    RiskAssessment,
    Score,
)
from treatments.payers.loading import PACKS
from treatments.triage import access_log
from treatments.triage.pack_reviews import review_pack

OF_PATIENTS = (Alarm, AlarmChange, Amendment, Message, SubstanceConsent)
OF_THE_CLINIC = (ClinicTextVersion, ClinicProfile, OutsideServiceVersion, NoticeDefaults)
OF_PAYERS = (Evidence, Entry, Score, PackReview)
APPEND_ONLY = (
    *OF_PATIENTS,
    Event,
    AlertEntry,
    RiskAssessment,
    OnCallSending,
    Letter,
    PrintedPaper,
    *OF_THE_CLINIC,
    *OF_PAYERS,
)
POSTGRESQL = connection.vendor == "postgresql"

EVERYWHERE = ("UPDATE {table} SET id = id", "DELETE FROM {table} WHERE id = {pk}")
OF_VENDOR = {
    "sqlite": ("INSERT OR REPLACE INTO {table} SELECT * FROM {table}",),
    "postgresql": ("TRUNCATE {table} CASCADE",),
}[connection.vendor]


@pytest.fixture
def referral(clinic):
    """One that has a row in every one of the tables."""
    referral = clinic.consult("accepted", **URGENT).referral
    written_to(referral)
    answered(referral, {"safety.harm_to_others": "no"})
    notice = OnCallNotice.objects.create(alarm=Alarm.objects.first(), channel="mail")
    OnCallSending.objects.create(notice=notice, at=notice.due_at)
    version = {"version": 1, "by": clinic.cast.adam, "at": notice.due_at}
    ClinicTextVersion.objects.create(key="release", language="en", body="Mine", **version)
    ClinicProfile.objects.create(legal_name="Sample Mood Clinic", phone="1", **version)
    OutsideServiceVersion.objects.create(service=1, name="ECT", kind="ect_center", **version)
    NoticeDefaults.objects.create(deliveries={}, **version)
    papers.letter_on(referral, clinic.cast.cora)
    payer.seen(referral, clinic)
    payer.entered(referral, clinic, "pdmp_checked", "yes")
    payer.entered(referral, clinic, "madrs", "31")
    review_pack(actor=clinic.cast.clara, pack="AETNA-TMS", version=PACKS["AETNA-TMS"].version)
    connection.check_constraints()  # nothing else is left that could refuse
    return referral


def refused(sql: str, *values: object) -> None:
    with (
        pytest.raises(IntegrityError, match=r"append-only|never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)


def test_every_table_that_is_only_added_to_is_guarded_and_no_other(db):
    """Holds a migration too that makes SQLite build a table anew, which drops its triggers."""
    assert guarded_tables() == {model._meta.db_table for model in (*APPEND_ONLY, Submission)}


@pytest.mark.parametrize("model", APPEND_ONLY)
def test_the_database_refuses_to_change_remove_or_replace_a_row(model, referral):
    row = model.objects.first()
    for sql in (*EVERYWHERE, *OF_VENDOR):
        refused(sql.format(table=model._meta.db_table, pk=row.pk))
    assert fresh(row)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("intake_message", "submission_id, kind, text, key, sent_at"),
        ("intake_amendment", "submission_id, question_id, changes, made_at"),
        ("intake_alarm", "submission_id, amendment_id, danger, urgency, answer, raised_at"),
    ],
)
def test_a_row_is_not_replaced_by_one_with_another_id_in_its_place(table, columns, referral):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM intake_amendment")
        amendment = cursor.fetchone()[0]
    if table == "intake_amendment":  # one of an answered question
        question = referral.submission.questions.get()
        Amendment.objects.create(submission=referral.submission, question=question, changes={})
        amendment += 1
    if table == "intake_alarm":
        Alarm.objects.create(
            submission=referral.submission, amendment_id=amendment, danger="x", urgency="urgent"
        )
    refused(
        f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} ORDER BY id DESC LIMIT 1"  # noqa: S608
    )


# --- What was sent --------------------------------------------------------------------------------------------------

OTHER = {
    models.UUIDField: "00000000000000000000000000000000",
    models.CharField: "x",
    models.DateTimeField: "2001-01-01 00:00:00+00:00",
    models.DateField: "2001-01-01",
    models.JSONField: '{"saved": []}',
    models.BinaryField: b"\x00",
    models.ForeignKey: 1,
    models.IntegerField: 7,
}
# What an erasure may set besides the key, and until when a consent holds that may be taken back.
MAY_CHANGE = {"key", "erased_at", "substance_use_until"}
LOCKED = [field for field in Submission._meta.concrete_fields if field.name not in MAY_CHANGE]


def other(field: models.Field) -> object:
    return next(value for kind, value in OTHER.items() if isinstance(field, kind))


def test_no_column_of_a_sent_intake_changes_but_its_key(clinic):
    sent = clinic.new().submission
    for field in LOCKED:
        refused(f"UPDATE intake_submission SET {field.column} = %s", other(field))  # noqa: S608 our own names
        if field.null and getattr(sent, field.attname) not in (None, {}):
            refused(f"UPDATE intake_submission SET {field.column} = NULL")  # noqa: S608 our own names


def test_a_sent_intake_is_never_removed_or_replaced(clinic):
    sent = clinic.new().submission
    connection.check_constraints()
    refused("DELETE FROM intake_submission")
    if POSTGRESQL:
        refused("TRUNCATE intake_submission CASCADE")
        return
    refused("INSERT OR REPLACE INTO intake_submission SELECT * FROM intake_submission")
    draft = Submission.begin(language="en")
    refused("UPDATE OR REPLACE intake_submission SET id = %s WHERE id = %s", sent.pk.hex, draft.pk.hex)
    taking = "state = 'submitted', submitted_at = saved_at, submitted_on = saved_at, reference = %s"
    refused(f"UPDATE OR REPLACE intake_submission SET {taking} WHERE state = 'draft'", sent.reference)  # noqa: S608
    refused(
        "INSERT OR REPLACE INTO intake_submission (id, reference, state, source, language, surname, answers, progress, "
        "created_at, saved_at, submitted_at, submitted_on) SELECT %s, reference, state, source, language, surname, "
        "answers, progress, created_at, saved_at, submitted_at, submitted_on FROM intake_submission "
        "WHERE state = 'submitted'",
        uuid4().hex,
    )


def test_its_key_is_wrapped_anew_and_destroyed_and_with_it_goes_what_is_plain_of_the_person(clinic, settings):
    sent = clinic.new().submission
    settings.SEALING_KEYS = ("AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", *settings.SEALING_KEYS)
    assert sum(anew for anew, _failed in rewrap_all()) > 0
    assert fresh(sent).answers == sent.answers
    refused("UPDATE intake_submission SET key = NULL, surname = 'Other'")
    refused("UPDATE intake_submission SET key = NULL, surname = '', born_on = NULL, language = 'es'")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intake_submission SET key = NULL, surname = '', born_on = NULL, reference = '#1'"
        )
    assert fresh(sent).key is None and fresh(sent).reference == "#1"
    refused("UPDATE intake_submission SET surname = 'Other'")


def test_a_draft_may_still_change_and_go(db):
    draft = Submission.begin(language="en")
    assert Submission.objects.filter(pk=draft.pk).update(surname="Reyes", reference=None) == 1
    draft.delete()
    assert not Submission.objects.exists()


# --- The purge ------------------------------------------------------------------------------------------------------


def test_the_purge_lifts_the_guards_it_names_for_its_transaction_and_no_other(referral):
    message = Message.objects.get()
    with guards_lifted(Message, Submission):
        Message.objects.filter(pk=message.pk).update(kind="withdrawal")
        Submission.objects.filter(pk=referral.submission_id).update(surname="", born_on=None)
        refused("DELETE FROM treatments_alertentry")
    assert fresh(message).kind == "withdrawal" and fresh(referral.submission).surname == ""
    refused("DELETE FROM intake_message")
    refused("UPDATE intake_submission SET surname = 'x' WHERE state = 'submitted'")


def test_a_purge_that_fails_has_removed_nothing_and_the_guards_stand(referral):
    with pytest.raises(ZeroDivisionError), guards_lifted(Message):
        Message.objects.all().delete()
        raise ZeroDivisionError
    assert Message.objects.count() == 1
    refused("DELETE FROM intake_message")


@pytest.mark.postgres
def test_not_even_the_purge_empties_a_table_at_once(referral):
    with guards_lifted(Event):
        refused("TRUNCATE treatments_event CASCADE")
    assert Event.objects.exists()


def test_an_opening_while_the_guard_is_lifted_is_recorded(referral, clinic):
    with guards_lifted(Event):
        access_log.opened(referral=referral, actor=clinic.cast.cora)
    refused("DELETE FROM treatments_event")


def test_only_the_purge_imports_what_lifts_a_guard():
    lifting = "intake.models.purge_guard"
    importing = {
        name
        for name, file in modules(*LAYERS)
        if any(starts(each, (lifting,)) for each in imports(name, file)) and name != lifting
    }
    assert {name for name in importing if not name.rpartition(".")[2].startswith("purge")} == set()
