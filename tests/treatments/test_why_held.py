"""Pages that show a hold say why it stands: an open alert, a release that holds, one that has lapsed."""

import pytest

from tests.conftest import RECORD, SAME_DAY, Clinic, answered, fresh, release_hold
from tests.pages import flat
from tests.treatments.test_alert_hold import ALARM, taken_back
from treatments.models import Referral
from treatments.reading.redaction import redaction_for
from treatments.reading.referral_view import referral_view
from treatments.triage.risk import assess_risk

PAGES = ("", "print/")
STANDS = "A clinician has released the hold of S05"
LAPSED = "A clinician had released the hold of S05"


def released(clinic: Clinic) -> Referral:
    referral = clinic.in_review(**SAME_DAY)
    assert referral.hold_rules == ["S05"]
    release_hold(referral=referral, actor=clinic.cast.clara)
    return fresh(referral)


@pytest.mark.parametrize("page", PAGES)
def test_an_open_alert_is_the_reason_of_a_hold_on_screen_and_paper(page, clinic, signed_in):
    referral = taken_back()
    assert ALARM in flat(signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/{page}"))


@pytest.mark.parametrize("page", PAGES)
def test_a_release_that_stands_is_told_apart_from_one_that_lapsed(page, clinic, signed_in):
    referral, cora = released(clinic), signed_in(clinic.cast.cora)
    address = f"/admin/treatments/referral/{referral.pk}/{page}"
    answered(referral, {"health.bp_systolic": 128}, asked=["health.bp_systolic"])
    shown = flat(cora.get(address))
    assert STANDS in shown and LAPSED not in shown
    answered(referral, {"mood.phq9": [2] * 8 + [3]}, asked=["mood.phq9"])
    shown = flat(cora.get(address))
    assert LAPSED in shown and STANDS not in shown


def test_without_a_release_neither_is_said(clinic):
    redaction = redaction_for(clinic.cast.cora)
    held = referral_view(redaction, clinic.in_review(**SAME_DAY))
    assert (held["released_rules"], held["lapsed_rules"]) == ([], [])


def test_a_hold_that_was_kept_is_no_release(clinic):
    referral = clinic.in_review(**SAME_DAY)
    asked = {"recorded": RECORD, "level": "low", "how": "phone", "hold": "keep"}
    assess_risk(referral=referral, actor=clinic.cast.clara, **asked)
    view = referral_view(redaction_for(clinic.cast.cora), fresh(referral))
    assert (view["released_rules"], view["lapsed_rules"]) == ([], [])
