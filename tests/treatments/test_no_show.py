"""A visit to which nobody came: the consult is accepted again and counts it; undone, its flag goes and no other."""

import pytest

from tests.conftest import Clinic, fresh
from tests.treatments.test_flags import day_after, flags
from treatments.models import Consult
from treatments.triage.consults import book, record_no_show, return_consult
from treatments.triage.undo import undo_consult
from treatments.workflow.event_words import outcome_words

pytestmark = pytest.mark.django_db


def missed(clinic: Clinic, consult: Consult) -> Consult:
    record_no_show(consult=consult, actor=clinic.cast.team(consult.treatment))
    return fresh(consult)


def undone(clinic: Clinic, consult: Consult) -> list[str]:
    undo_consult(consult=fresh(consult), actor=clinic.cast.team(consult.treatment))
    return flags(consult.referral)


def test_the_consult_is_accepted_again_counts_it_and_is_marked_for_team_and_desk(clinic, signed_in):
    consult = missed(clinic, clinic.booked_today())
    assert (consult.state, consult.booked_for, consult.no_shows, consult.outcome) == ("accepted", None, 1, "")
    assert fresh(consult.referral).state == "routed"
    pages = {
        clinic.cast.tess: (f"tmsconsult/{consult.pk}/",),
        clinic.cast.cora: (f"referral/{consult.referral_id}/",),
    }
    for person, addresses in pages.items():
        for address in addresses:
            page = signed_in(person).get(f"/admin/treatments/{address}").content.decode()
            assert "did not come once" in page, address
    queue = signed_in(clinic.cast.tess).get("/admin/treatments/tmsconsult/").content.decode()
    assert "No-show 1" in queue and "Did not come; book again" in queue


def test_booked_again_nobody_must_look_and_a_second_time_counts_too(clinic):
    consult = missed(clinic, clinic.booked_today())
    book(consult=consult, actor=clinic.cast.tess, day=day_after(0))
    assert flags(consult.referral) == []
    assert undone(clinic, consult) == ["missed"]  # the booking is
    book(consult=fresh(consult), actor=clinic.cast.tess, day=day_after(0))
    assert missed(clinic, fresh(consult)).no_shows == 2
    assert flags(consult.referral) == ["missed"]


def test_undone_it_is_no_visit_to_which_nobody_came(clinic):
    before = clinic.booked_today()
    consult = missed(clinic, before)
    assert flags(consult.referral) == ["missed"]
    assert undone(clinic, consult) == []
    now = fresh(consult)
    assert (now.state, now.booked_for, now.no_shows) == ("booked", before.booked_for, 0)
    assert fresh(consult.referral).attention == ""


def test_another_teams_missed_visit_stands(clinic):
    referral = clinic.routed("tms", "spravato")
    tms, spravato = (
        clinic.move(referral.consults.get(treatment=each), "accepted") for each in ("tms", "spravato")
    )
    for consult in (tms, spravato):
        book(consult=consult, actor=clinic.cast.team(consult.treatment), day=day_after(0))
    missed(clinic, fresh(spravato))
    since = fresh(referral).flags["missed"]
    tms = missed(clinic, fresh(tms))
    assert undone(clinic, tms) == ["missed"]
    assert fresh(referral).flags["missed"] == since
    tms = missed(clinic, fresh(tms))
    book(consult=tms, actor=clinic.cast.tess, day=day_after(1))
    assert flags(referral) == ["missed"]  # the other one has no new visit yet


def test_a_visit_of_a_team_that_missed_nobody_ends_no_mark(clinic):
    referral = clinic.routed("tms", "spravato")
    tms, spravato = (
        clinic.move(referral.consults.get(treatment=each), "accepted") for each in ("tms", "spravato")
    )
    book(consult=spravato, actor=clinic.cast.team("spravato"), day=day_after(0))
    return_consult(
        consult=missed(clinic, fresh(spravato)), actor=clinic.cast.team("spravato"), reason="not_reached"
    )
    book(consult=fresh(tms), actor=clinic.cast.tess, day=day_after(1))
    assert "missed" in flags(referral)


def test_an_outcome_that_is_given_no_more_still_reads_as_it_was(clinic, signed_in):
    consult = clinic.consult("completed")
    type(consult).objects.filter(pk=consult.pk).update(outcome="no_show")
    page = signed_in(clinic.cast.tess).get(f"/admin/treatments/tmsconsult/{consult.pk}/").content.decode()
    assert "The patient did not come" in page
    assert outcome_words({"outcome": "no_show"}) == ["The patient did not come"]
    rows = signed_in(clinic.cast.tess).get("/admin/treatments/tmsconsult/?show=completed").content.decode()
    assert "The patient did not come" in rows
