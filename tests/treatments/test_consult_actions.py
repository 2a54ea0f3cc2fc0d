"""The consult teams' day: the order of a queue, accept and the next, outcomes, postponing, handing over."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from intake.models import Message
from tests.conftest import RECORD, URGENT, fresh, release_hold
from treatments.figures.outcomes import ends_of
from treatments.models import Consult, Event, Visit
from treatments.reading.redaction import assessment_to_keep
from treatments.triage import assessment
from treatments.triage.consults import accept, complete, postpone, transfer
from treatments.triage.frame import FUNCTIONS
from treatments.triage.queue_settings import change_queue
from treatments.triage.routing import route, withdraw
from treatments.workflow import OUTCOMES, ConsultState, Hold, Refused
from treatments.workflow.priorities import Priority

PAUSED = "That queue is paused. Return the consult to the coordinators instead."


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def page_of(consult: Consult, action: str = "") -> str:
    address = reverse(f"admin:treatments_{consult.treatment}consult_change", args=[consult.pk])
    return f"{address}{action}/" if action else address


def queue_of(treatment: str) -> str:
    return reverse(f"admin:treatments_{treatment}consult_changelist")


def listed(client, treatment: str = "tms") -> list[int]:
    return [row.pk for row in client.get(queue_of(treatment)).context["cl"].result_list]


def posted(consult: Consult, **more) -> dict:
    return {"seen_version": fresh(consult).version, **more}


# --- Order ------------------------------------------------------------------------------------------


def test_a_queue_shows_the_longest_waiting_first(clinic, signed_in):
    first, second = clinic.consult("waiting"), clinic.consult("accepted")
    assert listed(signed_in(clinic.cast.tess)) == [first.pk, second.pk]


def test_priority_comes_before_waiting(clinic, signed_in):
    clinic.consult("waiting")
    late = clinic.in_review()
    route(referral=late, actor=clinic.cast.cora, treatments=["tms"], reason="x", priority=Priority.URGENT)
    urgent = late.consults.get()
    tess = signed_in(clinic.cast.tess)
    assert listed(tess)[0] == urgent.pk
    assert "Urgent" in tess.get(queue_of("tms")).content.decode()
    transfer(consult=urgent, actor=clinic.cast.tess, treatment="spravato", note="why")
    assert late.consults.open().get().priority == Priority.URGENT


def test_a_postponed_consult_stands_last_until_its_day(clinic, signed_in):
    first, second = clinic.consult("waiting"), clinic.consult("waiting")
    postpone(consult=first, actor=clinic.cast.tess, until=in_days(3), note="on holiday")
    tess = signed_in(clinic.cast.tess)
    assert listed(tess) == [second.pk, first.pk]
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        tess.force_login(clinic.cast.tess)
        assert listed(tess) == [first.pk, second.pk]


# --- Accept and open the next -------------------------------------------------------------------------


def test_accept_and_open_the_next_leads_to_the_longest_waiting_of_this_queue(clinic, signed_in):
    clinic.consult("waiting", "spravato")
    last, away, following = (clinic.consult("waiting") for _each in range(3))
    postpone(consult=away, actor=clinic.cast.tess, until=in_days(3), note="on holiday")
    response = signed_in(clinic.cast.tess).post(page_of(last, "accept"), posted(last, another="yes"))
    assert (response.status_code, response.url) == (302, page_of(following))
    assert fresh(last).state == ConsultState.ACCEPTED


def test_accept_and_open_the_next_says_when_nothing_else_waits(clinic, signed_in):
    clinic.consult("waiting", "spravato")
    consult = clinic.consult("waiting")
    response = signed_in(clinic.cast.tess).post(
        page_of(consult, "accept"), posted(consult, another="yes"), follow=True
    )
    assert response.redirect_chain == [(queue_of("tms"), 302)]
    assert "Nothing else is waiting in this queue." in response.content.decode()


def test_accepting_alone_stays_with_the_consult(clinic, signed_in):
    consult = clinic.consult("waiting")
    clinic.consult("waiting")
    page = signed_in(clinic.cast.tess).get(page_of(consult, "accept")).content.decode()
    assert "Accept and open the next" in page
    response = signed_in(clinic.cast.tess).post(page_of(consult, "accept"), posted(consult))
    assert response.url == page_of(consult)


def test_accepting_a_postponed_consult_makes_it_due_again(clinic):
    consult = clinic.consult("waiting")
    postpone(consult=consult, actor=clinic.cast.tess, until=in_days(9), note="on holiday")
    accept(consult=fresh(consult), actor=clinic.cast.tess)
    assert fresh(consult).not_before is None


# --- Outcomes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_consult_is_completed_with_an_outcome_and_a_note_where_its_row_asks_for_one(outcome, clinic):
    consult = clinic.consult("booked")
    done = {"consult": consult, "actor": clinic.cast.tess, "outcome": outcome}
    if OUTCOMES[outcome].note_required:
        with pytest.raises(Refused, match="needs a note"):
            complete(**done)
        assert fresh(consult).state == ConsultState.BOOKED
    complete(**done, note="we talked")
    assert (fresh(consult).state, fresh(consult).outcome) == (ConsultState.COMPLETED, outcome)
    found = ends_of(Consult.objects.all(), Visit.objects.none())
    assert found["tms"] == dict.fromkeys((*OUTCOMES, "no_show"), 0) | {outcome: 1}
    assert sum(found["spravato"].values()) == 0


def test_a_consult_without_an_outcome_is_not_completed(clinic, signed_in):
    consult = clinic.consult("booked")
    with pytest.raises(Refused, match=r"Choose an outcome\."):
        complete(consult=consult, actor=clinic.cast.tess, outcome="cured")
    response = signed_in(clinic.cast.tess).post(page_of(consult, "complete"), posted(consult))
    assert response.status_code == 200
    assert fresh(consult).state == ConsultState.BOOKED


def test_the_outcome_stands_on_the_referral_and_in_the_timeline(clinic, signed_in):
    consult = clinic.booked_today()
    complete(consult=consult, actor=clinic.cast.tess, outcome="patient_declined")
    address = reverse("admin:treatments_referral_change", args=[consult.referral_id])
    page = signed_in(clinic.cast.cora).get(address).content.decode()
    assert page.count("The patient does not want this treatment") == 2  # the consult, the timeline


def test_before_the_day_of_its_visit_an_outcome_needs_a_reason(clinic):
    consult = clinic.consult("booked")
    sentence = "The visit is still to come. Write why there is an outcome already."
    with pytest.raises(Refused, match=sentence):
        complete(consult=consult, actor=clinic.cast.tess, outcome="started_treatment")
    complete(consult=consult, actor=clinic.cast.tess, outcome="started_treatment", note="came earlier")
    assert fresh(consult).state == "completed"
    complete(consult=clinic.booked_today(), actor=clinic.cast.tess, outcome="started_treatment")


# --- Postponing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["waiting", "accepted", "booked"])
def test_postponing_keeps_the_state(state, clinic):
    consult = clinic.consult(state)
    postpone(consult=consult, actor=clinic.cast.tess, until=in_days(1), note="on holiday")
    now = fresh(consult)
    assert (now.state, now.not_before) == (state, in_days(1))
    event = Event.objects.latest("pk")
    assert (event.kind, event.note, event.details) == (
        "postpone",
        "on holiday",
        {"not_before": in_days(1).isoformat()},
    )


@pytest.mark.parametrize("state", ["completed", "returned", "withdrawn"])
@pytest.mark.parametrize("action", ["postpone", "transfer"])
def test_an_ended_consult_is_neither_postponed_nor_handed_over(action, state, clinic):
    consult = clinic.consult(state)
    asked = {"until": in_days(1)} if action == "postpone" else {"treatment": "spravato"}
    with pytest.raises(Refused, match="nothing more happens with it"):
        FUNCTIONS[action](consult=consult, actor=clinic.cast.tess, note="why", **asked)
    assert fresh(consult).not_before is None


@pytest.mark.parametrize(
    ("days", "note", "sentence"),
    [(0, "why", "Choose a day after today."), (1, "  ", "Write why this consult is postponed.")],
)
def test_postponing_needs_a_later_day_and_a_reason(days, note, sentence, clinic):
    consult = clinic.consult("waiting")
    with pytest.raises(Refused) as fault:
        postpone(consult=consult, actor=clinic.cast.tess, until=in_days(days), note=note)
    assert str(fault.value) == sentence
    assert fresh(consult).not_before is None


def test_a_consult_is_postponed_on_its_page(clinic, signed_in):
    consult = clinic.consult("waiting")
    tess = signed_in(clinic.cast.tess)
    told = posted(consult, until=in_days(4).isoformat(), note="on holiday")
    assert tess.post(page_of(consult, "postpone"), told).url == page_of(consult)
    assert "not before" in tess.get(page_of(consult)).content.decode()
    again = tess.post(page_of(consult, "postpone"), told)
    assert again.status_code == 302
    assert Event.objects.filter(kind="postpone").count() == 1


# --- Handing over -------------------------------------------------------------------------------------


def test_handing_over_withdraws_here_and_opens_there_as_one_action(clinic, signed_in):
    consult = clinic.consult("waiting")
    tess = signed_in(clinic.cast.tess)
    told = posted(consult, treatment="spravato", note="asks for esketamine")
    events = Event.objects.count()
    assert tess.post(page_of(consult, "transfer"), told).url == queue_of("tms")
    there = Consult.objects.get(referral=consult.referral, treatment="spravato")
    assert fresh(consult).state == ConsultState.WITHDRAWN
    assert (there.state, there.why, there.opened_by) == ("waiting", "asks for esketamine", clinic.cast.tess)
    assert there.opened_at == consult.opened_at
    assert fresh(consult.referral).state == "routed"
    assert Event.objects.count() == events + 1
    assert Event.objects.latest("pk").assessment is not None
    assert tess.get(page_of(consult)).status_code == 404
    assert tess.get(page_of(there)).status_code in (403, 404)
    assert listed(tess) == []
    sam = signed_in(clinic.cast.sam)
    assert listed(sam, "spravato") == [there.pk]
    assert "asks for esketamine" in sam.get(page_of(there)).content.decode()


def test_the_own_queue_is_no_choice(clinic, signed_in):
    consult = clinic.consult("waiting")
    with pytest.raises(Refused, match=r"Choose another consult queue\."):
        transfer(consult=consult, actor=clinic.cast.tess, treatment="tms", note="why")
    form = signed_in(clinic.cast.tess).get(page_of(consult, "transfer")).context["form"]
    assert [key for key, _name in form.fields["treatment"].choices] == ["spravato", "psychotherapy"]


def test_handing_over_needs_a_reason(clinic):
    consult = clinic.consult("waiting")
    with pytest.raises(Refused, match=r"Say why you transfer this consult\."):
        transfer(consult=consult, actor=clinic.cast.tess, treatment="spravato", note=" ")
    assert fresh(consult).state == ConsultState.WAITING


def test_a_paused_queue_refuses_in_the_same_words_whether_it_has_the_person_or_not(clinic):
    elsewhere = clinic.routed("tms", "psychotherapy").consults.get(treatment="tms")
    alone = clinic.consult("waiting")
    change_queue(treatment="psychotherapy", actor=clinic.cast.pia, paused=True)
    for consult in (elsewhere, alone):
        with pytest.raises(Refused) as fault:
            transfer(consult=consult, actor=clinic.cast.tess, treatment="psychotherapy", note="why")
        assert str(fault.value) == PAUSED
        assert fresh(consult).state == ConsultState.WAITING


def test_handing_over_to_a_queue_that_has_the_person_tells_nothing_and_leaves_its_consult(clinic, signed_in):
    there_already = clinic.routed("tms", "spravato")
    told = []
    for referral in (there_already, clinic.routed("tms")):
        consult = referral.consults.get(treatment="tms")
        tess = signed_in(clinic.cast.tess)
        sent = posted(consult, treatment="spravato", note="asks for esketamine")
        response = tess.post(page_of(consult, "transfer"), sent, follow=True)
        words = [str(message) for message in response.context["messages"]]
        told.append((response.redirect_chain, words, fresh(consult).state))
    assert told[0] == told[1]
    assert told[0][1] == ["The consult was transferred to the other queue."]
    kept = there_already.consults.get(treatment="spravato")
    assert (kept.state, kept.why, kept.opened_by) == ("waiting", "fits well", clinic.cast.cora)
    assert fresh(there_already).state == "routed"


def test_a_team_reads_that_the_clinic_routed_and_no_name_of_another_team(clinic, signed_in):
    consult = clinic.consult("waiting")
    clinic.cast.tess.last_name = "Elsewhere"
    clinic.cast.tess.save()
    transfer(consult=consult, actor=clinic.cast.tess, treatment="spravato", note="asks for it")
    there = consult.referral.consults.get(treatment="spravato")
    sam = signed_in(clinic.cast.sam)
    for address in (page_of(there), page_of(there, "brief")):
        text = sam.get(address).content.decode()
        assert "Elsewhere" not in text
    assert "the clinic, today" in " ".join(text.split())
    desk = reverse("admin:treatments_referral_brief", args=[consult.referral_id])
    assert "Tess Elsewhere" in signed_in(clinic.cast.cora).get(desk).content.decode()


# --- What a team's page tells of other queues --------------------------------------------------------------


def test_what_another_team_does_makes_no_page_stale(clinic):
    referral = clinic.routed("tms", "spravato")
    mine, theirs = (referral.consults.get(treatment=each) for each in ("tms", "spravato"))
    clinic.move(theirs, "completed")
    accept(consult=mine, actor=clinic.cast.tess, seen=mine.version)
    assert fresh(mine).state == ConsultState.ACCEPTED


def test_what_the_desk_does_about_another_queue_makes_no_page_stale(clinic):
    referral = clinic.routed("tms")
    mine = referral.consults.get()
    route(referral=referral, actor=clinic.cast.cora, treatments=["spravato"])
    withdraw(consult=referral.consults.get(treatment="spravato"), actor=clinic.cast.cora, note="no longer")
    accept(consult=mine, actor=clinic.cast.tess, seen=mine.version)
    assert fresh(mine).state == ConsultState.ACCEPTED


def test_a_hold_that_is_raised_makes_a_teams_page_stale_and_so_does_its_release(clinic):
    consult = clinic.consult("waiting")
    told = assessment_to_keep(consult.referral)
    told["hold"] = {**told["hold"], "level": Hold.URGENT, "rules": ["S01"]}
    assessment.store(consult.referral, {**told, "ruleset": "raised"}, at=timezone.now())
    for change in ("raised", "released"):
        with pytest.raises(Refused, match=r"This consult has changed since you opened the page\."):
            accept(consult=consult, actor=clinic.cast.tess, seen=consult.version)
        consult = fresh(consult)
        if change == "raised":
            referral = fresh(consult.referral)
            release_hold(referral=referral, actor=clinic.cast.clara, recorded=RECORD)
    accept(consult=consult, actor=clinic.cast.tess, seen=fresh(consult).version)


def test_a_person_who_takes_the_form_back_makes_a_teams_page_stale(clinic):
    consult = clinic.consult("waiting")
    Message.withdraw(consult.referral.submission, reason="", key="6f9619ff-8b86-d011-b42d-00c04fc964ff")
    with pytest.raises(Refused, match=r"This consult has changed since you opened the page\."):
        accept(consult=consult, actor=clinic.cast.tess, seen=consult.version)


def test_nothing_is_handed_over_while_a_hold_stands(clinic, signed_in):
    consult = clinic.consult("waiting")
    sentence = "A safety hold stands. A clinician must release it before the consult is transferred."
    referral = fresh(consult.referral)
    assert referral.hold == "none"
    told = assessment_to_keep(referral)
    told["hold"] = {**told["hold"], "level": Hold.URGENT, "rules": ["S01"]}
    told["ruleset"] = "raised"
    assessment.store(referral, told, at=timezone.now())
    page = signed_in(clinic.cast.tess).get(page_of(consult)).content.decode()
    assert sentence in page
    with pytest.raises(Refused) as fault:
        transfer(consult=fresh(consult), actor=clinic.cast.tess, treatment="spravato", note="why")
    assert str(fault.value) == sentence
    release_hold(referral=fresh(referral), actor=clinic.cast.clara, recorded=RECORD)
    transfer(consult=fresh(consult), actor=clinic.cast.tess, treatment="spravato", note="why")
    assert fresh(consult).state == ConsultState.WITHDRAWN


# --- Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", ["postpone", "transfer", "complete", "feedback"])
def test_another_team_does_not_learn_that_the_consult_exists(action, clinic, signed_in):
    consult = clinic.consult("booked")
    sam = signed_in(clinic.cast.sam)
    foreign = reverse("admin:treatments_spravatoconsult_change", args=[consult.pk])
    assert sam.get(f"{foreign}{action}/").status_code == 404
    assert sam.post(f"{foreign}{action}/", posted(consult)).status_code == 404
    assert sam.post(page_of(consult, action), posted(consult)).status_code in (403, 404)
    assert fresh(consult).state == ConsultState.BOOKED


def test_a_coordinator_does_not_do_the_teams_actions(clinic):
    consult = clinic.consult("waiting")
    with pytest.raises(PermissionDenied):
        transfer(consult=consult, actor=clinic.cast.cora, treatment="spravato", note="why")
    with pytest.raises(PermissionDenied):
        postpone(consult=consult, actor=clinic.cast.cora, until=in_days(1), note="why")


def test_an_urgent_hold_of_the_cast_is_walked_the_real_way(clinic):
    """The consult of a person with an unsafe answer, hold released, is handed over like any other."""
    consult = clinic.consult("waiting", **URGENT)
    transfer(consult=consult, actor=clinic.cast.tess, treatment="psychotherapy", note="why")
    assert Consult.objects.open().get(referral=consult.referral).treatment == "psychotherapy"
