"""What has had its time goes within an hour, in small pieces, and nothing else does."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake.mail.sending import forget_old_rows
from intake.models import Try
from intake.models.batches import BATCH, delete_in_batches

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=400)


def sessions(count: int, ended) -> None:
    begun = Session.objects.count()
    Session.objects.bulk_create(
        Session(session_key=f"session{begun + number:020}", session_data="", expire_date=ended)
        for number in range(count)
    )


def test_sessions_that_have_ended_go_and_others_stay():
    now = timezone.now()
    sessions(3, now - timedelta(minutes=1))
    sessions(2, now + timedelta(minutes=5))
    forget_old_rows()
    assert Session.objects.count() == 2


def test_many_rows_go_in_small_pieces():
    Try.objects.bulk_create(Try(counted_as="x", at=LONG_AGO) for _each in range(2 * BATCH + 1))
    kept = Try.objects.create(counted_as="x", at=timezone.now())
    with CaptureQueriesContext(connection) as asked:
        forget_old_rows()
    pieces = [each["sql"].count(",") for each in asked if each["sql"].startswith('DELETE FROM "intake_try"')]
    assert len(pieces) == 3 and all(0 <= commas < BATCH for commas in pieces)
    assert list(Try.objects.all()) == [kept]


def test_what_is_too_much_for_one_go_waits_for_the_next():
    Try.objects.bulk_create(Try(counted_as="x", at=LONG_AGO) for _each in range(BATCH + 7))
    assert delete_in_batches(Try.objects.all(), most=BATCH) == BATCH
    assert delete_in_batches(Try.objects.all(), most=BATCH) == 7
    assert not Try.objects.exists()
