"""A sweep goes past what somebody is at work on: it waits for nobody, and finds it at its next pass."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from intake.models import Alarm, OutgoingMail, Submission
from tests.conftest import URGENT, Clinic
from tests.racing import at_once
from treatments.models import OnCallNotice
from treatments.triage.appointments import remind_of_visits
from treatments.triage.consults import book
from treatments.triage.draft_expiry import expire_drafts
from treatments.triage.on_call_sending import mail_due
from treatments.triage.passed_visits import mark_passed_visits
from treatments.triage.purge import purge_people
from treatments.triage.questions import sweep_unanswered

# SQLite lets one writer in at a time: there nothing is ever locked beside.
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LATER = timedelta(days=4000)
# The row that is due, and the sweep that gives something where it found it.
Case = tuple[Model, Callable[[], object]]


def mail(clinic: Clinic) -> Case:
    row = OutgoingMail.put("account", to="adam@example.org", subject="s", body="b")
    return row, lambda: OutgoingMail.take("account", timezone.now())


def notice(clinic: Clinic) -> Case:
    clinic.new(**URGENT)
    row = OnCallNotice.objects.create(alarm=Alarm.objects.latest("pk"), channel="mail", due_at=timezone.now())
    return row, lambda: mail_due(timezone.now())


def question(clinic: Clinic) -> Case:
    return clinic.referral("awaiting_patient"), sweep_unanswered


def draft(clinic: Clinic) -> Case:
    row = Submission.begin(language="en")
    return row, expire_drafts


def closed(clinic: Clinic) -> Case:
    return clinic.closed(), lambda: sum(purge_people("closed", at=timezone.now()))


def form_of_closed(clinic: Clinic) -> Case:
    return clinic.closed().submission, lambda: sum(purge_people("closed", at=timezone.now()))


def passed_visit(clinic: Clinic) -> Case:
    return clinic.booked_today().referral, mark_passed_visits


def reminder(clinic: Clinic) -> Case:
    consult = clinic.consult("accepted")
    day = timezone.localdate() + timedelta(days=9)
    book(consult=consult, actor=clinic.cast.tess, day=day)
    return consult.visits.get(), lambda: remind_of_visits(by_day())


def by_day() -> datetime:
    return timezone.localtime().replace(hour=12)


CASES = (mail, notice, question, draft, closed, form_of_closed, passed_visit, reminder)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_what_somebody_holds_is_left_for_the_next_pass(case, clinic, settings):
    settings.CLOSED_YEARS = 7
    row, sweep = case(clinic)
    with time_machine.travel(timezone.now() + LATER):
        with transaction.atomic():
            type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
            (beside,) = at_once(lambda: hurried(sweep))
        assert beside in (0, None), "it waited, or took what somebody held"
        assert sweep()


def hurried(sweep: Callable[[], object]) -> object:
    """On a connection that gives up at once where it would have to wait."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 500")
    return sweep()
