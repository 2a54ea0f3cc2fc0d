"""The record of events goes from its oldest end only, once it is old enough and about nobody who is kept."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from intake.models import Submission
from intake.models.shared_key import SharedKey
from intake.questionnaire.intake import INTAKE
from tests.conftest import Clinic
from tests.treatments import kept
from tests.treatments.test_purge import CLOSED_ON, MOMENT, SEVEN_YEARS, purge, unswept  # noqa: F401  a fixture
from treatments.models import Event
from treatments.triage import access_log
from treatments.triage.purge import years_before
from treatments.workflow.events import SEARCHED


@pytest.fixture
def six_years(settings) -> None:
    """Of the record; closed referrals go after two."""
    settings.CLOSED_YEARS, settings.RECORD_YEARS = 2, 6


def said_of_events(*words: str) -> int:
    return int(purge(*words)[-1].split()[0].replace(",", ""))


def test_the_record_goes_to_the_second_from_its_oldest_end(clinic, six_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        clinic.closed()
    old = Event.objects.count()
    with time_machine.travel(CLOSED_ON + timedelta(days=365 * 3), tick=False):
        purge()  # the person goes, the record stays
    six = CLOSED_ON.replace(year=CLOSED_ON.year + 6)
    with time_machine.travel(six, tick=False):
        assert said_of_events() == 0
    with time_machine.travel(six + MOMENT, tick=False):
        assert said_of_events("--dry-run") == old
        assert said_of_events() == old
    assert [event.kind for event in Event.objects.order_by("pk")] == ["purged"]


def test_the_key_of_a_month_goes_with_its_last_event(clinic, six_years):
    """What hangs on nobody, such as a search, is sealed by the key of its month."""
    moments = [CLOSED_ON, CLOSED_ON + timedelta(days=40), CLOSED_ON + timedelta(days=365 * 4)]
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            access_log.shown(SEARCHED, actor=clinic.cast.cora, details={"searched": f"in {moment:%Y-%m}"})
    months = [f"month {moment:%Y-%m}" for moment in moments]
    assert {*months} <= {key.name for key in SharedKey.objects.all()}
    six = CLOSED_ON.replace(year=CLOSED_ON.year + 6)
    with time_machine.travel(six + MOMENT, tick=False):
        purge()
        assert not {*months[:1]} & {key.name for key in SharedKey.objects.all()}
        assert {*months[1:]} <= {key.name for key in SharedKey.objects.all()}
        kept = [event.details["searched"] for event in Event.objects.filter(kind=SEARCHED.key).order_by("pk")]
    assert kept == [f"in {moment:%Y-%m}" for moment in moments[1:]]


def test_a_dry_run_counts_the_events_of_those_who_would_go_with_it(clinic, six_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        clinic.closed()
    old = Event.objects.count()
    with time_machine.travel(SEVEN_YEARS):
        assert said_of_events("--dry-run") == old
        assert said_of_events() == old


def test_no_event_goes_until_the_clinic_has_said_when(clinic, settings):
    settings.CLOSED_YEARS = 2
    with time_machine.travel(CLOSED_ON, tick=False):
        clinic.closed()
    with time_machine.travel(CLOSED_ON + timedelta(days=365 * 3)):
        purge()
    with time_machine.travel(CLOSED_ON + timedelta(days=365 * 90)):
        assert (said_of_events("--dry-run"), said_of_events()) == (0, 0)


def test_the_newest_event_stays_however_old_it_is(clinic, six_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        clinic.closed()
    with time_machine.travel(SEVEN_YEARS):
        purge()
    with time_machine.travel(SEVEN_YEARS + timedelta(days=365 * 7)):
        assert (said_of_events("--dry-run"), said_of_events()) == (0, 0)
    assert [event.kind for event in Event.objects.all()] == ["purged"]


def test_no_event_about_a_draft_that_stands_goes_nor_any_after_it(clinic, six_years):
    """Its alert is open: nobody has read it, so it never expires."""
    with time_machine.travel(CLOSED_ON, tick=False):
        clinic.closed()
        before = Event.objects.count()
        unsafe = Submission.begin()
        Submission.save_page(unsafe.pk, INTAKE.by_slug["past"], {"safety": {"harm_to_others": "yes"}})
        access_log.opened(referral=None, submission=unsafe, actor=clinic.cast.clara)
        clinic.closed()
    with time_machine.travel(SEVEN_YEARS):
        assert said_of_events() == before
    assert Event.objects.filter(submission=unsafe).exists()


@pytest.mark.parametrize("kept_by", [Clinic.in_review, kept.held], ids=["open", "legal hold"])
def test_no_event_about_somebody_who_is_kept_goes_nor_any_after_it(kept_by, clinic, six_years):
    with time_machine.travel(CLOSED_ON, tick=False):
        clinic.closed()
        before = Event.objects.count()
        referral = kept_by(clinic)
        clinic.closed()
    with time_machine.travel(SEVEN_YEARS):
        assert said_of_events() == before
    assert referral.events.filter(kind="received").exists()


def test_the_record_is_whole_after_a_purge_in_pieces(clinic, six_years, monkeypatch):
    monkeypatch.setattr("treatments.triage.purge.EVENTS", 2)
    with time_machine.travel(CLOSED_ON, tick=False):
        clinic.closed()
        clinic.closed()
    with time_machine.travel(SEVEN_YEARS):
        purge()
        assert set(Event.objects.values_list("kind", flat=True)) == {"purged"}
        call_command("verify_record", stdout=io.StringIO())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM treatments_event")


def test_of_february_29_the_years_end_on_the_28th():
    assert years_before(datetime(2032, 2, 29, tzinfo=UTC), 7) == datetime(2025, 2, 28, tzinfo=UTC)
