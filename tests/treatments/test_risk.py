"""A clinician's risk assessment: what must be in it, what it does to the hold, and when a release lapses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from intake.models import Amendment
from tests.conftest import LOW, RECORD, SAME_DAY, URGENT, Clinic, fresh, release_hold
from tests.pages import flat
from tests.treatments import test_triage
from tests.treatments.test_triage import STALE
from treatments.models import Alert, Event, Referral, RiskAssessment
from treatments.rules.criteria import RULES
from treatments.triage.assessment import assess_referral
from treatments.triage.closing import close
from treatments.triage.consults import transfer
from treatments.triage.risk import assess_risk
from treatments.triage.routing import route
from treatments.workflow import Refused
from treatments.workflow.events import HOLD_RELEASED

nothing_changes = test_triage.nothing_changes
HOLD = "A safety hold stands. A clinician must release it before "
SUICIDAL = {"safety.cssrs": {"q1": "yes", "q2": "yes", "q3": "yes", "q4": "yes", "q5": "no", "q6": "no"}}
CRISIS_PRESSURE = {"health.bp_systolic": 190, "health.bp_diastolic": 125}


def assess(clinic: Clinic, referral: Referral, level: str = "low", **more) -> Referral:
    """Clara records an assessment made by phone."""
    asked = {"recorded": RECORD, "level": level, "how": "phone", **more}
    assess_risk(referral=referral, actor=clinic.cast.clara, **asked)
    return fresh(referral)


def check(clinic: Clinic, **ahead) -> dict:
    return {"next_check_at": timezone.now() + timedelta(**ahead), "next_check_by": clinic.cast.clara}


def amend(referral: Referral, capture, **answers) -> Referral:
    """The person answers again, without a question of the clinic: what is given by phone later."""
    from intake.signals import amended

    submission = referral.submission
    changes = {path.replace("__", "."): [None, value] for path, value in answers.items()}
    with capture(execute=True):
        made = Amendment.objects.create(submission=submission, changes=changes, made_at=timezone.now())
        submission.forget_amendments()
        amended.send(sender=Amendment, amendment=made)
    return fresh(referral)


# --- What must be in it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"level": "none"}, "Choose the level of risk."),
        ({"how": "dream"}, "Choose how you assessed the person."),
        ({"hold": ""}, "Choose what becomes of the hold that stands."),
        ({"hold": "lift"}, "Choose what becomes of the hold that stands."),
    ],
)
def test_what_is_missing_or_odd_is_refused_with_its_sentence(asked, sentence, clinic, nothing_changes):
    referral = clinic.in_review(**URGENT)
    with nothing_changes(Refused, sentence):
        assess(clinic, referral, **{"hold": "keep", **asked})


@pytest.mark.parametrize(("level", "days"), [("moderate", 7), ("high", 2)])
def test_above_low_a_next_check_is_near_and_somebodys(level, days, clinic, nothing_changes):
    referral = clinic.in_review(**URGENT)
    far = {**check(clinic, days=days, minutes=1), "hold": "keep"}
    missing = "Say when the next check is, and who makes it."
    for asked, sentence in (
        ({"hold": "keep"}, missing),
        ({**far, "next_check_by": None}, missing),
        ({**far, "next_check_at": None}, missing),
        (far, f"At this level the next check is at most {days} days away."),
        ({**far, "next_check_at": timezone.now() - timedelta(1)}, "The next check can't be in the past."),
        (
            {**check(clinic, hours=1), "next_check_by": clinic.cast.cora, "hold": "keep"},
            "The next check is made by somebody who may assess a risk.",
        ),
    ):
        with nothing_changes(Refused, sentence):
            assess(clinic, referral, level, **asked)
    assert assess(clinic, referral, level, hold="keep", **check(clinic, days=days)).clinician_level == level


def test_a_clinic_sets_its_own_days(clinic, settings, nothing_changes):
    settings.CHECK_DAYS = {"high": 1}
    referral = clinic.in_review(**URGENT)
    with nothing_changes(Refused, "At this level the next check is at most 1 day away."):
        assess(clinic, referral, "high", hold="keep", **check(clinic, hours=25))
    assess(clinic, referral, "moderate", hold="keep", **check(clinic, days=7))


@pytest.mark.parametrize("step", [{}, {"release_at_high": True}, {"carried_by": "Robin"}])
def test_a_release_at_high_needs_the_tick_and_a_name(step, clinic, nothing_changes):
    referral = clinic.in_review(**URGENT)
    asked = {"hold": "release", **check(clinic, days=1)}
    with nothing_changes(Refused, "To release at high, tick that you do, and name who carries out the plan."):
        assess(clinic, referral, "high", **asked, **step)
    done = assess(clinic, referral, "high", **asked, release_at_high=True, carried_by="Robin Testov")
    assert (done.hold, done.clinician_level) == ("none", "high")
    assert done.risk_assessments.get().carried_by == "Robin Testov"


@pytest.mark.parametrize("name", ["cora", "tess", "olive", "adam", "sid"])
def test_only_a_clinician_assesses(name, clinic, nothing_changes):
    referral = clinic.in_review(**URGENT)
    with nothing_changes(PermissionDenied):
        assess_risk(
            referral=referral,
            actor=getattr(clinic.cast, name),
            **{"recorded": RECORD, "level": "low", "how": "phone", "hold": "release"},
        )


def test_it_is_written_once(clinic):
    assess(clinic, clinic.in_review(**URGENT), hold="keep")
    row = RiskAssessment.objects.get()
    for tried in (row.save, row.delete, RiskAssessment.objects.all().delete):
        with pytest.raises(TypeError):
            tried()
    with pytest.raises(TypeError):
        RiskAssessment.objects.update(level="low")
    for statement in (
        "UPDATE treatments_riskassessment SET level = 'low'",
        "DELETE FROM treatments_riskassessment",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# --- What becomes of the hold -----------------------------------------------------------------------------


def test_assessing_is_not_releasing(clinic, nothing_changes):
    referral = clinic.in_review(**URGENT)
    rules = referral.hold_rules
    referral = assess(clinic, referral, "high", hold="keep", **check(clinic, days=1))
    assert (referral.hold, referral.hold_rules, referral.clinician_level) == ("urgent", rules, "high")
    assert referral.next_check_at is not None and referral.hold_released_at is None
    with nothing_changes(Refused, f"{HOLD}anything is routed."):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], reason="x")
    with nothing_changes(Refused, f"{HOLD}the referral is closed."):
        close(referral=referral, actor=clinic.cast.cora, reason="patient_declined")


def test_a_kept_hold_bars_a_transfer(clinic, nothing_changes, django_capture_on_commit_callbacks):
    consult = clinic.consult("waiting")
    referral = amend(consult.referral, django_capture_on_commit_callbacks, safety__harm_to_others="yes")
    assess(clinic, referral, "high", hold="keep", **check(clinic, days=1))
    with nothing_changes(Refused, f"{HOLD}the consult is transferred."):
        transfer(consult=fresh(consult), actor=clinic.cast.tess, treatment="psychotherapy", note="asks")


def test_an_urgent_hold_made_a_same_day_one_stays_one_through_a_new_assessment_by_the_rules(clinic):
    referral = assess(clinic, clinic.in_review(**URGENT), hold="same_day")
    assert (referral.hold, referral.hold_rules) == ("same_day", ["S21"])
    assert assess_referral(referral)
    assert (fresh(referral).hold, fresh(referral).hold_rules) == ("same_day", ["S21"])


def test_a_same_day_hold_can_not_be_made_one(clinic, nothing_changes):
    referral = clinic.in_review(**SAME_DAY)
    with nothing_changes(Refused, "Choose what becomes of the hold that stands."):
        assess(clinic, referral, hold="same_day")


def test_without_a_hold_the_newest_level_replaces_the_one_before(clinic):
    referral = assess(clinic, clinic.in_review(**URGENT), "moderate", hold="release", **check(clinic, days=1))
    assert referral.clinician_level == "moderate"
    referral = assess(clinic, referral)
    assert (referral.clinician_level, referral.next_check_at) == ("low", None)
    assert [row.level for row in RiskAssessment.objects.of(referral)] == ["low", "moderate"]


def test_saving_it_closes_the_open_alert(clinic):
    referral = clinic.in_review(**URGENT)
    assert Alert.objects.open().filter(pk=referral.submission_id).exists()
    assess(clinic, referral, "high", hold="keep", **check(clinic, days=1))
    assert not Alert.objects.open().filter(pk=referral.submission_id).exists()


@pytest.mark.parametrize("first", ["keep", "release"])
def test_of_two_people_the_second_is_refused_whichever_comes_first(first, clinic, nothing_changes):
    referral = clinic.in_review(**URGENT)
    seen = referral.version
    assess(clinic, referral, hold=first)
    with nothing_changes(Refused, STALE):
        assess_risk(
            referral=referral,
            actor=clinic.cast.clara,
            seen=seen,
            **{"recorded": RECORD, "level": "low", "how": "room", "hold": "keep"},
        )
    with nothing_changes(Refused, STALE):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], reason="x", seen=seen)


# --- When a release lapses ----------------------------------------------------------------------------------


def test_a_blood_pressure_raises_its_own_hold_and_no_released_one(clinic, django_capture_on_commit_callbacks):
    referral = clinic.in_review(**SUICIDAL)
    assert "S01" in referral.hold_rules
    release_hold(referral=referral, actor=clinic.cast.clara)
    pressure = {path.replace(".", "__"): value for path, value in CRISIS_PRESSURE.items()}
    referral = amend(fresh(referral), django_capture_on_commit_callbacks, **pressure)
    assert (referral.hold, referral.hold_rules) == ("urgent", ["S14"])


def test_a_release_stands_through_an_answer_that_its_rules_do_not_read(
    clinic, django_capture_on_commit_callbacks
):
    referral = clinic.in_review(**SUICIDAL)
    release_hold(referral=referral, actor=clinic.cast.clara)
    referral = amend(fresh(referral), django_capture_on_commit_callbacks, history__episode_months=30)
    assert (referral.is_assessed, referral.hold, referral.hold_rules) == (True, "none", [])


def test_a_release_lapses_where_an_answer_of_its_rule_differs(clinic, django_capture_on_commit_callbacks):
    referral = clinic.in_review(**SUICIDAL)
    release_hold(referral=referral, actor=clinic.cast.clara)
    worse = {**SUICIDAL["safety.cssrs"], "q5": "yes"}
    referral = amend(fresh(referral), django_capture_on_commit_callbacks, safety__cssrs=worse)
    assert (referral.hold, referral.hold_rules) == ("urgent", ["S01"])


def test_an_answer_that_changed_to_no_ends_no_hold(clinic, django_capture_on_commit_callbacks):
    referral = clinic.in_review(**SUICIDAL)
    calm = {"q1": "no", "q2": "no", "q6": "no"}
    referral = amend(referral, django_capture_on_commit_callbacks, safety__cssrs=calm)
    assert referral.hold == "urgent" and "S01" in referral.hold_rules


def test_another_secret_lets_a_release_lapse(clinic, settings):
    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara)
    settings.SECRET_KEY = "another"
    assert assess_referral(fresh(referral))
    assert fresh(referral).hold == "urgent"


def test_a_later_release_keeps_what_an_earlier_one_covers(clinic, django_capture_on_commit_callbacks):
    referral = clinic.in_review(**SUICIDAL)
    release_hold(referral=referral, actor=clinic.cast.clara)
    pressure = {path.replace(".", "__"): value for path, value in CRISIS_PRESSURE.items()}
    referral = amend(fresh(referral), django_capture_on_commit_callbacks, **pressure)
    release_hold(referral=referral, actor=clinic.cast.clara)
    assert assess_referral(fresh(referral))
    assert fresh(referral).hold == "none"
    assert {"S01", "S14"} <= set(RiskAssessment.objects.of(referral)[0].covers)


def test_what_is_kept_of_the_answers_is_a_digest_and_no_answer(clinic):
    referral = clinic.in_review(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara)
    (cover,) = referral.risk_assessments.get().covers.values()
    assert set(cover) == {"level", "reads", "digest"} and len(cover["digest"]) == 64
    other = clinic.in_review(**URGENT)
    release_hold(referral=other, actor=clinic.cast.clara)
    assert other.risk_assessments.get().covers["S21"]["digest"] == cover["digest"]


def test_every_rule_that_holds_reads_plain_answers():
    """A digest looks each up by its path."""
    from intake.fields import BY_PATH
    from intake.fields.lookup import field_path

    for rule in RULES:
        if rule.hold:
            assert all("[" not in path and field_path(path) in BY_PATH for path in rule.reads), rule.id


# --- A release from before there were assessments ------------------------------------------------------------


@pytest.fixture
def released_before(clinic) -> Referral:
    """As the upgrade finds it: the act of then is in the timeline, and no risk assessment is there."""
    referral = clinic.in_review(**URGENT)
    details = {"recorded": RECORD, "hold": "urgent", "rules": referral.hold_rules}
    Event.objects.create(
        referral=referral, kind=HOLD_RELEASED.key, actor=clinic.cast.clara, details=details, at=timezone.now()
    )
    found = Referral.objects.filter(pk=referral.pk)
    found.update(hold="none", hold_rules=[], hold_released_at=timezone.now(), hold_released_ruleset="2026.1")
    return fresh(referral)


def test_a_release_of_before_covers_the_rules_it_named(released_before):
    assert assess_referral(released_before)
    assert (fresh(released_before).hold, fresh(released_before).hold_rules) == ("none", [])


def test_a_release_of_before_covers_no_other_rule(released_before):
    Referral.objects.filter(pk=released_before.pk).update(hold_released_ruleset="")
    assert assess_referral(released_before)
    assert fresh(released_before).hold == "urgent"


def test_a_release_of_before_covers_nothing_once_an_answer_came(
    released_before, django_capture_on_commit_callbacks
):
    referral = amend(released_before, django_capture_on_commit_callbacks, history__episode_months=30)
    assert referral.hold == "urgent"


def test_a_release_of_before_stays_covered_by_the_first_assessment_after_it(clinic, released_before):
    assess(clinic, released_before, hold="release")
    assert assess_referral(fresh(released_before))
    assert fresh(released_before).hold == "none"


def test_a_release_of_before_is_read_as_ever(clinic, released_before, signed_in):
    page = flat(signed_in(clinic.cast.cora).get(f"/admin/treatments/referral/{released_before.pk}/"))
    assert "Hold released" in page and RECORD["ideation"] in page


# --- Where it is read ---------------------------------------------------------------------------------------


def test_level_plan_who_and_next_check_stand_wherever_the_person_is_read(clinic, signed_in):
    consult = clinic.consult("waiting")
    plan = {**RECORD, "next_steps": "Sister stays the night."}
    assess(clinic, consult.referral, "high", recorded=plan, **check(clinic, days=1))
    of_referral = f"/admin/treatments/referral/{consult.referral_id}/"
    of_queue = f"/admin/treatments/tmsconsult/{consult.pk}/"
    for name, address in (
        ("cora", of_referral),
        ("cora", f"{of_referral}route/"),
        ("cora", f"{of_referral}brief/"),
        ("tess", of_queue),
        ("tess", f"{of_queue}accept/"),
        ("tess", f"{of_queue}brief/"),
    ):
        page = flat(signed_in(getattr(clinic.cast, name)).get(address))
        for words in ("High", "Sister stays the night.", "Clara", "ext check"):
            assert words in page, (address, words)
        assert "verdue" not in page, address
    for name, address in (
        ("cora", "/admin/treatments/referral/?show=all"),
        ("tess", "/admin/treatments/tmsconsult/"),
    ):
        page = flat(signed_in(getattr(clinic.cast, name)).get(address))
        check_day = date_format(timezone.localtime() + timedelta(days=1), "M j")
        assert "High" in page and f"ext check {check_day}" in page, address
        assert "Sister stays the night. (Clara, " in page, address


@pytest.mark.parametrize("address", ["/admin/treatments/referral/?show=all", "/admin/treatments/tmsconsult/"])
def test_a_list_shows_many_plans_by_as_many_queries_as_none(clinic, signed_in, address):
    browser = signed_in(clinic.cast.cora if "referral" in address else clinic.cast.tess)
    consults = [clinic.consult("waiting") for _each in range(3)]

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        return len(asked)

    before = (queries(), queries())[1]
    for consult in consults:
        assess(clinic, consult.referral, "high", **check(clinic, days=1))
    assert queries() == before


def test_the_newer_assessment_replaces_the_plan_in_the_list(clinic, signed_in):
    referral = clinic.in_review()
    for words in ("Sister stays the night.", "Bed found at Mercy."):
        assess(clinic, referral, "high", recorded={**RECORD, "next_steps": words}, **check(clinic, days=1))
    page = flat(signed_in(clinic.cast.cora).get("/admin/treatments/referral/?show=all"))
    assert "Bed found at Mercy." in page and "Sister" not in page


def test_an_overdue_check_is_marked_wherever_it_stands(clinic, signed_in):
    consult = clinic.consult("waiting")
    past = timezone.now() - timedelta(days=3)
    assess_risk(
        referral=consult.referral,
        actor=clinic.cast.clara,
        at=past,
        recorded=RECORD,
        level="high",
        how="room",
        next_check_at=past + timedelta(days=1),
        next_check_by=clinic.cast.clara,
    )
    of_referral = f"/admin/treatments/referral/{consult.referral_id}/"
    of_queue = f"/admin/treatments/tmsconsult/{consult.pk}/"
    for name, address in (
        *(("cora", f"{of_referral}{page}") for page in ("", "route/", "brief/")),
        *(("tess", f"{of_queue}{page}") for page in ("", "accept/", "brief/")),
        ("cora", "/admin/treatments/referral/?show=all"),
        ("tess", "/admin/treatments/tmsconsult/"),
    ):
        assert "verdue" in flat(signed_in(getattr(clinic.cast, name)).get(address)), address


def test_the_page_shows_its_errors_at_the_field_and_keeps_what_was_typed(clinic, signed_in):
    referral = clinic.in_review(**URGENT)
    address = f"/admin/treatments/referral/{referral.pk}/assess_risk/"
    clara = signed_in(clinic.cast.clara)
    form = clara.get(address).context["form"]
    assert not any(form[key].value() for key in ("level", "how", "hold"))
    sent = {
        **LOW,
        "level": "high",
        "hold": "release",
        "ideation": "each evening",
        "seen_version": referral.version,
    }
    answer = clara.post(address, sent)
    assert set(answer.context["form"].errors) == {"next_check_at", "release_at_high", "carried_by"}
    assert "each evening" in answer.content.decode()
    assert not RiskAssessment.objects.exists()
    tomorrow = timezone.localtime() + timedelta(days=1)
    when = {"next_check_at_0": f"{tomorrow:%Y-%m-%d}", "next_check_at_1": f"{tomorrow:%H:%M}"}
    more = {**when, "next_check_by": clinic.cast.clara.pk, "release_at_high": "on", "carried_by": "Robin"}
    assert clara.post(address, {**sent, **more}).status_code == 302
    assert (fresh(referral).hold, fresh(referral).clinician_level) == ("none", "high")


def test_where_the_rules_have_not_run_there_is_no_risk_assessed(clinic):
    referral = clinic.in_review(**SAME_DAY)
    Referral.objects.filter(pk=referral.pk).update(assessed_at=None)
    with pytest.raises(Refused, match="The rules have not run on this referral yet"):
        release_hold(referral=fresh(referral), actor=clinic.cast.clara)


def test_a_page_of_a_team_from_before_a_risk_assessment_is_stale(clinic):
    consult = clinic.consult("waiting")
    before = consult.version
    assess_risk(
        referral=consult.referral, actor=clinic.cast.clara, recorded=RECORD, level="low", how="phone", hold=""
    )
    assert fresh(consult).version > before
