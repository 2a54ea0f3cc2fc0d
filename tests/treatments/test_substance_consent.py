"""The substance-use consent: on record with the form, revoked or expired it opens those answers to nobody any more."""

import ast
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from intake.models import SubstanceConsent
from intake.questionnaire.consents import SUBSTANCE_USE_HOLDS
from tests.conftest import fresh
from tests.documents import ABSENT
from tests.intake import pat
from tests.intake.test_status import enter
from treatments.models import Referral
from treatments.reading.redaction import WITHOUT_GRANTS, redaction_for
from treatments.triage.assessment import assess_referral
from treatments.triage.consents import revoke_consent, sweep_expired_consents
from treatments.triage.consults import accept
from treatments.workflow import Refused

pytestmark = pytest.mark.django_db

SPOKEN_OF = {
    "consent.substance_use_notice": "2026-11",
    "substances.past_substance_use_disorder": "yes",
    "substances.substance_use_disorder_now": "yes",
}
REVOKE = reverse("intake:substance-use")


@pytest.fixture
def referral(clinic) -> Referral:
    return clinic.in_review(**SPOKEN_OF)


def revoke_as_staff(clinic, referral: Referral) -> None:
    revoke_consent(referral=fresh(referral), actor=clinic.cast.cora, note="By phone, today")


def revoke_as_the_person(client, referral: Referral) -> None:
    enter(client, referral.submission)
    assert client.post(REVOKE).url == reverse("intake:status")


def files(client, referral: Referral) -> dict[str, str]:
    """What a reader finds, by where."""
    page = reverse("admin:treatments_referral_change", args=[referral.pk])
    places = {
        "page": page,
        "json": f"{page}document/",
        "print": f"{page}print/",
        "assess": f"{page}assess_risk/",
    }
    return {name: client.get(address).content.decode() for name, address in places.items()}


# --- The record -----------------------------------------------------------------------------------------


def test_a_yes_is_on_record_with_the_form(client):
    pat.fill(client)
    with time_machine.travel(timezone.now(), tick=False):
        pat.send(client)
        now = timezone.now()
    row = SubstanceConsent.objects.get()
    sent = row.submission
    assert (row.step, row.version, row.scope, row.by) == ("given", "2026-11", "care_teams", None)
    assert (row.at, row.expires_at) == (now, now + timedelta(days=730))  # two years, as its text says
    assert sent.substance_use_until == row.expires_at


def test_of_a_text_whose_version_is_long_the_beginning_is_kept(clinic):
    clinic.new(**{"consent.substance_use_notice": "2026-11 " + "x" * 60})
    assert SubstanceConsent.objects.get().version == "2026-11 " + "x" * 12


@pytest.mark.parametrize("answer", ["no", "not_sure"])
def test_anything_else_is_no_consent(clinic, answer):
    referral = clinic.in_review(**{"consent.substance_use_agreed": answer})
    assert not SubstanceConsent.objects.exists()
    assert not referral.submission.withholds_substance_use(timezone.now())
    with pytest.raises(Refused):
        revoke_as_staff(clinic, referral)


@pytest.mark.parametrize("statement", ["UPDATE {} SET version = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_it(referral, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(SubstanceConsent._meta.db_table))


# --- Revoked ----------------------------------------------------------------------------------------------


def test_the_person_revokes_it_on_the_status_page(clinic, client, referral):
    version = referral.version
    revoke_as_the_person(client, referral)
    given, revoked = SubstanceConsent.objects.order_by("pk")
    assert (given.step, revoked.step, revoked.by) == ("given", "revoked", None)
    assert (revoked.version, revoked.scope) == (given.version, given.scope)  # which one was taken back
    referral = fresh(referral)
    assert referral.events.filter(kind="consent_revoked").count() == 1
    assert referral.version > version  # what staff have open is stale
    client.post(REVOKE)  # twice is the same as once
    assert SubstanceConsent.objects.count() == 2


def test_the_page_says_the_same_whatever_was_answered(clinic, client, referral):
    said = []
    for sent in (referral, clinic.in_review(**{"consent.substance_use_agreed": "no", "substances": ABSENT})):
        enter(client, sent.submission)
        said.append(client.get(REVOKE).content.decode().split("csrfmiddlewaretoken")[0])
        assert client.post(REVOKE, follow=True).status_code == 200
    assert said[0] == said[1]


def test_staff_revoke_it_for_a_person_with_the_reason(clinic, referral):
    with pytest.raises(Refused):
        revoke_consent(referral=fresh(referral), actor=clinic.cast.cora, note=" ")
    revoke_as_staff(clinic, referral)
    assert fresh(referral).version == referral.version + 1
    # Nothing says that the person did it.
    assert not referral.events.filter(kind="consent_revoked").exists()
    event = referral.events.get(kind="revoke_consent")
    assert (event.actor, event.note) == (clinic.cast.cora, "By phone, today")
    assert SubstanceConsent.objects.get(step="revoked").by == clinic.cast.cora
    with pytest.raises(Refused):
        revoke_as_staff(clinic, referral)


@pytest.mark.parametrize("ended", ["by the person", "by staff", "by its time"])
def test_who_has_the_right_then_reads_what_everybody_else_reads(clinic, client, signed_in, referral, ended):
    cora = clinic.cast.cora
    assert not redaction_for(cora, referral.submission).hides
    reads = signed_in(cora)
    before = files(reads, referral)
    assert json.loads(before["json"])["substances"]
    later = timezone.now() + (SUBSTANCE_USE_HOLDS if ended == "by its time" else timedelta(0))
    if ended == "by staff":
        revoke_as_staff(clinic, referral)
    elif ended == "by the person":
        revoke_as_the_person(client, referral)
    with time_machine.travel(later + timedelta(seconds=1)):
        referral = fresh(referral)
        assert redaction_for(cora, referral.submission).readers == WITHOUT_GRANTS.readers
        after = files(signed_in(cora), referral)
    assert "substances" not in json.loads(after["json"])
    for name, said in after.items():
        assert "E12" not in said, name  # the rule that reads them
    assert "the consent to share them has ended" in " ".join(after["page"].split())


@pytest.mark.parametrize("ended", ["by the person", "by staff"])
def test_what_a_team_has_open_is_stale_once_it_is_revoked(clinic, client, ended):
    referral = clinic.routed("tms", **SPOKEN_OF)
    consult = referral.consults.get()
    if ended == "by staff":
        revoke_as_staff(clinic, referral)
    else:
        revoke_as_the_person(client, referral)
    with pytest.raises(Refused, match="This consult has changed"):
        accept(consult=consult, actor=clinic.cast.tess, seen=consult.version)


def test_until_the_second_it_expires_it_holds(clinic, referral):
    until = referral.submission.substance_use_until
    assert referral.submission.shares_substance_use(until - timedelta(seconds=1))
    assert not referral.submission.shares_substance_use(until)
    clara = clinic.cast.clara
    assert not redaction_for(clara, referral.submission, at=until - timedelta(seconds=1)).hides
    assert redaction_for(clara, referral.submission, at=until).hides


@pytest.mark.parametrize("ended", ["by the person", "by staff"])
def test_lists_have_no_more_of_it_either(clinic, client, referral, ended):
    assert fresh(referral).findings != fresh(referral).findings_masked
    if ended == "by staff":
        revoke_as_staff(clinic, referral)
    else:
        revoke_as_the_person(client, referral)
    row = fresh(referral)
    assert row.findings == row.findings_masked
    assess_referral(row)  # nor after another look by the rules
    assert fresh(referral).findings == row.findings_masked


def test_the_tick_takes_what_has_expired_out_of_lists(clinic, referral):
    until = referral.submission.substance_use_until
    assert sweep_expired_consents(until - timedelta(seconds=1)) == 0
    assert sweep_expired_consents(until) == 1
    assert sweep_expired_consents(until) == 0
    row = fresh(referral)
    assert row.findings == row.findings_masked
    assert row.version == referral.version + 1  # what staff have open showed it


def test_it_is_a_job_of_the_tick(referral):
    with time_machine.travel(referral.submission.substance_use_until):
        call_command("tick", "--once", stdout=io.StringIO())
    row = fresh(referral)
    assert row.findings == row.findings_masked


def test_what_was_kept_with_a_decision_is_masked_too(clinic, referral):
    with_account = {
        "hold": {"level": "none", "rules": []},
        "masked": {"hold": {"level": "none", "rules": []}},
        "mine": 1,
    }
    revoke_as_staff(clinic, referral)
    redaction = redaction_for(clinic.cast.clara, fresh(referral).submission)
    assert "mine" not in redaction.part_of(with_account)


def test_a_hold_stays_whatever_is_revoked(clinic):
    referral = clinic.in_review(**{"substances.withdrawal_symptoms": "yes"})
    assert referral.hold == "urgent"
    revoke_as_staff(clinic, referral)
    row = fresh(referral)
    assert (row.hold, row.alert_open) == ("urgent", True)


def test_another_persons_answers_stay_readable(clinic, referral):
    other = clinic.in_review(**SPOKEN_OF)
    revoke_as_staff(clinic, referral)
    assert not redaction_for(clinic.cast.clara, fresh(other).submission).hides


def test_what_rang_stays_readable_to_who_has_the_right(clinic):
    referral = clinic.in_review(**{"substances.withdrawal_symptoms": "yes"})
    revoke_as_staff(clinic, referral)
    referral = fresh(referral)
    (alarm,) = referral.submission.alarms.all()
    assert not redaction_for(clinic.cast.clara, referral.submission).is_protected(alarm)
    assert redaction_for(clinic.cast.sid, referral.submission).is_protected(alarm)


def test_no_page_forgets_to_say_whose_answers_it_shows():
    """``redaction_for`` without a submission knows of no revoked consent."""
    for path in Path("treatments").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "redaction_for":
                assert len(call.args) == 2, f"{path}:{call.lineno}"
