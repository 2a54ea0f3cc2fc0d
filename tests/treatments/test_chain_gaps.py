"""Where the chain from an unsafe answer to a person who acts could have a gap: late, split, changed back, unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from intake.models import Alarm, Amendment, Question, Submission
from tests.conftest import LOW, SAME_DAY, URGENT, answered, ask_patient, fresh, release_hold
from tests.intake.test_status import enter
from tests.treatments.alerts import alert_of, close
from tests.treatments.test_before_routing import WISH, send
from treatments.models import RiskAssessment
from treatments.reading.redaction import assessment_to_keep
from treatments.triage import releases
from treatments.triage.assessment import store
from treatments.triage.questions import cancel_question
from treatments.workflow import Refused

HARM = "safety.harm_to_others"


@pytest.mark.parametrize(("answer", "rings"), [("yes", True), ("no", False)])
def test_an_unsafe_answer_to_a_question_that_was_just_taken_back_rings_and_shows_help(
    answer, rings, clinic, client
):
    referral = clinic.in_review()
    ask_patient(referral=referral, actor=clinic.cast.cora, fields=[HARM], message="?")
    enter(client, referral.submission)
    cancel_question(referral=fresh(referral), actor=clinic.cast.cora)
    response = client.post(reverse("intake:questions"), {"safety-harm_to_others": answer})
    assert response.url == reverse("intake:status-help" if rings else "intake:status")
    assert (Alarm.objects.count(), Amendment.objects.count()) == (int(rings), int(rings))
    client.post(reverse("intake:questions"), {"safety-harm_to_others": answer})
    assert Alarm.objects.count() == int(rings)


@pytest.mark.parametrize(("answer", "rings"), [("yes", True), ("no", False)])
def test_an_unsafe_answer_from_a_status_page_left_open_for_hours_rings_and_shows_help(
    answer, rings, clinic, client
):
    referral = clinic.in_review()
    ask_patient(referral=referral, actor=clinic.cast.cora, fields=[HARM], message="?")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(client, referral.submission)
        clock.shift(timedelta(hours=2, seconds=2))
        response = client.post(reverse("intake:questions"), {"safety-harm_to_others": answer})
    said = response.content.decode()
    assert (response.status_code, "Please tell us again who you are" in said) == (410, True)
    assert ("Thank you for telling us" in said) == rings
    assert ("Your answers are saved" in said, "was not saved" in said) == (rings, not rings)
    assert Alarm.objects.count() == int(rings)
    assert referral.submission.reference not in said


def test_an_answer_that_is_unsafe_only_beside_what_was_sent_rings(clinic):
    old = (timezone.localdate() - timedelta(days=60)).isoformat()
    reading = {"health.bp_systolic": 190, "health.bp_diastolic": 125, "health.bp_date": old}
    referral = clinic.in_review(**reading)
    assert not Alarm.objects.exists()
    referral = answered(referral, {"health.bp_date": timezone.localdate().isoformat()})
    assert referral.hold == "urgent"
    assert [alarm.danger for alarm in Alarm.objects.all()] == ["very_high_blood_pressure"]
    assert referral.alert_open


def test_an_answer_that_is_unsafe_only_beside_what_was_sent_brings_help_and_waits_for_no_fault(
    clinic, client
):
    referral = clinic.in_review(
        **{"health.bp_systolic": 190, "health.bp_diastolic": 85, "health.bp_date": "2026-01-01"}
    )
    asked = ["health.bp_date", "history.episode_months"]
    ask_patient(referral=referral, actor=clinic.cast.cora, fields=asked, message="?")
    enter(client, referral.submission)
    today = timezone.localdate()
    sent = {f"health-bp_date_{part}": str(getattr(today, part)) for part in ("year", "month", "day")}
    response = client.post(reverse("intake:questions"), {**sent, "history-episode_months": "a long time"})
    assert response.url == reverse("intake:status-help")
    assert Alarm.objects.count() == 1
    response = client.post(reverse("intake:questions"), {**sent, "history-episode_months": "12"})
    assert Alarm.objects.count() == 1
    assert Question.objects.get().end == Question.End.ANSWERED


def test_the_same_unsafe_answer_posted_twice_at_one_moment_rings_once(clinic, client):
    referral = clinic.in_review()
    ask_patient(referral=referral, actor=clinic.cast.cora, fields=[HARM], message="?")
    late = Submission.objects.get(pk=referral.submission_id)
    assert late.current["safety"]["harm_to_others"] == "no"
    enter(client, referral.submission)
    client.post(reverse("intake:questions"), {"safety-harm_to_others": "yes"})
    assert Amendment.if_unsafe(late, {HARM: "yes"}, at=timezone.now()) is None
    assert Alarm.objects.count() == 1


def test_a_release_lapses_for_an_answer_that_changed_and_changed_back(clinic):
    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara)
    assert answered(fresh(referral), {HARM: "no"}).hold == "none"
    referral = answered(fresh(referral), {HARM: "yes"})
    close(alert_of(referral.submission), clinic.cast.cora)
    assert fresh(referral).standing_hold == "urgent"


def test_a_release_does_not_cover_what_a_later_ruleset_reads_besides_and_was_answered_since(
    clinic, monkeypatch
):
    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara)
    months = fresh(referral).submission.current["history"]["episode_months"]
    referral = answered(fresh(referral), {"history.episode_months": months})
    assert referral.hold == "none"
    more = replace(releases.RULE_OF["S21"], reads=(*releases.RULE_OF["S21"].reads, "history.episode_months"))
    monkeypatch.setitem(releases.RULE_OF, "S21", more)
    store(referral, assessment_to_keep(referral), at=timezone.now())
    assert fresh(referral).hold == "urgent"


@pytest.mark.parametrize("claimed", [True, False])
def test_a_clinician_releases_no_rule_that_the_page_did_not_show(claimed, clinic, signed_in):
    referral = clinic.in_review(**SAME_DAY) if claimed else clinic.new(**SAME_DAY)
    clara, url = signed_in(clinic.cast.clara), f"/admin/treatments/referral/{referral.pk}/assess_risk/"
    seen = clara.get(url).context["form"]["seen_version"].value()
    account = assessment_to_keep(referral)
    hold = {**account["hold"], "level": "urgent", "rules": [*account["hold"]["rules"], "S21"]}
    store(fresh(referral), {**account, "ruleset": "newer", "hold": hold}, at=timezone.now())
    assert clara.post(url, {**LOW, "hold": "release", "seen_version": seen}).status_code == 409
    assert fresh(referral).hold == "urgent"
    assert not RiskAssessment.objects.exists()


def test_who_closed_an_alert_without_its_newest_answer_has_not_read_that(clinic):
    referral = clinic.in_review(**WISH)
    seen = alert_of(referral.submission).newest.pk
    screen = {"safety.cssrs.q1": "yes", "safety.cssrs.q2": "no", "safety.cssrs.q6": "no"}
    referral = answered(referral, screen, asked=["safety.cssrs"])
    close(alert_of(referral.submission), clinic.cast.clara, seen=seen)
    assert fresh(referral).alert_open
    close(alert_of(referral.submission), clinic.cast.cora)
    with pytest.raises(Refused, match="Write why"):
        send(clinic, fresh(referral))
