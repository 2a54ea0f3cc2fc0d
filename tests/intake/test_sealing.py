"""What people tell is sealed before it reaches the database, opens at its own place only, and fails loudly."""

import base64
import json
import os
import pickle

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection
from django.test import override_settings

from intake.encryption.columns import Sealed
from intake.encryption.keys import master_keys
from intake.encryption.sealing import (
    Destroyed,
    MasterKeys,
    NoKey,
    NotOpened,
    Tampered,
    id_of,
    seal,
    unseal,
)
from intake.models import Alarm, Message, Question, Submission
from tests.conftest import SEALING_KEY, URGENT, written_to

OTHER_KEY = base64.b64encode(bytes(range(100, 132))).decode()
KEY, PLACE = AESGCM(bytes(32)), b"table.column|owner"
CANARY = "Canaryword"


def raw(table: str, column: str, pk: object) -> bytes:
    """What the database itself holds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])  # noqa: S608 our own names
        return bytes(cursor.fetchone()[0])


def put(table: str, column: str, pk: object, value: bytes | None) -> None:
    """Past every rule, as somebody at the database's own prompt would."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, pk])  # noqa: S608


def key_of(row: Submission) -> object:
    return Submission._meta.pk.get_db_prep_value(row.pk, connection)


@pytest.fixture
def draft(db) -> Submission:
    return Submission.read(Submission.begin(answers={"about": {"first_name": CANARY}}).pk)


# --- The cipher -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("plain", [b"", b"{}", b"a" * 100_000, os.urandom(1000)])
def test_what_is_sealed_opens_as_it_was(plain):
    assert unseal(KEY, seal(KEY, plain, PLACE), PLACE) == plain


def test_the_same_text_is_never_sealed_alike():
    assert len({seal(KEY, b"yes", PLACE) for _ in range(100)}) == 100


def test_every_changed_bit_and_every_cut_is_noticed():
    sealed = seal(KEY, b"no", PLACE)
    changed = [
        sealed[:place] + bytes([sealed[place] ^ 1 << bit]) + sealed[place + 1 :]
        for place in range(len(sealed))
        for bit in range(8)
    ]
    for each in [*changed, *(sealed[:length] for length in range(len(sealed))), sealed + b"\0"]:
        with pytest.raises(Tampered):
            unseal(KEY, each, PLACE)


def test_it_opens_neither_at_another_place_nor_by_another_key():
    sealed = seal(KEY, b"no", PLACE)
    for key, place in ((KEY, b"table.other|owner"), (KEY, b"table.column|other"), (AESGCM(b"1" * 32), PLACE)):
        with pytest.raises(Tampered):
            unseal(key, sealed, place)


def test_a_data_key_opens_for_its_owner_and_by_its_master_key_only():
    ours, others = MasterKeys([b"1" * 32]), MasterKeys([b"2" * 32])
    wrapped = ours.new_data_key(b"Pat")
    sealed = seal(ours.data_key(wrapped, b"Pat"), b"told", PLACE)
    assert unseal(ours.data_key(wrapped, b"Pat"), sealed, PLACE) == b"told"
    with pytest.raises(Tampered):
        ours.data_key(wrapped, b"Kim")
    with pytest.raises(NoKey, match=id_of(wrapped).hex()):
        others.data_key(wrapped, b"Pat")
    with pytest.raises(NoKey):
        MasterKeys([]).new_data_key(b"Pat")


def test_a_new_master_key_wraps_the_same_data_key_anew_and_the_old_one_is_needed_no_more():
    old, both, new = (MasterKeys(keys) for keys in ([b"1" * 32], [b"2" * 32, b"1" * 32], [b"2" * 32]))
    wrapped = old.new_data_key(b"Pat")
    sealed = seal(old.data_key(wrapped, b"Pat"), b"told", PLACE)
    again = both.rewrapped(wrapped, b"Pat")
    assert (both.is_newest(wrapped), both.is_newest(again)) == (False, True)
    assert unseal(new.data_key(again, b"Pat"), sealed, PLACE) == b"told"


# --- Columns --------------------------------------------------------------------------------------------


def test_the_database_holds_bytes_in_which_nothing_can_be_read(draft):
    kept = raw("intake_submission", "answers", key_of(draft))
    assert draft.answers == {"about": {"first_name": CANARY}}
    assert CANARY.encode() not in kept
    assert b"first_name" not in kept


def test_what_is_never_read_is_never_opened_and_saved_as_it_was(draft):
    before = raw("intake_submission", "answers", key_of(draft))
    draft.language = "es"
    draft.save()
    assert isinstance(draft.__dict__["answers"], Sealed)
    assert raw("intake_submission", "answers", key_of(draft)) == before
    assert draft.answers == {"about": {"first_name": CANARY}}


def test_a_row_read_without_its_sealed_columns_reads_them_when_asked(draft):
    late = Submission.objects.defer("answers", "key").get(pk=draft.pk)
    assert late.answers == draft.answers


def test_a_row_can_be_copied_in_memory(draft):
    assert pickle.loads(pickle.dumps(draft)).answers == draft.answers  # noqa: S301 our own


@pytest.mark.parametrize(
    "query",
    [
        lambda: Submission.objects.filter(answers={}),
        lambda: Submission.objects.filter(answers__about__last_name="Lee"),
        lambda: Message.objects.filter(text__contains="pills"),
        lambda: Alarm.objects.filter(submission__messages__text="pills"),
        lambda: Submission.objects.update(answers={}),
        lambda: Message.objects.update(text="pills"),
        lambda: list(Submission.objects.order_by("answers__about")),
    ],
)
def test_no_query_can_look_into_a_sealed_column_or_set_it(query, db):
    with pytest.raises(FieldError) as refused:
        query()
    assert "pills" not in str(refused.value)


def test_a_text_that_was_written_is_told_from_one_that_was_not(a_referral):
    submission = a_referral().submission
    Message.withdraw(submission, reason="", key="7c2f3c8e-6f0d-4b8e-8f50-27f7f2c0a001")
    assert [message.text for message in submission.messages.filter(text__isnull=True)] == [""]
    with pytest.raises(IntegrityError):
        Message.write(submission, text="", key="7c2f3c8e-6f0d-4b8e-8f50-27f7f2c0a002")


def test_all_that_hangs_on_a_submission_is_sealed_by_its_key(a_referral):
    referral = written_to(a_referral(**URGENT), CANARY)
    submission = referral.submission
    question = Question.ask(submission, message=CANARY, fields=["history.episode_months"])
    made = question.keep({"history.episode_months": 30})
    rows = [*submission.alarms.all(), submission.messages.get(), question, made]
    assert {row.key_holder.pk for row in rows} == {submission.pk}
    assert Message.objects.get().text == Question.objects.get().message == CANARY
    assert Question.objects.get().fields == ["history.episode_months"]
    assert submission.alarms.get().answer == {"safety": {"harm_to_others": "yes"}}


# --- Failing --------------------------------------------------------------------------------------------


def opens(draft: Submission) -> dict:
    return Submission.read(draft.pk).answers


def test_answers_that_were_tampered_with_are_not_given_out(draft):
    kept = raw("intake_submission", "answers", key_of(draft))
    put("intake_submission", "answers", key_of(draft), kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(Tampered) as failed:
        opens(draft)
    assert failed.value.__cause__ is None
    assert CANARY not in str(failed.value)


def test_answers_put_into_another_persons_row_do_not_open_with_or_without_their_key(draft):
    other = Submission.begin(answers={"about": {"first_name": "Kim"}})
    for column in ("answers", "key"):
        put("intake_submission", column, key_of(other), raw("intake_submission", column, key_of(draft)))
        with pytest.raises(Tampered):
            opens(other)


def test_a_value_moved_to_another_column_of_the_same_person_does_not_open(a_referral):
    submission = written_to(a_referral(), CANARY).submission
    question = Question.ask(submission, message="How long?", fields=["history.episode_months"])
    text = raw("intake_message", "text", submission.messages.get().pk)
    put("intake_question", "message", question.pk, text)
    with pytest.raises(Tampered):
        _ = Question.objects.get().message


def test_without_its_master_key_nothing_is_opened_and_nothing_stored(draft):
    with override_settings(SEALING_KEYS=(OTHER_KEY,)), pytest.raises(NoKey):
        opens(draft)
    with override_settings(SEALING_KEYS=()):
        for does in (lambda: opens(draft), Submission.begin):
            with pytest.raises(NoKey, match="SEALING_KEYS"):
                does()


def test_destroying_the_key_destroys_what_it_sealed_for_every_process_at_once(draft):
    assert opens(draft)
    put("intake_submission", "key", key_of(draft), None)
    with pytest.raises(Destroyed):
        opens(draft)
    with pytest.raises(NotOpened):
        Submission.save_email(draft.pk, "pat@example.org")


def test_a_new_master_key_seals_what_is_new_and_the_old_one_still_opens(draft):
    with override_settings(SEALING_KEYS=(OTHER_KEY, SEALING_KEY)):
        assert opens(draft) == draft.answers
        newer = Submission.begin()
        assert master_keys().is_newest(bytes(newer.key))
        assert not master_keys().is_newest(bytes(draft.key))


# --- Its price ------------------------------------------------------------------------------------------


def test_sealed_answers_take_less_room_than_text(a_referral):
    submission = a_referral().submission
    kept = raw("intake_submission", "answers", key_of(submission))
    assert len(kept) < len(json.dumps(submission.answers)) / 1.5


def test_a_draft_and_its_answers_are_read_by_one_query(draft, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert opens(draft) == {"about": {"first_name": CANARY}}
