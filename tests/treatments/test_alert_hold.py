"""While the alert of a form is open its referral is held, whatever the rules say, and by no path gets on."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intake import document
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from tests.conftest import RECORD, SAME_DAY, URGENT, Clinic, all_read, answered, fresh, release_hold
from tests.documents import worked_example
from tests.pages import flat
from tests.treatments.alerts import alert_of, close, page
from treatments.models import Consult, Referral
from treatments.triage import alert_hold, assessment, moves
from treatments.triage.alerts import note_alert, take_alert
from treatments.triage.assignment import claim
from treatments.triage.closing import close as close_referral
from treatments.triage.closing import reopen
from treatments.triage.consults import complete, return_consult, transfer
from treatments.triage.outside_services import refer_elsewhere
from treatments.triage.questions import ask_patient
from treatments.triage.routing import route, withdraw
from treatments.triage.undo import undo, undo_consult
from treatments.workflow import Hold, ReferralState, Refused

ALARM = "A safety alert of this form is not closed: somebody must say what was done."
OTHERS = INTAKE.by_slug["past"]
STOPPED = "substances.withdrawal_symptoms"
DESK = "/admin/treatments/referral/"


def taken_back(language: str = "en") -> Referral:
    """Pat said that they think of harming somebody, changed it to no before sending, and sent the form."""
    draft = Submission.begin(
        language=language, answers=document.answers_of(worked_example("v01")["document"])
    )
    for answer in ("yes", "no"):
        Submission.save_page(draft.pk, OTHERS, {"safety": {"harm_to_others": answer}})
    with TestCase.captureOnCommitCallbacks(execute=True):
        Submission.submit(draft.pk)
    return Referral.objects.get(submission=draft.pk)


def in_review(clinic: Clinic) -> Referral:
    referral = taken_back()
    claim(referral=referral, actor=clinic.cast.cora)
    return fresh(referral)


def rings(referral: Referral, answer: str = "yes") -> None:
    """Pat answers a question of the desk's, unsafe unless said otherwise."""
    answered(referral, {"safety.harm_to_others": answer})


# --- It stands, and says why -----------------------------------------------------------------------------------


def test_an_unsafe_answer_taken_back_before_sending_holds_until_somebody_says_what_was_done(clinic):
    referral = taken_back()
    assert (referral.hold, referral.hold_rules) == ("none", []), "the rules know the last answer only"
    assert (referral.alert_open, referral.standing_hold, referral.hold_rank) == (True, Hold.SAME_DAY, 1)
    close(alert_of(referral.submission), clinic.cast.cora)
    referral = fresh(referral)
    assert (referral.alert_open, referral.standing_hold, referral.hold_rank) == (False, Hold.NONE, 0)


def test_a_safe_form_is_not_held_by_any_alert(clinic):
    referral = clinic.new()
    assert (referral.alert_open, referral.standing_hold) == (False, Hold.NONE)


def test_an_alert_closed_while_the_form_was_a_draft_holds_nothing_when_it_is_sent(clinic):
    draft = Submission.begin(answers=document.answers_of(worked_example("v01")["document"]))
    for answer in ("yes", "no"):
        Submission.save_page(draft.pk, OTHERS, {"safety": {"harm_to_others": answer}})
    close(alert_of(draft), clinic.cast.cora)
    Submission.submit(draft.pk)
    assert not Referral.objects.get().alert_open


def test_taking_the_alert_and_noting_on_it_does_not_end_the_hold(clinic):
    referral = taken_back()
    alert = alert_of(referral.submission)
    take_alert(alert=alert, actor=clinic.cast.cora)
    note_alert(alert=alert, actor=clinic.cast.cora, note="line busy")
    assert fresh(referral).alert_open


def test_a_hold_of_the_rules_does_not_end_with_the_alert(clinic):
    referral = clinic.new(**URGENT)
    assert (referral.alert_open, referral.standing_hold) == (True, Hold.URGENT), "the stronger of the two"
    close(alert_of(referral.submission), clinic.cast.cora)
    assert fresh(referral).standing_hold == Hold.URGENT
    assert fresh(referral).hold_rules == ["S21"]


def test_the_rules_run_again_and_the_alert_still_holds(clinic):
    referral = taken_back()
    assessment.assess_referral(referral)
    assert fresh(referral).alert_open and fresh(referral).standing_hold == Hold.SAME_DAY


def test_a_risk_assessment_ends_both(clinic):
    referral = clinic.new(**URGENT)
    release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    assert (fresh(referral).alert_open, fresh(referral).standing_hold) == (False, Hold.NONE)


def test_a_later_unsafe_answer_holds_a_referral_that_was_released(clinic):
    referral = clinic.routed(**SAME_DAY)
    assert not referral.alert_open
    rings(referral)
    assert fresh(referral).alert_open


def test_list_filter_badge_and_pages_show_it_with_its_reason(clinic, signed_in):
    referral = in_review(clinic)
    client = signed_in(clinic.cast.cora)
    listed = client.get(f"{DESK}?hold__exact=same_day").content.decode()
    assert referral.reference in listed and "badge-hold-same_day" in listed
    assert referral.reference not in client.get(f"{DESK}?hold__exact=none&show=all").content.decode()
    for end in ("", "brief/", "route/", "close/"):
        shown = flat(client.get(f"{DESK}{referral.pk}/{end}"))
        assert ALARM in shown and "Same day" in shown, end
    assert "Same day" in flat(client.get(f"{DESK}{referral.pk}/print/"))


def test_it_stands_above_what_has_no_hold_in_the_worklist(clinic):
    clinic.new()
    held = taken_back()
    assert Referral.objects.safest_first().first() == held
    assert held in Referral.objects.needing_a_coordinator()


def test_documents_exports_and_the_rules_know_nothing_of_it(clinic, signed_in):
    referral = in_review(clinic)
    client = signed_in(clinic.cast.cora)
    sheet = client.get(f"{DESK}export/csv/?show=all").getvalue().decode()
    assert "No hold" in sheet and "Same day" not in sheet
    whole = client.get(f"{DESK}{referral.pk}/document/").content.decode()
    assert "alarm" not in whole.lower() and '"harm_to_others": "no"' in whole


def test_a_reader_without_the_grant_sees_the_hold_and_its_sentence(clinic, signed_in):
    draft = Submission.begin(answers=document.answers_of(worked_example("v01")["document"]))
    asks = next(each for each in INTAKE.pages if any(field.path == STOPPED for field in each.fields))
    for answer in ("yes", "no"):
        Submission.save_page(draft.pk, asks, {"substances": {"withdrawal_symptoms": answer}})
    with TestCase.captureOnCommitCallbacks(execute=True):
        Submission.submit(draft.pk)
    referral = Referral.objects.get()
    clinic.cast.sid.user_permissions.add(Permission.objects.get(codename="view_referral"))
    shown = flat(signed_in(clinic.cast.sid).get(f"{DESK}{referral.pk}/"))
    assert ALARM in shown and "Same day" in shown


# --- Nothing gets on -------------------------------------------------------------------------------------------------


def test_routing_is_refused_with_that_sentence(clinic):
    referral = in_review(clinic)
    with pytest.raises(Refused, match=ALARM):
        route(referral=referral, actor=clinic.cast.cora, treatments=["psychotherapy"], reason="fits")
    close(alert_of(referral.submission), clinic.cast.cora)
    asked = {"treatments": ["psychotherapy"], "reason": "fits", "read": all_read(clinic.cast.cora, referral)}
    route(referral=referral, actor=clinic.cast.cora, **asked)
    assert fresh(referral).state == "routed"


def test_closing_is_refused_with_that_sentence(clinic):
    referral = in_review(clinic)
    with pytest.raises(Refused, match=ALARM):
        close_referral(referral=referral, actor=clinic.cast.cora, reason="patient_declined")
    with pytest.raises(Refused, match=ALARM):
        refer_elsewhere(
            referral=referral, actor=clinic.cast.cora, where="primary_care", note="agreed", close=True
        )
    assert fresh(referral).state == "in_review"


def test_transferring_is_refused_with_that_sentence(clinic):
    consult = clinic.consult("waiting")
    rings(consult.referral)
    with pytest.raises(Refused, match=ALARM):
        transfer(
            consult=fresh(consult), actor=clinic.cast.tess, treatment="psychotherapy", note="fits better"
        )
    assert Consult.objects.count() == 1


def test_a_second_queue_is_refused_while_it_is_in_the_first(clinic):
    referral = clinic.routed("tms")
    rings(referral)
    with pytest.raises(Refused, match=ALARM):
        route(referral=referral, actor=clinic.cast.cora, treatments=["psychotherapy"], reason="both")


def open_the_alert(referral: Referral) -> None:
    """As if an alarm came in the moment after somebody's move, with nothing else done on the referral."""
    Referral.objects.filter(pk=referral.pk).update(alert_open=True)


def test_a_reopened_referral_is_not_closed_again_by_undoing(clinic, signed_in):
    referral = clinic.closed()
    reopen(referral=referral, actor=clinic.cast.cora, note="called")
    open_the_alert(referral)
    with pytest.raises(Refused, match=ALARM):
        undo(referral=fresh(referral), actor=clinic.cast.cora)
    assert ALARM in flat(signed_in(clinic.cast.cora).get(f"{DESK}{referral.pk}/undo/"))


def test_a_withdrawn_consult_is_not_put_back_into_its_queue_by_undoing(clinic, signed_in):
    consult = clinic.consult("waiting")
    withdraw(consult=consult, actor=clinic.cast.cora, note="moved")
    open_the_alert(consult.referral)
    with pytest.raises(Refused, match=ALARM):
        undo(referral=fresh(consult.referral), actor=clinic.cast.cora)
    assert fresh(consult).state == "withdrawn"
    assert ALARM in flat(signed_in(clinic.cast.cora).get(f"{DESK}{consult.referral_id}/undo/"))


def test_a_returned_consult_is_not_taken_back_by_undoing(clinic):
    consult = clinic.consult("waiting")
    return_consult(consult=consult, actor=clinic.cast.tess, reason="no_capacity")
    open_the_alert(consult.referral)
    with pytest.raises(Refused, match=ALARM):
        undo_consult(consult=fresh(consult), actor=clinic.cast.tess)
    assert fresh(consult).state == "returned"


def test_a_completed_consult_beside_another_is_not_opened_again_by_undoing(clinic):
    consult = clinic.move(clinic.routed("tms", "spravato").consults.get(treatment="tms"), "booked")
    complete(consult=consult, actor=clinic.cast.tess, outcome="other", note="moved away")
    open_the_alert(consult.referral)
    with pytest.raises(Refused, match=ALARM):
        undo_consult(consult=fresh(consult), actor=clinic.cast.tess)
    assert fresh(consult).state == "completed"


def test_undoing_what_lets_nothing_on_stays_possible(clinic):
    referral = clinic.routed("tms")
    open_the_alert(referral)
    undo(referral=fresh(referral), actor=clinic.cast.cora)
    assert fresh(referral).state == "in_review"


@pytest.mark.parametrize("to", [ReferralState.ROUTED, ReferralState.CLOSED])
@pytest.mark.parametrize("restoring", [True, False])
@pytest.mark.parametrize(
    ("held", "sentence"), [({"alert_open": True}, ALARM), ({"hold": "urgent"}, "A safety hold stands.")]
)
def test_the_one_place_that_sets_a_state_refuses_too_whoever_calls_it(to, restoring, held, sentence, clinic):
    """Were an action's own refusal ever forgotten, an undo's or a sweep's, nothing would get on all the same."""
    referral = clinic.in_review()
    for name, value in held.items():
        setattr(referral, name, value)
    with pytest.raises(Refused, match=sentence):
        moves.move(referral, to, at=timezone.now(), restoring=restoring)
    assert referral.state == "in_review"


def test_a_bulk_action_and_an_end_of_asking_let_nothing_on(clinic, signed_in):
    """The list's own actions claim and assign; neither they nor a sweep lead out of review."""
    referral = taken_back()
    client = signed_in(clinic.cast.cora)
    ticked = {"action": "claim_selected", "_selected_action": f"{referral.pk}-{referral.version}"}
    client.post(DESK, ticked)
    assert fresh(referral).state in ("new", "in_review") and fresh(referral).alert_open
    assert not Consult.objects.exists()


def test_where_both_hold_both_say_so(clinic):
    referral = clinic.in_review(**URGENT)
    with pytest.raises(Refused, match=f"{ALARM} A safety hold stands. A clinician must release it before"):
        route(referral=referral, actor=clinic.cast.cora, treatments=["tms"], reason="fits")


# --- Two people, either order, and pages from before ----------------------------------------------------------------


def test_a_page_made_before_the_alarm_routes_nothing(clinic, signed_in):
    referral = clinic.in_review()
    client = signed_in(clinic.cast.cora)
    seen = client.get(f"{DESK}{referral.pk}/route/").context["form"].initial["seen_version"]
    rings(referral, "yes")
    sent = {"seen_version": seen, "treatments": ["psychotherapy"], "reason": "fits", "priority": 0}
    answer = client.post(f"{DESK}{referral.pk}/route/", sent)
    assert answer.status_code == 409 and ALARM in flat(answer)
    assert not Consult.objects.exists()


def test_a_page_made_while_it_was_held_routes_only_when_looked_at_again(clinic, signed_in):
    """Closed meanwhile: the page is from before, and says so."""
    referral = in_review(clinic)
    seen = referral.version
    close(alert_of(referral.submission), clinic.cast.carl)
    sent = {"seen_version": seen, "treatments": ["psychotherapy"], "reason": "fits", "priority": 0}
    answer = signed_in(clinic.cast.cora).post(f"{DESK}{referral.pk}/route/", sent)
    assert answer.status_code == 409
    assert not Consult.objects.exists()


def test_closing_first_and_then_a_new_unsafe_answer_holds_again(clinic):
    referral = in_review(clinic)
    close(alert_of(referral.submission), clinic.cast.cora)
    rings(referral)
    assert fresh(referral).alert_open
    with pytest.raises(Refused, match=ALARM):
        route(referral=fresh(referral), actor=clinic.cast.cora, treatments=["tms"], reason="fits")


def test_an_unsafe_answer_between_reading_and_closing_keeps_the_hold(clinic):
    referral = in_review(clinic)
    alert = alert_of(referral.submission)
    seen = alert.newest.pk
    rings(referral)
    close(alert, clinic.cast.cora, seen=seen)
    assert fresh(referral).alert_open
    close(alert_of(referral.submission), clinic.cast.cora, "called again")
    assert not fresh(referral).alert_open


def test_a_safe_later_answer_never_ends_it(clinic):
    referral = in_review(clinic)
    rings(referral, "no")
    assert fresh(referral).alert_open


def test_the_team_that_has_the_consult_acts_on_no_page_from_before(clinic):
    consult = clinic.consult("waiting")
    before = consult.version
    rings(consult.referral)
    assert fresh(consult).version > before
    again = fresh(consult).version
    close(alert_of(consult.referral.submission), clinic.cast.cora)
    assert fresh(consult).version > again


def test_only_the_form_of_the_alert_is_let_go(clinic):
    one, other = taken_back(), taken_back()
    close(alert_of(one.submission), clinic.cast.cora)
    assert (fresh(one).alert_open, fresh(other).alert_open) == (False, True)


@pytest.mark.parametrize("act", [claim, ask_patient])
def test_what_lets_nothing_on_stays_possible(act: Callable, clinic):
    referral = taken_back() if act is claim else in_review(clinic)
    more = {} if act is claim else {"fields": ["history.episode_months"], "message": "How long?"}
    act(referral=referral, actor=clinic.cast.cora, **more)
    assert fresh(referral).state in ("in_review", "awaiting_patient")


def test_nothing_changes_where_the_alert_stands_as_before(clinic):
    referral = taken_back()
    assert alert_hold.update(referral) is False


def test_the_alerts_page_says_that_a_hold_of_the_rules_stays(clinic, signed_in):
    referral = clinic.new(**URGENT)
    shown = flat(signed_in(clinic.cast.cora).get(page(alert_of(referral.submission))))
    assert "A hold that a rule raised stays until a clinician assesses." in shown


def test_what_was_done_about_an_alert_costs_the_referrals_page_nothing_more(clinic, signed_in):
    referral, cora = taken_back(), clinic.cast.cora
    client, address = signed_in(cora), f"/admin/treatments/referral/{referral.pk}/"
    note_alert(alert=alert_of(referral.submission), actor=cora, note="called")
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for note in ("called again", "called a third time"):
        note_alert(alert=alert_of(referral.submission), actor=cora, note=note)
    with CaptureQueriesContext(connection) as after:
        assert "called a third time" in client.get(address).content.decode()
    assert len(after) <= len(before)
