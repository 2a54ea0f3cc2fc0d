"""Forms that were sent before consents were a record of their own: the migration makes the record they would have."""

from datetime import datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from intake.models import Submission, SubstanceConsent
from tests.append_only import rows_may_go
from tests.conftest import fresh, sent_intake

pytestmark = pytest.mark.django_db
TWO_YEARS = timedelta(days=730)


def sent(at: datetime, **changes) -> Submission:
    with time_machine.travel(at, tick=False):
        return sent_intake(**changes)


def migrated_from_before() -> None:
    """What the migration makes where there was no record of consents yet."""
    with rows_may_go():
        SubstanceConsent.objects.all().delete()
    Submission.objects.update(substance_use_until=None)
    state = MigrationLoader(connection).project_state(("intake", "0013_consents_of_sent_forms"))
    import_module("intake.migrations.0013_consents_of_sent_forms").derive(state.apps, None)


def test_a_consent_of_before_holds_two_years_from_when_it_was_sent():
    now = timezone.now()
    form = sent(now - timedelta(days=30), **{"consent.substance_use_notice": "2026-11"})
    asked = sent(now, **{"consent.substance_use_agreed": "not_sure"})
    migrated_from_before()
    row = SubstanceConsent.objects.get()
    assert (row.submission, row.step, row.scope, row.by) == (form, "given", "care_teams", None)
    assert row.version == "2026-11"
    assert (row.at, row.expires_at) == (form.submitted_at, form.submitted_at + TWO_YEARS)
    assert fresh(form).substance_use_until == row.expires_at
    assert fresh(asked).substance_use_until is None


def test_what_was_sent_more_than_two_years_ago_is_masked_at_once():
    now = timezone.now()
    old, young = sent(now - TWO_YEARS), sent(now - TWO_YEARS + timedelta(seconds=1))
    migrated_from_before()
    assert fresh(old).withholds_substance_use(now)
    assert fresh(young).shares_substance_use(now)


def test_of_a_person_who_was_erased_it_makes_nothing():
    form = sent(timezone.now())
    Submission.erase(form.pk, mark="#1", at=timezone.now())
    migrated_from_before()
    assert not SubstanceConsent.objects.exists()
