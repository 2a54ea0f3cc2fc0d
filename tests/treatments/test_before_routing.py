"""What whoever routes has to read first: it is shown, ticked, and asked for by the action itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conftest import RECORD, SAME_DAY, URGENT, Clinic, all_read, answered, fresh, release_hold
from tests.pages import flat
from tests.treatments import alerts, test_triage
from treatments.models import Referral
from treatments.triage.risk import assess_risk
from treatments.triage.routing import route
from treatments.workflow import Refused

nothing_changes = test_triage.nothing_changes
WISH = {"safety.cssrs": {"q1": "yes", "q2": "no", "q6": "no"}}
UNREAD = "Read what stands under “Before you route”, and tick that you have."
REASON = "Write why you route now: something under “Before you route” asks for a reason."


def send(
    clinic: Clinic, referral: Referral, *, reason: str = "", read: str | None = None, **more
) -> Referral:
    read = all_read(clinic.cast.cora, referral) if read is None else read
    asked = {"treatments": ["psychotherapy"], "reason": reason, "read": read}
    route(referral=referral, actor=clinic.cast.cora, **asked, **more)
    return fresh(referral)


def keys(clinic: Clinic, referral: Referral) -> list[str]:
    return [key.split("-")[0] for key in all_read(clinic.cast.cora, referral).split()]


def wished(clinic: Clinic, closer: str) -> Referral:
    """S04 alone, its alert closed by this person."""
    referral = clinic.in_review(**WISH)
    alerts.close(alerts.alert_of(referral.submission), getattr(clinic.cast, closer))
    return fresh(referral)


def assessed_at(clinic: Clinic, referral: Referral, level: str) -> Referral:
    ahead = {"next_check_at": timezone.now() + timedelta(days=1), "next_check_by": clinic.cast.clara}
    asked = {"recorded": RECORD, "level": level, "how": "phone", "hold": "release"}
    more = {"release_at_high": True, "carried_by": "Robin"} if level == "high" else {}
    assess_risk(referral=referral, actor=clinic.cast.clara, **asked, **ahead, **more)
    return fresh(referral)


def test_a_plain_referral_needs_no_tick_and_no_reason(clinic):
    referral = clinic.in_review()
    assert keys(clinic, referral) == []
    assert send(clinic, referral).state == "routed"
    assert "read" not in referral.events.get(kind="route").details


def test_an_alert_closed_in_the_last_seven_days_is_read_first(clinic, nothing_changes):
    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara)
    referral = fresh(referral)
    assert keys(clinic, referral) == ["alert"]
    with nothing_changes(Refused, UNREAD):
        send(clinic, referral, read="")
    send(clinic, referral)
    assert [key.split("-")[0] for key in referral.events.get(kind="route").details["read"]] == ["alert"]


@pytest.mark.parametrize(("days", "shown"), [(6, True), (8, False)])
def test_an_older_alert_is_past(days, shown, clinic):
    from treatments.reading.before_routing import open_points
    from treatments.reading.redaction import redaction_for

    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara)
    redaction = redaction_for(clinic.cast.cora)
    later = timezone.now() + timedelta(days=days)
    points = open_points(redaction, fresh(referral), redaction.assessment(fresh(referral)), later)
    assert bool(points) == shown


@pytest.mark.parametrize("level", ["moderate", "high"])
def test_at_moderate_and_high_the_level_is_read_and_a_reason_written(level, clinic, nothing_changes):
    referral = assessed_at(clinic, clinic.in_review(**URGENT), level)
    assert keys(clinic, referral) == ["alert", "risk"]
    with nothing_changes(Refused, REASON):
        send(clinic, referral)
    with nothing_changes(Refused, UNREAD):
        send(
            clinic, referral, read=all_read(clinic.cast.cora, referral).split()[0], reason="agreed with Clara"
        )
    assert send(clinic, referral, reason="agreed with Clara").state == "routed"


def test_what_no_clinician_has_read_needs_a_reason(clinic, nothing_changes):
    referral = wished(clinic, "cora")
    assert keys(clinic, referral) == ["alert", "S04"]
    with nothing_changes(Refused, REASON):
        send(clinic, referral)
    assert send(clinic, referral, reason="spoke with the person").state == "routed"


def test_a_clinician_who_closed_the_alert_has_read_it(clinic, signed_in):
    referral = wished(clinic, "clara")
    page = flat(signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/route/"))
    assert "Read by Clara" in page
    with pytest.raises(Refused, match="tick that you have"):
        send(clinic, referral, read="")
    assert send(clinic, referral).state == "routed"


def test_a_clinician_who_assessed_the_risk_after_it_has_read_it(clinic):
    referral = wished(clinic, "cora")
    asked = {"recorded": RECORD, "level": "low", "how": "phone", "hold": ""}
    assess_risk(referral=referral, actor=clinic.cast.clara, **asked)
    assert send(clinic, referral).state == "routed"


def test_a_risk_assessed_before_the_answer_came_is_no_reading_of_it(clinic):
    referral = assessed_at(clinic, clinic.in_review(**SAME_DAY), "low")
    later = {"safety.cssrs.q1": "yes", "safety.cssrs.q2": "no", "safety.cssrs.q6": "no"}
    referral = answered(referral, {**later, "mood.phq9": [2] * 8 + [0]}, asked=["safety.cssrs", "mood.phq9"])
    alerts.close(alerts.alert_of(referral.submission), clinic.cast.cora)
    with pytest.raises(Refused, match=REASON):
        send(clinic, fresh(referral))


def test_the_page_shows_it_and_sends_it_with_one_tick(clinic, signed_in):
    referral = wished(clinic, "clara")
    cora, address = signed_in(clinic.cast.cora), f"/admin/treatments/referral/{referral.pk}/route/"
    page = cora.get(address)
    ((value, words),) = page.context["form"].fields["read"].choices
    assert words == "I have read the 2 points above"
    sent = {"treatments": ["psychotherapy"], "seen_version": referral.version}
    assert cora.post(address, sent).status_code == 409
    assert cora.post(address, {**sent, "read": "alert-0"}).status_code == 200
    assert fresh(referral).state == "in_review"
    assert cora.post(address, {**sent, "read": value}).status_code == 302
    assert fresh(referral).state == "routed"


def test_under_a_hold_there_is_no_form_but_a_sentence(clinic, signed_in):
    referral = clinic.in_review(**URGENT)
    page = flat(signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/route/"))
    assert "Nothing can be routed now." in page and 'name="treatments"' not in page


def test_a_queue_that_the_person_is_in_can_not_be_ticked(clinic, signed_in):
    referral = clinic.routed("tms")
    page = (
        signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{referral.pk}/route/").content.decode()
    )
    box = page.split('value="tms"')[1].split(">")[0]
    other = page.split('value="spravato"')[1].split(">")[0]
    assert "disabled" in box and "disabled" not in other and "Already there:" in page
