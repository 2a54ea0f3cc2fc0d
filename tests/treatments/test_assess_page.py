"""The page of a risk assessment: the answers beside the form, what was done since, earlier levels, nothing chosen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conftest import LOW, RECORD, SAME_DAY, URGENT, fresh, release_hold
from tests.pages import flat
from tests.treatments import alerts
from tests.treatments.test_risk import amend
from treatments.models import Alert, Referral, RiskAssessment
from treatments.reading.assessing import assessing_view
from treatments.reading.redaction import redaction_for
from treatments.reading.safety import safety_rows
from treatments.triage.alerts import note_alert, take_alert
from treatments.triage.risk import assess_risk

CALM = {"safety.cssrs": {"q1": "no", "q2": "no", "q6": "no"}}


def address(referral: Referral) -> str:
    return f"/admin/treatments/referral/{referral.pk}/assess_risk/"


def side(client, referral: Referral) -> str:
    """What stands beside the form."""
    shown = flat(client.get(address(referral)))
    return shown[shown.index("assess-side") : shown.index('<form method="post" class="long-form"')]


@pytest.fixture
def clara(clinic, signed_in):
    return signed_in(clinic.cast.clara)


def test_the_answers_stand_worst_first_beside_the_form_and_each_safety_answer_once(clinic, clara):
    referral = clinic.new(**URGENT)
    beside = side(clara, referral)
    assert beside.index("What the person answered") < beside.index("<h2>Safety answers")
    assert "<dd>Yes</dd>" in beside
    view = assessing_view(redaction_for(clinic.cast.clara), referral, timezone.now())
    rows = [row.path for row in (*view["open_rows"], *view["calm_rows"])]
    every = [row.path for row in safety_rows(referral.submission, redaction_for(clinic.cast.clara))]
    assert sorted([*rows, "safety.harm_to_others"]) == sorted(every)
    assert beside.count("Do you have thoughts of hurting someone else?") == 1


@pytest.mark.parametrize(
    ("screen", "folded"),
    [
        ({"q1": "no", "q2": "no", "q6": "no"}, True),
        ({"q1": "no", "q2": "no"}, False),
        ({"q1": "no", "q2": "no", "q6": "declined"}, False),
    ],
)
def test_only_a_plain_no_is_folded_away(screen, folded, clinic):
    referral = clinic.new(**{"safety.cssrs": screen})
    view = assessing_view(redaction_for(clinic.cast.clara), referral, timezone.now())
    calm = {row.path for row in view["calm_rows"]}
    assert ("safety.cssrs.q6" in calm) == folded
    assert "safety.cssrs.q1" in calm
    assert all(row.answer == "No" or row.unasked or row.path == "mood.phq9[8]" for row in view["calm_rows"])


def test_a_no_that_was_something_else_before_is_not_folded(clinic, django_capture_on_commit_callbacks):
    referral = clinic.new(**{"safety.cssrs": {"q1": "declined", "q2": "no", "q6": "no"}})
    referral = amend(referral, django_capture_on_commit_callbacks, **{"safety__cssrs": CALM["safety.cssrs"]})
    view = assessing_view(redaction_for(clinic.cast.clara), referral, timezone.now())
    assert "safety.cssrs.q1" in {row.path for row in view["open_rows"]}


def test_what_was_done_since_and_that_this_closes_the_alert_is_said(clinic, clara):
    referral = clinic.new(**URGENT)
    alert = alerts.alert_of(referral.submission)
    take_alert(alert=alert, actor=clinic.cast.cora)
    note_alert(alert=alert, actor=clinic.cast.cora, note="line busy twice")
    since = side(clara, referral).split("<h2>Since then")[1]
    assert "line busy twice" in since and "Cora" in since
    assert "This assessment answers and closes it." in since
    alerts.close(alert, clinic.cast.cora, "safe at home")
    since = side(clara, referral).split("<h2>Since then")[1]
    assert "safe at home" in since and "This assessment answers and closes it." not in since
    assert "No unsafe answer rang." in side(clara, clinic.new())


def test_earlier_levels_stand_with_plan_and_next_check(clinic, clara):
    referral = clinic.new(**URGENT)
    assert "No clinician has assessed the risk yet." in side(clara, referral)
    check = {"next_check_at": timezone.now() + timedelta(days=1), "next_check_by": clinic.cast.clara}
    plan = {**RECORD, "next_steps": "Sister stays the night."}
    asked = {"how": "phone", "hold": "keep", "level": "high"}
    assess_risk(referral=referral, actor=clinic.cast.clara, recorded=plan, **asked, **check)
    release_hold(referral=fresh(referral), actor=clinic.cast.clara)
    before = side(clara, referral).split("<h2>Before")[1]
    assert before.index("Clinician: Low") < before.index("Clinician: High")
    assert "Sister stays the night." in before and "Next check" in before


def test_nothing_is_chosen_and_every_part_has_its_box(clinic, clara):
    page = clara.get(address(clinic.new(**URGENT)))
    shown, form = flat(page), page.context["form"]
    assert "checked" not in shown.split('class="long-form"')[1]
    assert not any(form[key].value() for key in ("level", "how", "hold", "next_check_at", "next_check_by"))
    for key in RECORD:
        assert f'<textarea name="{key}" cols="40" rows="2"' in shown, key
        assert form.fields[key].required
    assert "The urgent hold" in shown and "At high, a release needs both:" in shown
    assert shown.count('class="only-button"') == 1


def test_the_days_within_which_a_check_is_needed_are_the_clinics(clinic, clara, settings):
    referral = clinic.new(**URGENT)
    assert "Needed. Moderate: within 7 days; High: within 2 days." in flat(clara.get(address(referral)))
    settings.CHECK_DAYS = {"high": 1}
    assert "High: within 1 day." in flat(clara.get(address(referral)))


def test_without_a_hold_nothing_is_asked_about_one(clinic, clara):
    shown = flat(clara.get(address(clinic.new())))
    for words in ("second choice", "At high, a release needs both", "Keep it. Nobody can route."):
        assert words not in shown


def test_what_is_missing_is_said_at_the_top_and_what_was_typed_is_kept(clinic, clara):
    referral = clinic.new(**SAME_DAY)
    sent = {**LOW, "plan": "", "ideation": "each evening", "hold": "keep", "seen_version": referral.version}
    shown = flat(clara.post(address(referral), sent))
    assert "Nothing was saved yet. Please correct what is marked below" in shown
    assert "each evening" in shown
    assert not RiskAssessment.objects.exists()


@pytest.mark.parametrize("clara_first", [True, False])
def test_of_an_assessment_and_an_alert_closed_meanwhile_both_are_kept(clara_first, clinic, signed_in, clara):
    """The desk closes the alert while the clinician writes: her page is old, says what happened, and then saves."""
    referral = clinic.new(**URGENT)
    alert = alerts.alert_of(referral.submission)
    sent = {**LOW, "hold": "keep", "seen_version": referral.version, "seen_event": 0}
    cora = signed_in(clinic.cast.cora)
    closing = {"reached": "person", "done": "safe at home", "seen_version": alert.newest.pk}
    if clara_first:
        clara.post(address(referral), sent)
        told = flat(cora.post(f"{alerts.page(alert)}close_alert/", closing, follow=True))
        assert "Clara closed this alert first. What you wrote was kept as a note." in told
    else:
        cora.post(f"{alerts.page(alert)}close_alert/", closing)
        answer = clara.post(address(referral), sent)
        assert answer.status_code == 409 and "safe at home" in flat(answer)
        form = answer.context["form"]
        again = {**sent, "seen_version": form["seen_version"].value()}
        assert clara.post(address(referral), again).status_code == 302
    assert RiskAssessment.objects.count() == 1
    assert not Alert.objects.open().exists()
    assert "safe at home" in flat(cora.get(alerts.page(alert)))


@pytest.mark.parametrize("name", ["cora", "tess", "olive", "adam", "sid"])
def test_nobody_else_has_the_page(name, clinic, signed_in):
    assert signed_in(getattr(clinic.cast, name)).get(address(clinic.new(**URGENT))).status_code in (403, 404)


def test_a_clinician_without_the_grant_reads_no_protected_answer(clinic, signed_in):
    from django.contrib.auth.models import Permission

    referral = clinic.new(**{"substances.withdrawal_symptoms": "yes"})
    for codename in ("view_referral", "release_hold"):
        clinic.cast.sid.user_permissions.add(Permission.objects.get(codename=codename))
    shown = flat(signed_in(clinic.cast.sid).get(address(referral)))
    assert "You may not read this answer." in shown
    assert "Substance-use answers are left out" in shown
    assert "ithdrawal" not in shown
