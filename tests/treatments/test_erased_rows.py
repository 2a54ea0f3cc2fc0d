"""What hangs on a person who is erased goes with them, and what was asked without a reason is refused."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intake.models import OutgoingMail, ResumeKey, Submission
from tests.conftest import fresh
from tests.intake import pat
from tests.treatments import kept
from tests.treatments.test_handling import SUICIDAL
from treatments.models import CaringContact, Referral
from treatments.triage.closing import close
from treatments.triage.contacts import make_caring_contact
from treatments.triage.legal_hold import end_legal_hold, set_legal_hold
from treatments.triage.patient_requests import ask_erasure, drop_erasure, give_copy
from treatments.workflow import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def form() -> Submission:
    """One that came page by page."""
    client = Client()
    pat.fill(client)
    pat.send(client)
    return Submission.objects.get()


def erased(form: Submission) -> Submission:
    return Submission.erase(form.pk, mark="#1", at=timezone.now())


def test_how_far_a_form_had_got_and_what_led_back_to_it_goes_too(form):
    assert form.progress
    ResumeKey.objects.create(submission=form, kind="link", digest="0" * 64, expires_at=timezone.now())
    OutgoingMail.objects.create(purpose="question", subject="x", to="pat@example.org", submission=form)
    erased(form)
    assert fresh(form).progress == {}
    assert not form.resume_keys.exists()
    assert not OutgoingMail.objects.exists()


def test_a_form_is_erased_once(form):
    first = erased(form)
    again = Submission.erase(form.pk, mark="#2", at=first.erased_at + timedelta(days=1))
    assert (again.erased_at, again.reference) == (first.erased_at, "#1")


def test_why_a_caring_contact_was_owed_is_told_no_more(clinic):
    referral = clinic.consult("completed", **SUICIDAL).referral
    make_caring_contact(referral=fresh(referral), actor=clinic.cast.cora, note="called, is safe")
    close(referral=fresh(referral), actor=clinic.cast.cora, reason="care_started")
    assert CaringContact.objects.get(referral=referral).rules
    kept.erased(clinic, fresh(referral))
    assert CaringContact.objects.get(referral=referral).rules == []


# --- Asked without a reason ---------------------------------------------------------------------------------


def refuses(words: str, action, referral: Referral, actor, **details) -> None:
    before, events = Referral.objects.filter(pk=referral.pk).values().get(), referral.events.count()
    with pytest.raises(Refused, match=words):
        action(referral=referral, actor=actor, **details)
    assert Referral.objects.filter(pk=referral.pk).values().get() == before
    assert referral.events.count() == events


@pytest.mark.parametrize("note", ["", " \n"])
def test_a_legal_hold_is_neither_set_nor_ended_without_a_reason(note, clinic):
    olive = clinic.cast.olive
    refuses("Write why", set_legal_hold, clinic.closed(), olive, note=note)
    refuses("Write why", end_legal_hold, kept.held(clinic), olive, note=note)


@pytest.mark.parametrize("note", ["", " \n"])
def test_nothing_that_a_person_asks_is_on_record_without_how_they_asked(note, clinic):
    cora = clinic.cast.cora
    refuses("how the person asked", ask_erasure, clinic.closed(), cora, note=note)
    refuses("why nothing is erased", drop_erasure, kept.asked(clinic), cora, note=note)
    refuses("who gets it", give_copy, clinic.closed(), cora, how="post", note=note)


def test_a_copy_is_given_in_a_way_that_is_known(clinic):
    refuses("Choose how", give_copy, clinic.closed(), clinic.cast.cora, how="pigeon", note="to her")
