"""The safety answers as staff read them, on the referral's page and where a hold is released: complete and verbatim."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.html import escape

from intake.questionnaire.dangers import DANGERS
from tests.conftest import SAME_DAY, URGENT
from tests.documents import ABSENT
from tests.pages import flat
from tests.treatments import alerts
from treatments.models import Alert
from treatments.reading.redaction import WITHOUT_GRANTS, redaction_for
from treatments.reading.referral_view import referral_view
from treatments.reading.safety import PATHS, safety_rows
from treatments.rules.criteria import RULES

MAOI = {
    "medicines.list": [{"drug": "phenelzine"}, {"drug": "sertraline"}],
}
# What each danger looks like when it is answered, in the words of the page.
VERBATIM = {
    "substances.withdrawal_symptoms": "yes",
    "substances.stopped_heavy_use_last_7_days": "yes",
    "health.new_symptoms": ["tremor_or_jerks", "sweating_or_fever"],
    "health.chest_pain_or_stroke_signs_now": "yes",
    "health.bp_systolic": 190,
    "health.bp_diastolic": 125,
    "history.voices_command": "yes",
    "history.not_eating_or_moving": "yes",
    "safety.harm_to_others": "yes",
}


def page_of(referral, action: str = "") -> str:
    address = reverse("admin:treatments_referral_change", args=[referral.pk])
    return f"{address}{action}/" if action else address


def shown(user, referral) -> dict[str, object]:
    return {row.path: row for row in referral_view(redaction_for(user), referral)["safety_rows"]}


def test_every_danger_and_every_answer_a_hold_rule_reads_is_among_the_safety_answers(clinic):
    lists = {"medicines.list", "antidepressants.trials"}
    wanted = {path for danger in DANGERS for path in danger.paths}
    wanted |= {path for rule in RULES if rule.hold for path in rule.reads}
    rows = shown(clinic.cast.cora, clinic.new())
    for path in wanted:
        if path.startswith("safety.asq"):
            continue  # this clinic asks the other screen
        own = "mood.phq9[8]" if path == "mood.phq9" else path
        assert path in lists or any(row == own or row.startswith(f"{own}.") for row in rows), path


@pytest.mark.parametrize("path", VERBATIM)
def test_a_dangerous_answer_stands_first_and_word_for_word(path, clinic, signed_in):
    referral = clinic.new(**{path: VERBATIM[path]})
    row = shown(clinic.cast.cora, referral)[path]
    assert row.answer
    page = signed_in(clinic.cast.cora).get(page_of(referral)).content.decode()
    before = page.split("<h2>Reaching the person")[0]
    assert escape(row.question) in before and escape(row.answer) in before


def test_an_unanswered_safety_question_says_so_and_is_not_left_out(clinic, signed_in):
    for path in VERBATIM:
        referral = clinic.new(**{path: ABSENT})
        row = shown(clinic.cast.cora, referral)[path]
        assert (row.answer, row.unasked) == ("", False), path
    page = flat(signed_in(clinic.cast.cora).get(page_of(referral)))
    safety = page.split("<h2>Safety answers")[1].split("<h2>")[0]
    said = safety.split(escape(row.question))[1].split("</div>")[0]
    assert said.endswith("Not answered</dd>") and "<details" not in safety.split(escape(row.question))[0]


def test_a_declined_answer_says_that_it_was_declined(clinic):
    referral = clinic.new(**{"safety.cssrs": {"q1": "declined", "q2": "no", "q6": "no"}})
    rows = shown(clinic.cast.cora, referral)
    assert rows["safety.cssrs.q1"].answer == "Declined: I prefer not to answer"
    assert rows["safety.cssrs.q2"].answer == "No"


def test_a_question_that_an_earlier_answer_made_pointless_was_not_asked(clinic):
    rows = shown(clinic.cast.cora, clinic.new())
    assert rows["safety.cssrs.q4"].unasked and rows["safety.cssrs.q6_recent"].unasked
    declined = clinic.new(**{"safety.cssrs": {"q1": "no", "q2": "declined", "q6": "no"}})
    assert not shown(clinic.cast.cora, declined)["safety.cssrs.q4"].unasked


def test_an_answer_to_the_other_screen_is_never_dropped(clinic):
    assert not any(path.startswith("safety.asq") for path in shown(clinic.cast.cora, clinic.new()))
    referral = clinic.new(**{"safety.asq": {"q1": "no", "q2": "yes", "q3": "no", "q4": "no"}})
    assert shown(clinic.cast.cora, referral)["safety.asq.q2"].answer == "Yes"


def test_only_the_ninth_item_of_the_scale_is_a_safety_answer(clinic):
    rows = [path for path in shown(clinic.cast.cora, clinic.new()) if path.startswith("mood.phq9")]
    assert rows == ["mood.phq9[8]"]
    assert "mood.phq9" not in PATHS


def test_safety_and_findings_stand_before_how_to_reach_the_person_and_other_referrals(clinic, signed_in):
    clinic.new()
    page = signed_in(clinic.cast.cora).get(page_of(clinic.new(**URGENT))).content.decode()
    assert page.index("<h2>Safety answers") < page.index("<h2>Reaching the person")
    assert (
        page.index("<h2>Scores") < page.index("<h2>Reaching the person") < page.index("<h2>Other referrals")
    )


def test_without_the_grant_substance_use_answers_are_left_out_and_the_page_says_so(clinic, signed_in):
    referral = clinic.new(**{"substances.withdrawal_symptoms": "yes"})
    clinic.cast.sid.user_permissions.add(Permission.objects.get(codename="view_referral"))
    page = signed_in(clinic.cast.sid).get(page_of(referral)).content.decode()
    safety = page.split("<h2>Safety answers")[1].split("<h2>")[0]
    assert "Substance-use answers are left out" in safety
    assert not any(
        row.path.startswith("substances.") for row in safety_rows(referral.submission, WITHOUT_GRANTS)
    )


# --- Where a hold is released -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("S05", SAME_DAY),
        ("S06", {"safety.cssrs": {"q1": "declined", "q2": "no", "q6": "no"}}),
        ("D12", MAOI),
        ("S21", URGENT),
    ],
)
def test_the_page_that_releases_a_hold_says_why_it_stands(rule, changes, clinic, signed_in):
    referral = clinic.new(**changes)
    assert rule in referral.hold_rules
    page = signed_in(clinic.cast.clara).get(page_of(referral, "assess_risk"))
    told = {finding["rule"]: finding for finding in page.context["hold"]["hold_findings"]}
    assert set(told) == set(referral.hold_rules)
    text = page.content.decode()
    for finding in told.values():
        assert escape(finding["because"]) in text and escape(finding["source"]) in text
    for row in shown(clinic.cast.clara, referral).values():
        assert escape(row.question) in text and escape(row.answer) in text
    assert text.index("<h2>Safety answers") < text.index("<h2>Hold") < text.index("<form method=")


def test_a_rule_that_held_and_asks_for_nothing_today_is_named_all_the_same(clinic, signed_in, monkeypatch):
    referral = clinic.new(**SAME_DAY)
    monkeypatch.setattr("treatments.reading.assessment.hold_findings", lambda *args, **more: [])
    page = signed_in(clinic.cast.clara).get(page_of(referral, "assess_risk")).content.decode()
    assert "Held earlier by S05" in page


def test_a_referral_no_rule_has_run_on_shows_its_safety_answers_where_the_hold_is_released(
    clinic, signed_in, monkeypatch
):
    monkeypatch.setattr("treatments.triage.intake_received.assess_referral", lambda referral, at: False)
    page = signed_in(clinic.cast.clara).get(page_of(clinic.new(**URGENT), "assess_risk")).content.decode()
    assert "<h2>Safety answers" in page and "The rules have not run on this referral yet." in page


# --- The page of an alert --------------------------------------------------------------------------------


def test_an_alert_says_plainly_that_the_person_did_not_tell_where_they_are(clinic, signed_in):
    clinic.new(**URGENT)
    alert = Alert.objects.get()
    page = flat(signed_in(clinic.cast.cora).get(alerts.page(alert)))
    assert "where now: <strong>not said</strong>" in page
    assert "911, welfare check: <strong>where the person is was not said</strong>" in page
