"""Routing a plain case from its own page: when the form stands there, and what its one button does."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from tests.conftest import CLINICIAN_FIRST_FOR_TMS, RECORD, SAME_DAY, Clinic, fresh, release_hold
from tests.pages import flat
from treatments.models import Event, Referral
from treatments.reading.plain_case import in_the_way
from treatments.reading.redaction import WITHOUT_GRANTS, redaction_for
from treatments.triage.assignment import claim
from treatments.triage.claim_and_route import claim_and_route
from treatments.triage.consults import return_consult
from treatments.triage.queue_settings import change_queue
from treatments.triage.risk import assess_risk
from treatments.triage.undo import undo
from treatments.workflow import ReferralState

DESK = "/admin/treatments/referral/"
BUTTON = "Route and open the next"


def page_of(client: Client, referral: Referral) -> str:
    return flat(client.get(f"{DESK}{referral.pk}/"))


def sent(client: Client, referral: Referral, *treatments: str, **more):
    asked = {"treatments": treatments, "priority": 0, "seen_version": referral.version, "another": "1"}
    return client.post(f"{DESK}{referral.pk}/route_here/", asked | more)


def reasons(redaction, referral: Referral) -> list[str]:
    opened = referral.consults.open().count()
    return in_the_way(redaction, referral, redaction.assessment(referral), opened)


@pytest.fixture
def cora(cast, signed_in) -> Client:
    return signed_in(cast.cora)


# --- When it stands in the page ------------------------------------------------------------------------------------


def test_the_form_stands_in_the_page_of_a_plain_case_claimed_by_nobody_or_by_the_reader(clinic, cora):
    for referral in (clinic.new(), clinic.in_review()):
        page = page_of(cora, referral)
        assert BUTTON in page
        assert re.findall(r"<input [^>]*checked[^>]*>", page.split("route-here")[1].split("</form>")[0]) == [
            tag
            for tag in re.findall(r"<input [^>]*>", page)
            if 'name="priority"' in tag and 'value="0"' in tag
        ]


def not_assessed(clinic: Clinic) -> Referral:
    referral = clinic.new()
    Referral.objects.filter(pk=referral.pk).update(assessed_at=None, hold="same_day")
    return fresh(referral)


def alert_open(clinic: Clinic) -> Referral:
    referral = clinic.new()
    Referral.objects.filter(pk=referral.pk).update(alert_open=True)
    return fresh(referral)


def read_first(clinic: Clinic) -> Referral:
    referral = clinic.new(**{"safety.cssrs.q1": "yes"})
    release_hold(referral=referral, actor=clinic.cast.clara)
    return fresh(referral)


def judged(clinic: Clinic, level: str) -> Referral:
    """Nothing else stands: the hold is released at that level."""
    referral = clinic.new(**SAME_DAY)
    check = {"next_check_at": timezone.now() + timedelta(days=1), "next_check_by": clinic.cast.clara}
    more = {} if level == "low" else check
    sure = {"release_at_high": True, "carried_by": "Clara Testa"} if level == "high" else {}
    release_hold(referral=referral, actor=clinic.cast.clara, level=level, **more, **sure)
    return fresh(referral)


def came_back(clinic: Clinic) -> Referral:
    consult = clinic.consult("waiting")
    return_consult(consult=consult, actor=clinic.cast.tess, reason="other", note="Look again.")
    return fresh(consult.referral)


def of_carl(clinic: Clinic) -> Referral:
    referral = clinic.new()
    claim(referral=referral, actor=clinic.cast.carl)
    return fresh(referral)


MISSING: dict[str, tuple[Callable[[Clinic], Referral], str]] = {
    "not assessed": (not_assessed, "It has not been assessed."),
    "a hold": (lambda clinic: clinic.new(**SAME_DAY), "A hold stands, or an alert is open."),
    "an open alert alone": (alert_open, "A hold stands, or an alert is open."),
    "an open question of a hold": (
        lambda clinic: clinic.new(**{"safety.harm_to_others": "not_sure"}),
        "A rule that may hold it waits for an answer.",
    ),
    "clinician first": (
        lambda clinic: clinic.new(**CLINICIAN_FIRST_FOR_TMS),
        "A finding says “clinician first”.",
    ),
    "a point to read": (read_first, "Something has to be read before routing."),
    "moderate": (lambda clinic: judged(clinic, "moderate"), "The clinician's level is moderate or high."),
    "high": (lambda clinic: judged(clinic, "high"), "The clinician's level is moderate or high."),
    "came back": (came_back, "Something came back and nobody has dealt with it."),
    "a consult is open": (lambda clinic: clinic.routed(), "A consult is open."),
    "somebody else's": (of_carl, "Somebody else is handling it."),
    "waits for the patient": (lambda clinic: clinic.awaiting_patient(), "It is not at the desk."),
}


@pytest.mark.parametrize("missing", MISSING)
def test_each_condition_that_is_missing_takes_the_form_away(missing, clinic, cora):
    make, words = MISSING[missing]
    referral = make(clinic)
    assert words in reasons(redaction_for(clinic.cast.cora, referral.submission), referral)
    assert BUTTON not in page_of(cora, referral)


def test_a_low_level_of_the_clinician_leaves_it_there(clinic, cora):
    assert BUTTON in page_of(cora, judged(clinic, "low"))


def test_spanish_leaves_it_there_with_its_point_and_its_tick(clinic, cora):
    referral = clinic.new(**{"language": "es"})
    page = page_of(cora, referral)
    assert "Note D10:" in page and "I have read the point above" in page
    refused = sent(cora, referral, "tms")
    assert refused.status_code == 409 and "tick that you have" in flat(refused)
    assert sent(cora, referral, "tms", read="D10").status_code == 302


@pytest.mark.parametrize(
    ("changes", "also_with_it"),
    [
        # Of an answer that may hold somebody, of a finding for a clinician first, of neither.
        ({"substances.withdrawal_symptoms": "not_sure"}, False),
        ({"substances.substance_use_disorder_now": "yes"}, False),
        ({"substances.withdrawal_symptoms": "no"}, True),
    ],
)
def test_to_a_reader_without_the_grant_it_tells_nothing(changes, also_with_it, clinic, signed_in, cast):
    plain, other = clinic.new(), clinic.new(**changes)
    assert reasons(WITHOUT_GRANTS, plain) == reasons(WITHOUT_GRANTS, other) == []
    cast.cora.groups.first().permissions.remove(*Permission.objects.filter(codename="read_substance_use"))
    reader = User.objects.get(pk=cast.cora.pk)
    assert redaction_for(reader).hides
    client = signed_in(reader)
    assert BUTTON in page_of(client, plain) and BUTTON in page_of(client, other)
    assert (reasons(redaction_for(cast.clara), other) == []) is also_with_it


@pytest.mark.parametrize("name", ["clara", "tess"])
def test_whoever_may_not_route_has_no_form_and_is_refused(name, clinic, signed_in):
    referral, client = clinic.new(), signed_in(getattr(clinic.cast, name))
    assert BUTTON not in client.get(f"{DESK}{referral.pk}/").content.decode()
    assert sent(client, referral, "tms").status_code in (403, 404)
    assert fresh(referral).state == ReferralState.NEW


# --- What the button does --------------------------------------------------------------------------------------------


def kinds(referral: Referral) -> list[str]:
    acts = referral.events.exclude(kind__in=(*Event.READS, "received", "assessed"))
    return list(acts.order_by("pk").values_list("kind", flat=True))


def test_it_claims_and_routes_and_opens_the_next(clinic, cora):
    referral, following = clinic.new(), clinic.new()
    response = cora.get(f"{DESK}{referral.pk}/")
    assert response.status_code == 200
    gone = sent(cora, referral, "tms", "psychotherapy")
    assert gone.url == f"{DESK}{referral.pk}/next/"
    routed = fresh(referral)
    assert (routed.state, routed.owner) == (ReferralState.ROUTED, clinic.cast.cora)
    assert kinds(routed) == ["claim", "route"]
    assert set(routed.consults.values_list("treatment", flat=True)) == {"tms", "psychotherapy"}
    assert f"/{following.pk}/" in cora.get(gone.url).url
    assert "Undo: take it out of the queues again" in page_of(cora, following)


def test_ones_own_is_routed_without_a_second_claim(clinic, cora):
    referral = clinic.in_review()
    assert sent(cora, referral, "tms").status_code == 302
    assert kinds(referral) == ["claim", "route"]


def test_undo_takes_back_the_routing_alone(clinic, cora):
    referral = clinic.new()
    sent(cora, referral, "tms")
    undo(referral=fresh(referral), actor=clinic.cast.cora)
    again = fresh(referral)
    assert (again.state, again.owner) == (ReferralState.IN_REVIEW, clinic.cast.cora)
    assert not again.consults.open().exists()


def test_sent_twice_it_happens_once(clinic, cora):
    for referral in (clinic.new(), clinic.in_review()):
        assert sent(cora, referral, "tms").status_code == sent(cora, referral, "tms").status_code == 302
        assert kinds(referral) == ["claim", "route"]


def test_without_a_queue_nothing_happens_and_the_page_says_so(clinic, cora):
    referral = clinic.new()
    response = sent(cora, referral, priority=1)
    assert "Choose at least one consult queue." in flat(response) and BUTTON in flat(response)
    assert kinds(referral) == []


def test_from_a_stale_page_nothing_happens_what_changed_is_said_and_the_ticks_are_kept(clinic, cora):
    referral = clinic.new()
    seen_event = referral.events.order_by("-pk").first().pk
    assess_risk(referral=referral, actor=clinic.cast.clara, recorded=RECORD, level="low", how="phone")
    response = sent(cora, referral, "spravato", seen_event=seen_event)
    page = flat(response)
    assert response.status_code == 409 and kinds(referral) == ["assess_risk"]
    assert "What happened since you opened this page" in page
    box = re.search(r'<input [^>]*value="spravato"[^>]*>', page)
    assert box and "checked" in box[0]
    assert sent(cora, fresh(referral), "spravato").status_code == 302


def test_claimed_by_a_colleague_meanwhile_it_is_refused(clinic, cora):
    referral = clinic.new()
    claim(referral=referral, actor=clinic.cast.carl)
    response = sent(cora, referral, "tms")
    assert response.status_code == 409 and BUTTON not in flat(response)
    assert kinds(referral) == ["claim"] and fresh(referral).owner == clinic.cast.carl


def test_what_is_no_plain_case_is_not_routed_from_its_page_however_it_is_sent(clinic, cora):
    referral = clinic.new(**CLINICIAN_FIRST_FOR_TMS)
    response = sent(cora, referral, "tms", reason="I know better.")
    assert response.status_code == 409
    assert "A finding says “clinician first”." in flat(response)
    assert kinds(referral) == []


def test_where_the_routing_is_refused_nobody_has_claimed_it(clinic, cora):
    referral = clinic.new()
    change_queue(treatment="tms", actor=clinic.cast.tess, paused=True, paused_note="Coil broken.")
    assert sent(cora, referral, "tms").status_code == 409
    assert kinds(referral) == [] and fresh(referral).owner is None


def test_the_event_keeps_the_safety_line_as_each_reader_had_it(clinic, cora):
    referral = clinic.new()
    claim_and_route(actor=clinic.cast.cora, referral=referral, seen=referral.version, treatments=["tms"])
    event = referral.events.get(kind="route")
    full, masked = (
        redaction.assessment_then(event)["safety_line"]
        for redaction in (redaction_for(clinic.cast.clara, referral.submission), WITHOUT_GRANTS)
    )
    assert full.startswith("No answer says yes. All ") and full.endswith("C-SSRS: none reported.")
    assert full != masked  # a protected question fewer
    shown = cora.get(f"{DESK}{referral.pk}/then/{event.pk}/").content.decode()
    assert "Safety, as it was shown: No answer says yes." in re.sub(r"\s+", " ", shown)
