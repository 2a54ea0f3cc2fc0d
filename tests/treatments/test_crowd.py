"""The crowd for measuring: sound rows, like the real ones in all that a list reads, and only in a demonstration."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from intake import document
from intake.models import Submission
from tests.conftest import sent_intake
from treatments.models import Consult, Event, Referral
from treatments.models.referral import Referral as Stored
from treatments.reading.redaction import WITHOUT_GRANTS
from treatments.rules.engine import assess
from treatments.triage.assessment import columns
from treatments.triage.intake_received import search_words
from treatments.workflow import ReferralState
from treatments.workflow.findings import findings_of

SOME = 800


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


def come(number: int) -> str:
    said = StringIO()
    call_command("crowd", number, stdout=said)
    return said.getvalue()


@pytest.fixture
def crowd(demonstration, transactional_db) -> str:
    return come(SOME)


def test_as_many_come_as_were_asked_for_in_every_state_and_more_may_follow(crowd):
    assert f"{SOME:,} invented people were added." in crowd
    assert {*Referral.objects.values_list("state", flat=True)} == {state.value for state in ReferralState}
    come(10)
    assert Referral.objects.count() == Submission.objects.count() == SOME + 10
    assert Event.objects.filter(kind="received").count() == SOME + 10
    assert Consult.objects.open().exists()


def test_what_a_list_reads_of_them_is_what_the_app_itself_would_store(crowd):
    for referral in Referral.objects.select_related("submission")[::80]:
        told = referral.submission.to_document()
        assert document.validate(told) == []
        about = told["about"]
        assert (referral.first_name, referral.email) == (about["first_name"], about["email"])
        assert referral.search == search_words(referral.submission)
        stored = {name: getattr(referral, name) for name in columns(assess(told))}
        assert {**stored, "fired": None} == {**columns(assess(told)), "fired": None}
        assert referral.findings_masked == findings_of(WITHOUT_GRANTS.judge(told))
        before = referral.phone_digits
        Stored.save(referral)
        assert referral.phone_digits == before


def test_the_next_real_referral_has_a_key_of_its_own(crowd, django_capture_on_commit_callbacks):
    last = Referral.objects.latest("pk").pk
    sent = sent_intake()
    assert Referral.objects.get(submission=sent).pk > last


def test_no_index_is_lost(demonstration, transactional_db):
    def indexes() -> set[str]:
        with connection.cursor() as cursor:
            return set(connection.introspection.get_constraints(cursor, Referral._meta.db_table))

    before = indexes()
    come(10)
    assert indexes() == before


@pytest.mark.django_db
def test_it_keeps_away_from_real_people(demonstration):
    sent_intake()
    with pytest.raises(CommandError, match="real people"):
        come(1)


@pytest.mark.django_db
def test_it_is_for_demonstrations_only(settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="not a demonstration"):
        come(1)
