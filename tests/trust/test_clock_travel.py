"""Clocks that jump: back an hour, back a day, over a leap day, over 2038. Nothing is lost, and no page breaks."""

from datetime import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from tests import proving
from tests.conftest import Clinic, all_read, fresh
from tests.intake import pat
from treatments.models import Referral
from treatments.triage.assignment import claim
from treatments.triage.consults import accept
from treatments.triage.routing import route

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = ("opened", "exported")
# When the form is begun, when it is sent, and when staff work on it, in New York.
CLOCKS = {
    "as clocks do": ("2026-11-25T10:00-05:00", "2026-11-25T10:30-05:00", "2026-11-25T11:00-05:00"),
    "back an hour, in November": (
        "2026-11-01T01:50-04:00",
        "2026-11-01T01:10-05:00",
        "2026-11-01T01:20-05:00",
    ),
    "on an hour, in March": ("2026-03-08T01:59-05:00", "2026-03-08T03:00-04:00", "2026-03-08T03:01-04:00"),
    "set back a day before staff work": (
        "2026-11-25T10:00-05:00",
        "2026-11-25T10:30-05:00",
        "2026-11-24T10:00-05:00",
    ),
    "set back while staff work": (
        "2026-11-25T10:00-05:00",
        "2026-11-25T10:30-05:00",
        "2026-11-25T09:00-05:00",
    ),
    "over a leap day": ("2028-02-28T23:59-05:00", "2028-02-29T00:01-05:00", "2028-03-01T00:00-05:00"),
    "over the year's end": ("2026-12-31T23:58-05:00", "2026-12-31T23:59-05:00", "2027-01-01T00:00-05:00"),
    "over 2038": ("2038-01-18T22:14:07-05:00", "2038-01-18T22:14:08-05:00", "2038-01-19T12:00-05:00"),
}


def at(moment: str) -> time_machine.travel:
    return time_machine.travel(datetime.fromisoformat(moment), tick=False)


def walked(clinic: Clinic, begun: str, sent: str, worked: str) -> tuple[Referral, list[int]]:
    """The referral at its end, and the status of every page that was read on the way."""
    patient, cast = Client(raise_request_exception=False), clinic.cast
    with at(begun):
        pat.begin(patient)
        for slug in ("consent", "name", "contact", "mood", "thoughts"):
            assert pat.save(patient, slug).status_code == 302
    with at(sent):
        statuses = [patient.get("/intake/").status_code, pat.save(patient, "past").status_code]
        statuses += [pat.send(patient).status_code, patient.get("/intake/done/").status_code]
    with at(worked):
        referral = Referral.objects.get()
        claim(referral=referral, actor=cast.cora)
        read = all_read(cast.cora, referral)
        route(referral=fresh(referral), actor=cast.cora, treatments=["tms"], reason="fits", read=read)
        accept(consult=fresh(referral).consults.get(), actor=cast.tess)
        cora = Client(raise_request_exception=False)
        cora.force_login(cast.cora)
        for page in ("", "?show=all", f"{referral.pk}/", f"{referral.pk}/brief/", f"{referral.pk}/print/"):
            statuses.append(cora.get(f"/admin/treatments/referral/{page}").status_code)
        call_command("tick", "--once")
    return fresh(referral), statuses


@pytest.mark.parametrize("clocks", CLOCKS.values(), ids=CLOCKS)
def test_whatever_the_clock_does_a_form_arrives_and_its_events_stay_in_their_order(clinic, clocks):
    referral, statuses = walked(clinic, *clocks)
    assert {status for status in statuses if status not in (200, 302)} == set()
    kinds = list(referral.events.order_by("pk").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind not in LOOKS] == [
        "received",
        "assessed",
        "claim",
        "route",
        "accept",
    ]
    assert len([kind for kind in kinds if kind in LOOKS]) == 3
    assert referral.consults.get().state == "accepted"
    proving.figure("{n} clocks that jump: everything arrives, in its order, on whole pages", 1)


def test_the_control_clocks_really_jump(clinic):
    """By time alone the events would stand in another order: what happened last is dated first."""
    referral, _statuses = walked(clinic, *CLOCKS["set back a day before staff work"])
    by_time = list(referral.events.order_by("at", "pk").values_list("kind", flat=True))
    proving.control(f"sorted by time alone {by_time[0]} stands first")
    assert by_time[0] != "received"
