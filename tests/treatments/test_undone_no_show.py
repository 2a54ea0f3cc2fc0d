"""A completion by which nobody came, undone: its flag goes with it, and no other."""

import pytest

from tests.conftest import Clinic, fresh
from tests.treatments.test_flags import flags
from treatments.models import Consult
from treatments.triage.consults import complete
from treatments.triage.undo import undo_consult

pytestmark = pytest.mark.django_db


def undone(clinic: Clinic, consult: Consult) -> list[str]:
    undo_consult(consult=Consult.objects.get(pk=consult.pk), actor=clinic.cast.team(consult.treatment))
    return flags(consult.referral)


def test_undone_it_is_no_visit_to_which_nobody_came(clinic):
    consult = clinic.consult("booked")
    complete(consult=consult, actor=clinic.cast.tess, outcome="no_show")
    assert flags(consult.referral) == ["missed"]
    assert undone(clinic, consult) == []
    assert fresh(consult.referral).attention == ""


def test_another_teams_missed_visit_stands(clinic):
    referral = clinic.routed("tms", "spravato")
    tms, spravato = (
        clinic.move(referral.consults.get(treatment=each), "booked") for each in ("tms", "spravato")
    )
    complete(consult=spravato, actor=clinic.cast.sam, outcome="no_show")
    since = fresh(referral).flags["missed"]
    complete(consult=tms, actor=clinic.cast.tess, outcome="no_show")
    assert undone(clinic, tms) == ["missed"]
    assert fresh(referral).flags["missed"] == since
