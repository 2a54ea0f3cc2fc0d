"""What the tests of the patient's side share: a browser on the page of what the clinic asks after sending."""

import pytest

from tests.conftest import Clinic, fresh
from tests.intake.test_status import enter
from treatments.models import Referral
from treatments.triage.questions import ask_patient


@pytest.fixture
def asked(clinic: Clinic, client):
    """``asked("health.stroke", **changes)``: Cora asks, and this browser is on the patient's page."""

    def ask(*fields: str, **changes) -> Referral:
        referral = clinic.in_review(**changes)
        ask_patient(referral=referral, actor=clinic.cast.cora, fields=fields, message="Please tell us.")
        assert enter(client, referral.submission).status_code == 302
        return fresh(referral)

    return ask
