"""As it stood then: what somebody had before them when they decided, for those who may read the event."""

import pytest
from django.contrib.auth.models import Permission, User

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, SAME_DAY, fresh
from tests.pages import flat
from treatments.admin.pages import snapshots
from treatments.admin.pages.snapshots import as_it_stood
from treatments.models import Event, Referral
from treatments.reading.redaction import redaction_for
from treatments.triage.closing import close
from treatments.triage.consults import transfer
from treatments.workflow import HOLD_WORDS, Hold

LIST = "/admin/treatments/referral/"
QUEUE = "/admin/treatments/tmsconsult/"


def decided(referral: Referral, kind: str) -> Event:
    return referral.events.get(kind=kind)


def test_the_page_tells_hold_treatments_findings_and_ruleset_of_that_moment(cast, clinic, signed_in):
    referral = clinic.routed("tms", **SAME_DAY, **CLINICIAN_FIRST_FOR_TMS)
    event = decided(referral, "assess_risk")
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/then/{event.pk}/"))
    told = event.assessment
    rules = [finding["rule"] for each in told["treatments"].values() for finding in each["findings"]]
    words = ("Clinician first", "Spravato (esketamine)", "Clara", str(HOLD_WORDS[Hold.SAME_DAY]))
    for each in (told["ruleset"], *told["hold"]["rules"], *rules, *words):
        assert each in page, each


def test_what_stood_then_is_read_from_the_event_and_not_judged_again(cast, clinic, signed_in, monkeypatch):
    referral = clinic.routed("tms", **CLINICIAN_FIRST_FOR_TMS)
    event = decided(referral, "route")
    (rule, *_others) = [finding["rule"] for finding in event.assessment["treatments"]["tms"]["findings"]]

    def broken(*document, **settings):
        raise ZeroDivisionError

    monkeypatch.setattr("treatments.reading.assessment.assess", broken)
    page = flat(signed_in(cast.cora).get(f"{LIST}{referral.pk}/then/{event.pk}/"))
    assert rule in page and "kept with the event" in page


def test_every_event_that_keeps_an_assessment_has_the_way_to_it_and_no_other_has(cast, clinic, signed_in):
    consult = clinic.consult("completed", **SAME_DAY)
    referral = fresh(consult.referral)
    close(referral=referral, actor=cast.cora, reason="care_started")
    handed = clinic.consult("waiting")
    transfer(consult=handed, actor=cast.tess, treatment="psychotherapy", note="fits better")
    for event in Event.objects.all():
        assert event.keeps_assessment == (event.assessment is not None), event.kind
    client = signed_in(cast.cora)
    for each in (referral, handed.referral):
        page = flat(client.get(f"{LIST}{each.pk}/"))
        for event in each.events.filter(assessment__isnull=False):
            assert f'href="then/{event.pk}/"' in page
            assert client.get(f"{LIST}{each.pk}/then/{event.pk}/").status_code == 200
        assert page.count('href="then/') == each.events.filter(assessment__isnull=False).count()


def test_opening_it_is_an_event_and_without_one_nothing_is_shown(cast, clinic, signed_in, monkeypatch):
    referral = clinic.routed("tms")
    event = decided(referral, "route")
    address = f"{LIST}{referral.pk}/then/{event.pk}/"
    signed_in(cast.cora).get(address)
    opened = referral.events.get(kind="opened")
    assert (opened.actor, opened.details) == (cast.cora, {"page": "then", "event": event.pk})

    def fail(**details):
        raise OSError("disk full")

    monkeypatch.setattr(snapshots, "opened", fail)
    response = signed_in(cast.cora).get(address)
    assert response.status_code == 500 and event.assessment["ruleset"] not in flat(response)


def test_a_team_reads_its_own_treatment_of_its_own_events_only(cast, clinic, signed_in):
    referral = clinic.routed("tms", "spravato")
    tms, spravato = (referral.consults.get(treatment=key) for key in ("tms", "spravato"))
    clinic.move(tms, "accepted"), clinic.move(spravato, "accepted")
    client = signed_in(cast.tess)
    own, other = (consult.events.get(kind="accept") for consult in (tms, spravato))
    page = flat(client.get(f"{QUEUE}{tms.pk}/then/{own.pk}/"))
    assert "Accepted" in page and "Spravato" not in page and "sychotherapy" not in page
    for event in (other, decided(referral, "route")):
        assert client.get(f"{QUEUE}{tms.pk}/then/{event.pk}/").status_code == 404
    assert client.get(f"{LIST}{referral.pk}/then/{own.pk}/").status_code in (403, 404)


def test_an_event_of_another_referral_or_without_an_assessment_is_not_there(cast, clinic, signed_in):
    one, other = clinic.routed("tms"), clinic.routed("tms")
    client = signed_in(cast.cora)
    for event in (decided(other, "route").pk, decided(one, "claim").pk, 10**18, 10**30):
        assert client.get(f"{LIST}{one.pk}/then/{event}/").status_code == 404
    assert client.post(f"{LIST}{one.pk}/then/{decided(one, 'route').pk}/").status_code == 404


@pytest.mark.parametrize("granted", [True, False])
def test_a_finding_that_rests_on_substance_use_is_there_only_for_those_granted_it(clinic, granted, signed_in):
    referral = clinic.routed("tms", **{"substances.audit_c": [4, 4, 4]})
    event = decided(referral, "route")
    reader = User.objects.create_user("vera", is_staff=True)
    rights = {"view_referral", *(["read_substance_use"] if granted else [])}
    reader.user_permissions.add(*Permission.objects.filter(codename__in=rights))
    then = as_it_stood(event, None, redaction_for(reader))
    resting = {
        finding["rule"]
        for treatment in then["treatments"]
        for finding in treatment["findings"]
        if any(path.startswith("substances.") for path in finding["answers"])
    }
    assert resting == ({"T08", "E10", "E11"} if granted else set())
    assert ("substances." in str(then)) == granted
    assert ("audit_c" in then["scores"]) == granted
    assert ("drug_item" in then["scores"]) == granted
    page = flat(signed_in(reader).get(f"{LIST}{referral.pk}/then/{event.pk}/"))
    assert all((f"<strong>{rule}</strong>" in page) == granted for rule in ("T08", "E10", "E11"))


def test_the_page_asks_the_grant_of_its_reader(clinic, signed_in):
    referral = clinic.routed("tms", **{"substances.audit_c": [4, 4, 4]})
    event = decided(referral, "route")
    reader = User.objects.create_user("vera", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_referral"))
    page = flat(signed_in(reader).get(f"{LIST}{referral.pk}/then/{event.pk}/"))
    assert "may not read" in page
