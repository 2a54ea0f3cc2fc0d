"""A new master key takes over from an old one while people work, and nothing is sealed anew."""

import base64
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import override_settings

from intake.encryption.keys import master_keys
from intake.encryption.sealing import NoKey, id_of
from intake.models import SharedKey, Submission, key_rotation
from intake.questionnaire.intake import INTAKE
from tests.conftest import SEALING_KEY
from tests.intake.test_sealing import key_of, put, raw

NEW, NEWER = (base64.b64encode(bytes(range(first, first + 32))).decode() for first in (100, 150))
ALL_NEW = override_settings(SEALING_KEYS=(NEW,))
BOTH = override_settings(SEALING_KEYS=(NEW, SEALING_KEY))
NAME = INTAKE.by_slug["name"]


@pytest.fixture
def no_keys(db) -> None:
    """Without the key of the chain, which stands in every SQLite database."""
    SharedKey.objects.all().delete()


@pytest.fixture
def drafts(no_keys) -> list[Submission]:
    return [Submission.begin(answers={"about": {"first_name": f"Pat {number}"}}) for number in range(7)]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch) -> None:
    monkeypatch.setattr(key_rotation, "BATCH", 3)


def rotate() -> str:
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


def opens(draft: Submission) -> str:
    return Submission.read(draft.pk).answers["about"]["first_name"]


def test_after_a_rotation_the_new_key_alone_opens_everything(drafts):
    sealed = [raw("intake_submission", "answers", key_of(draft)) for draft in drafts]
    with ALL_NEW, pytest.raises(NoKey):
        opens(drafts[0])
    with BOTH:
        assert "7 keys were wrapped anew" in rotate()
        assert "0 keys were wrapped anew" in rotate()
    with ALL_NEW:
        assert [opens(draft) for draft in drafts] == [f"Pat {number}" for number in range(7)]
    with pytest.raises(NoKey):
        opens(drafts[0])
    assert [raw("intake_submission", "answers", key_of(draft)) for draft in drafts] == sealed


def test_one_that_was_stopped_goes_on_where_it_stood(drafts):
    with BOTH:
        assert next(key_rotation.rewrap_all()) == (3, 0)
        assert key_rotation.left_behind() == 4
        assert all(opens(draft) for draft in drafts)
        assert "4 keys were wrapped anew" in rotate()


def test_who_saves_meanwhile_loses_nothing(drafts):
    """A draft that was read before its key was wrapped anew is saved after it, and read again."""
    seen = Submission.read(drafts[0].pk)
    with BOTH:
        rotate()
        Submission.save_page(seen.pk, NAME, {"about": {"first_name": "Patricia"}}, seen=seen)
    with ALL_NEW:
        assert opens(drafts[0]) == "Patricia"


def test_a_key_that_another_rotation_wraps_at_that_moment_is_wrapped_once(drafts):
    with BOTH:
        first, second = key_rotation.rewrap_all(), key_rotation.rewrap_all()
        wrapped = [next(first)[0], next(second)[0], next(second)[0], next(first)[0]]
        assert wrapped == [3, 0, 3, 0]
        assert opens(drafts[0]) == "Pat 0"


def test_keys_that_hang_on_nobody_are_wrapped_too(drafts):
    month = SharedKey.of_month(drafts[0].created_at)
    with BOTH:
        assert "8 keys were wrapped anew" in rotate()
        month.refresh_from_db()
        assert master_keys().is_newest(bytes(month.key))


def test_a_key_that_nothing_opens_is_told_and_left_alone(drafts):
    with override_settings(SEALING_KEYS=(NEWER,)):
        put("intake_submission", "key", key_of(drafts[0]), master_keys().new_data_key(drafts[0].owner))
    lost = raw("intake_submission", "key", key_of(drafts[0]))
    with BOTH, pytest.raises(CommandError, match="1 keys open by no key"):
        rotate()
    assert raw("intake_submission", "key", key_of(drafts[0])) == lost


def test_a_key_made_meanwhile_by_a_server_with_the_old_settings_is_told(drafts, monkeypatch):
    monkeypatch.setattr("intake.management.commands.rotate_keys.left_behind", lambda: 2)
    with BOTH, pytest.raises(CommandError, match="2 keys are left"):
        rotate()


def test_a_person_whose_key_was_destroyed_stays_so(drafts):
    put("intake_submission", "key", key_of(drafts[0]), None)
    with BOTH:
        assert "6 keys were wrapped anew" in rotate()
    assert Submission.objects.get(pk=drafts[0].pk).key is None


# --- What a start asks ----------------------------------------------------------------------------------


def checked() -> list[str]:
    return [f"{each.id} {each.msg}" for each in run_checks(databases=["default"]) if each.id == "intake.E001"]


def test_a_start_with_keys_that_do_not_fit_the_database_is_told(drafts):
    assert checked() == []
    with BOTH:
        assert checked() == []
    with ALL_NEW:
        (told,) = checked()
        assert id_of(bytes(drafts[0].key)).hex() in told


def test_a_start_with_an_empty_database_is_told_nothing(no_keys):
    with ALL_NEW:
        assert checked() == []
