"""Where the open alert alone holds, a clinician's assessment keeps that hold or releases it, as any other."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from tests.conftest import LOW, RECORD, Clinic, all_read, answered, fresh
from tests.pages import flat
from tests.treatments import test_triage
from tests.treatments.test_alert_hold import DESK, in_review
from treatments.models import Referral, RiskAssessment
from treatments.reading.redaction import redaction_for
from treatments.triage import assessment
from treatments.triage.risk import assess_risk
from treatments.triage.routing import route
from treatments.workflow import Hold, Refused

nothing_changes = test_triage.nothing_changes
STEP = {"release_at_high": True, "carried_by": "Robin Testov"}


def assess(clinic: Clinic, referral: Referral, level: str = "high", **more) -> Referral:
    check = {"next_check_at": timezone.now() + timedelta(days=1), "next_check_by": clinic.cast.clara}
    asked = {"recorded": RECORD, "level": level, "how": "phone", **check, **more}
    assess_risk(referral=referral, actor=clinic.cast.clara, **asked)
    return fresh(referral)


def send(clinic: Clinic, referral: Referral) -> Referral:
    asked = {"treatments": ["tms"], "reason": "agreed", "read": all_read(clinic.cast.cora, referral)}
    route(referral=referral, actor=clinic.cast.cora, **asked)
    return fresh(referral)


@pytest.mark.parametrize("step", [{}, {"release_at_high": True}, {"carried_by": "Robin"}])
def test_at_high_the_second_step_is_asked_for_here_too(step, clinic, nothing_changes):
    referral = in_review(clinic)
    assert (referral.hold, referral.standing_hold) == ("none", Hold.SAME_DAY)
    with nothing_changes(Refused, "To release at high, tick that you do, and name who carries out the plan."):
        assess(clinic, referral, hold="release", **step)
    with nothing_changes(Refused, "Choose what becomes of the hold that stands."):
        assess(clinic, referral, hold="", **step)
    done = assess(clinic, referral, hold="release", **STEP)
    assert (done.standing_hold, done.alert_open, done.clinician_level) == (Hold.NONE, False, "high")
    assert done.hold_released_at is not None
    assert send(clinic, done).state == "routed"


def test_kept_it_outlives_the_alert_and_every_answer_until_a_clinician_releases_it(clinic):
    referral = assess(clinic, in_review(clinic), hold="keep")
    assert (referral.alert_open, referral.standing_hold, referral.hold_rules) == (
        False,
        Hold.SAME_DAY,
        ["ALARM"],
    )
    assert RiskAssessment.objects.get().held == "same_day"
    with pytest.raises(Refused, match="A safety hold stands"):
        send(clinic, referral)
    assessment.assess_referral(referral)
    referral = answered(fresh(referral), {"safety.harm_to_others": "no"})
    assert (referral.hold, referral.hold_rules) == ("same_day", ["ALARM"])
    referral = assess(clinic, referral, "low", hold="release")
    assert (referral.hold, referral.hold_rules) == ("none", [])
    assert send(clinic, referral).state == "routed"


def test_what_the_rules_ask_for_later_stands_beside_what_was_kept(clinic):
    referral = assess(clinic, in_review(clinic), hold="keep")
    referral = answered(referral, {"safety.harm_to_others": "yes"})
    assert (referral.hold, referral.hold_rules) == ("urgent", ["ALARM", "S21"])
    referral = assess(clinic, referral, "low", hold="release")
    assert (referral.standing_hold, referral.hold_rules) == (Hold.NONE, [])


def test_the_page_offers_both_and_says_afterwards_what_became_of_it(clinic, signed_in):
    referral, clara = in_review(clinic), signed_in(clinic.cast.clara)
    address = f"{DESK}{referral.pk}/assess_risk/"
    shown = clara.get(address)
    assert [value for value, _words in shown.context["form"].fields["hold"].choices] == ["keep", "release"]
    assert "The same-day hold" in flat(shown)
    sent = {**LOW, "hold": "keep", "seen_version": shown.context["form"]["seen_version"].value()}
    assert clara.post(address, sent).status_code == 302
    assert fresh(referral).hold == "same_day"
    for end in ("", "brief/"):
        shown = flat(clara.get(f"{DESK}{referral.pk}/{end}"))
        assert "Same day" in shown and "ALARM" in shown, end


def test_a_reader_without_the_grant_is_told_of_no_protected_answer_by_it(clinic, signed_in):
    """Nothing of substance use rang here: the hold that was kept explains itself to everybody."""
    referral = assess(clinic, in_review(clinic), hold="keep")
    rights = Permission.objects.filter(codename__in=("view_referral", "view_consult"))
    clinic.cast.sid.user_permissions.add(*rights)
    assert redaction_for(clinic.cast.sid).hides
    sid = signed_in(clinic.cast.sid)
    for end in ("", "brief/"):
        response = sid.get(f"{DESK}{referral.pk}/{end}")
        shown = flat(response)
        assert response.status_code == 200
        assert "ALARM" in shown and "protected answer" not in shown, end
