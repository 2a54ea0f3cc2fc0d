"""The tables of states, moves and reasons, and the sentences that refuse an action."""

from itertools import product

import pytest

from treatments.models import Event
from treatments.workflow import (
    CLOSE_REASONS,
    CONSULT_MOVES,
    CONSULT_STATES,
    HOLD_WORDS,
    OPEN_CONSULT_STATES,
    REFERRAL_MOVES,
    REFERRAL_STATES,
    RETURN_REASONS,
    Attention,
    ConsultState,
    Hold,
    NextActor,
    ReferralState,
    Refused,
    Situation,
)
from treatments.workflow.actions.closing import why_not_close_for
from treatments.workflow.actions.consults import queue_paused
from treatments.workflow.actions.row import Subject
from treatments.workflow.actions.table import ACTIONS, CONSULT_ACTIONS, REFERRAL_ACTIONS, why_not
from treatments.workflow.contacts import tries_since_reached

# As docs/states.md says, written out again.
REFERRAL_MAY_BECOME = {
    "new": {"in_review", "closed"},
    "in_review": {"awaiting_patient", "routed", "closed"},
    "awaiting_patient": {"in_review", "closed"},
    "routed": {"in_review", "closed"},
    "closed": {"in_review"},
}
CONSULT_MAY_BECOME = {
    "waiting": {"accepted", "returned", "withdrawn"},
    "accepted": {"booked", "returned", "withdrawn"},
    "booked": {"accepted", "completed", "returned", "withdrawn"},
    "completed": set(),
    "returned": set(),
    "withdrawn": set(),
}
BALL_IS_WITH = {
    "new": "coordinators",
    "in_review": "owner",
    "awaiting_patient": "patient",
    "routed": "team",
    "closed": "nobody",
}
CONSULT_ACTION_LEADS_TO = {
    "accept": "accepted",
    "book": "booked",
    "complete": "completed",
    "return": "returned",
    "withdraw": "withdrawn",
}


@pytest.mark.parametrize(("now", "then"), list(product(REFERRAL_MAY_BECOME, repeat=2)))
def test_a_referral_moves_as_the_architecture_says_and_no_other_way(now, then):
    moves = REFERRAL_MOVES[ReferralState(now)]
    assert (ReferralState(then) in moves) == (then in REFERRAL_MAY_BECOME[now])


@pytest.mark.parametrize(("now", "then"), list(product(CONSULT_MAY_BECOME, repeat=2)))
def test_a_consult_moves_as_the_architecture_says_and_no_other_way(now, then):
    moves = CONSULT_MOVES[ConsultState(now)]
    assert (ConsultState(then) in moves) == (then in CONSULT_MAY_BECOME[now])


def test_the_tables_know_every_state_and_no_other():
    assert set(REFERRAL_MOVES) == set(REFERRAL_STATES) == set(ReferralState) == set(REFERRAL_MAY_BECOME)
    assert set(CONSULT_MOVES) == set(CONSULT_STATES) == set(ConsultState) == set(CONSULT_MAY_BECOME)
    assert set(HOLD_WORDS) == set(Hold) == {"none", "same_day", "urgent"}


def test_every_state_has_a_label_for_staff_another_for_the_patient_and_someone_who_acts_next():
    for state, row in REFERRAL_STATES.items():
        assert row.label and row.public and row.label != row.public
        assert row.next_actor == BALL_IS_WITH[state]


def test_a_consult_is_open_exactly_while_something_may_still_happen_to_it():
    assert set(OPEN_CONSULT_STATES) == {state for state, moves in CONSULT_MAY_BECOME.items() if moves}


# --- Reasons ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reasons", [CLOSE_REASONS, RETURN_REASONS], ids=["close", "return"])
def test_every_reason_says_who_acts_next_whether_a_note_is_needed_and_what_the_patient_reads(reasons):
    for code, row in reasons.items():
        assert row.code == code
        assert row.label
        assert str(row.public).endswith(".")
        assert isinstance(row.next_actor, NextActor)
        assert isinstance(row.note_required, bool)


def test_the_catch_all_reasons_ask_for_a_note():
    assert CLOSE_REASONS["other"].note_required
    assert RETURN_REASONS["other"].note_required


def test_each_reason_for_a_return_says_who_acts_next_and_which_action_is_offered_first():
    told = {code: (row.next_actor, *row.offers[:1]) for code, row in RETURN_REASONS.items()}
    assert told == {
        "more_information": (NextActor.COORDINATORS, "ask_patient"),
        "another_treatment": (NextActor.COORDINATORS, "route"),
        "unsafe_now": (NextActor.CLINICIANS, "assess_risk"),
        "patient_declined": (NextActor.COORDINATORS, "close"),
        "not_reached": (NextActor.COORDINATORS, "log_contact"),
        "no_capacity": (NextActor.COORDINATORS, "route"),
        "other": (NextActor.COORDINATORS,),
    }
    assert {key for row in RETURN_REASONS.values() for key in row.offers} <= set(REFERRAL_ACTIONS)


# --- Refusals -----------------------------------------------------------------------------------------


def situation_of(state="in_review", hold="none", **more) -> Situation:
    """Cora's own assessed referral in review, without a hold or a consult, unless said otherwise."""
    here = {"assessed": True, "owner": "Cora", "owned_by_actor": True, "open_consults": 0, "consult": None}
    here |= more
    if here["consult"]:
        here["consult"] = ConsultState(here["consult"])
    return Situation(state=ReferralState(state), hold=Hold(hold), **here)


def consult_of(state, hold="none", **more) -> Situation:
    """A consult on Cora's routed referral."""
    return situation_of("routed", hold, open_consults=1, consult=state, **more)


CARLS = {"owner": "Carl", "owned_by_actor": False}
NOBODYS = {"owner": "", "owned_by_actor": False}
ENDED = ("completed", "returned", "withdrawn")
NOT_CLOSED = "A safety alert of this form is not closed: somebody must say what was done."
NO_ROUTE = "A safety hold stands. A clinician must release it before anything is routed."
NO_TRANSFER = "A safety hold stands. A clinician must release it before the consult is transferred."
NO_CLOSE = "A safety hold stands. A clinician must release it before the referral is closed."
NO_UNDO = "Nothing to undo: your last action was over ten minutes ago, or someone has acted since."
WITHDRAWN = "The patient has withdrawn. Close the referral; reopen it if they want to go on after all."
REFUSED = [
    ("claim", situation_of(**CARLS), "Carl is already handling this referral."),
    ("claim", situation_of("routed", **CARLS), "Carl is already handling this referral."),
    ("claim", situation_of(), "You are already handling this referral."),
    ("claim", situation_of("closed", **NOBODYS), "A referral that is “Closed” can't become “In review”."),
    ("claim", situation_of("routed", **NOBODYS), "A referral that is “Routed” can't become “In review”."),
    (
        "claim",
        situation_of("awaiting_patient", **NOBODYS),
        "A referral that is “Waiting for the patient” can't become “In review”.",
    ),
    ("route", situation_of("new", **NOBODYS), "Claim this referral before you route it."),
    ("route", situation_of(**NOBODYS), "Claim this referral before you route it."),
    ("route", situation_of("closed"), "A referral that is “Closed” can't become “Routed”."),
    (
        "route",
        situation_of("awaiting_patient"),
        "A referral that is “Waiting for the patient” can't become “Routed”.",
    ),
    ("route", situation_of(**CARLS), "Carl is handling this referral. Only they can route it."),
    ("route", situation_of("routed", **CARLS), "Carl is handling this referral. Only they can route it."),
    (
        "route",
        situation_of(assessed=False),
        "This referral has not been assessed yet, so it can't be routed.",
    ),
    (
        "route",
        situation_of(assessed=False, hold="same_day"),
        "This referral has not been assessed yet, so it can't be routed.",
    ),
    (
        "route",
        situation_of(hold="same_day"),
        "A safety hold stands. A clinician must release it before anything is routed.",
    ),
    (
        "route",
        situation_of("routed", hold="urgent"),
        "A safety hold stands. A clinician must release it before anything is routed.",
    ),
    ("ask_patient", situation_of("new", **NOBODYS), "Claim this referral before you ask the patient."),
    ("ask_patient", situation_of(**NOBODYS), "Claim this referral before you ask the patient."),
    ("ask_patient", situation_of(**CARLS), "Carl is handling this referral. Only they can ask the patient."),
    (
        "ask_patient",
        situation_of("routed", **CARLS),
        "Carl is handling this referral. Only they can ask the patient.",
    ),
    *[
        (
            "ask_patient",
            situation_of(state, asked=True),
            "A question to the patient is open already. Cancel it first.",
        )
        for state in ("in_review", "routed")
    ],
    (
        "ask_patient",
        situation_of("closed"),
        "A referral that is “Closed” can't become “Waiting for the patient”.",
    ),
    *[
        (action, situation_of(flags=frozenset({Attention.WITHDRAWN})), WITHDRAWN)
        for action in ("route", "ask_patient")
    ],
    *[
        ("cancel_question", situation_of(state), "No question to the patient is open.")
        for state in ReferralState
    ],
    ("close", situation_of("closed"), "A referral that is “Closed” can't become “Closed”."),
    (
        "close",
        situation_of("routed", open_consults=1),
        "A consult team still has this referral. Withdraw its consult first.",
    ),
    (
        "close",
        situation_of(hold="urgent"),
        "A safety hold stands. A clinician must release it before the referral is closed.",
    ),
    (
        "close",
        situation_of(hold="same_day"),
        "A safety hold stands. A clinician must release it before the referral is closed.",
    ),
    (
        "assess_risk",
        situation_of(hold="same_day", assessed=False),
        "The rules have not run on this referral yet. Once they have, its risk can be assessed here.",
    ),
    ("unassign", situation_of(**NOBODYS), "Nobody is handling this referral."),
    ("unassign", situation_of(**CARLS), "Carl is handling this referral. Only they can unassign it."),
    *[
        ("unassign", situation_of(state), "Only a referral in review can be unassigned.")
        for state in ReferralState
        if state != "in_review"
    ],
    *[("reschedule", consult_of(state), "No visit is booked yet.") for state in ("waiting", "accepted")],
    *[
        (action, consult_of(state), f"This consult is {state}: nothing more happens with it.")
        for action, ended in (("reschedule", ENDED), ("transfer", ENDED), ("feedback", ENDED[1:]))
        for state in ended
    ],
    *[("withdraw", situation_of(state), "No consult is open.") for state in ReferralState],
    ("transfer", consult_of("waiting", flags=frozenset({Attention.WITHDRAWN})), WITHDRAWN),
    (
        "transfer",
        consult_of("accepted", assessed=False),
        "This referral has not been assessed yet, so it can't be transferred.",
    ),
    ("transfer", consult_of("accepted", "same_day"), NO_TRANSFER),
    ("transfer", consult_of("accepted", alert_open=True), NOT_CLOSED),
    ("transfer", consult_of("accepted", "urgent", alert_open=True), f"{NOT_CLOSED} {NO_TRANSFER}"),
    ("route", situation_of(alert_open=True), NOT_CLOSED),
    ("close", situation_of(alert_open=True), NOT_CLOSED),
    *[
        (
            "feedback",
            consult_of(state, feedback=True),
            "Your team has given feedback on this referral already.",
        )
        for state in ConsultState
    ],
    *[
        (action, situation_of("closed"), "This referral is closed. Reopen it first.")
        for action in ("log_contact", "refer_elsewhere")
    ],
    ("caring_contact", situation_of(), "No caring contact is due."),
    (
        "caring_contact",
        situation_of(caring_contact_owed=False),
        "The caring contact was made already.",
    ),
    ("unlink_duplicate", situation_of(), "This referral is not linked to another one."),
    ("deal_with", situation_of(), "Nothing waits here to be dealt with."),
    ("undo", situation_of(), NO_UNDO),
    ("undo", situation_of(hold="same_day", last_move="reopen"), NO_CLOSE),
    ("undo", situation_of(hold="same_day", last_move="withdraw"), NO_ROUTE),
    ("undo_consult", consult_of("accepted"), NO_UNDO),
    *[
        ("undo_consult", consult_of(state, "same_day", last_move=move), NO_ROUTE)
        for state, move in (("returned", "return"), ("completed", "complete"))
    ],
    *[
        ("reopen", situation_of(state), "Only a closed referral can be reopened.")
        for state in ReferralState
        if state != "closed"
    ],
]
ALLOWED = [
    ("claim", situation_of("new", **NOBODYS)),
    ("claim", situation_of(**NOBODYS)),
    ("claim", situation_of("new", hold="urgent", assessed=False, **NOBODYS)),
    ("route", situation_of()),
    ("route", situation_of("routed", open_consults=2)),
    *[("close", situation_of(state)) for state in ReferralState if state != "closed"],
    ("close", situation_of(**CARLS)),
    ("close", situation_of(flags=frozenset({Attention.WITHDRAWN}))),
    ("ask_patient", situation_of()),
    ("ask_patient", situation_of(hold="urgent", assessed=False)),
    ("ask_patient", situation_of("routed", open_consults=1)),
    ("ask_patient", situation_of("routed", open_consults=1, **NOBODYS)),
    ("cancel_question", situation_of("awaiting_patient", asked=True)),
    ("cancel_question", situation_of("awaiting_patient", asked=True, **CARLS)),
    ("cancel_question", situation_of("routed", asked=True)),
    ("reopen", situation_of("closed")),
    ("reopen", situation_of("closed", **CARLS)),
    ("assess_risk", situation_of()),
    ("assess_risk", situation_of(hold="same_day")),
    ("assess_risk", situation_of("new", hold="urgent", **NOBODYS)),
    *[("note", situation_of(state, hold="urgent")) for state in ReferralState],
    ("unassign", situation_of()),
    ("reschedule", consult_of("booked")),
    ("withdraw", situation_of("routed", open_consults=1)),
    ("withdraw", consult_of("booked")),
    *[("transfer", consult_of(state)) for state in ("waiting", "accepted", "booked")],
    *[("feedback", consult_of(state)) for state in ("waiting", "accepted", "booked", "completed")],
    ("caring_contact", situation_of(caring_contact_owed=True)),
    *[
        (action, situation_of(state))
        for action in ("log_contact", "refer_elsewhere")
        for state in ReferralState
        if state != "closed"
    ],
    ("unlink_duplicate", situation_of(duplicates=1)),
    ("deal_with", situation_of(flags=frozenset({Attention.MESSAGE}))),
    *[("undo", situation_of(hold="same_day", last_move=move)) for move in ("claim", "assign", "close")],
    *[("undo", situation_of(last_move=move)) for move in ("reopen", "withdraw")],
    *[("undo_consult", consult_of("booked", "same_day", last_move=move)) for move in ("accept", "book")],
    *[("undo_consult", consult_of("returned", last_move=move)) for move in ("return", "complete")],
]


@pytest.mark.parametrize(("action", "now", "sentence"), REFUSED)
def test_a_action_is_refused_with_the_sentence_of_its_row(action, now, sentence):
    assert why_not(action, now) == sentence


@pytest.mark.parametrize(("action", "now"), ALLOWED)
def test_a_action_is_allowed_where_nothing_stands_against_it(action, now):
    assert why_not(action, now) is None


@pytest.mark.parametrize(("action", "state"), list(product(CONSULT_ACTION_LEADS_TO, CONSULT_MAY_BECOME)))
def test_a_action_on_a_consult_is_allowed_exactly_where_the_table_of_moves_has_it(action, state):
    then = CONSULT_ACTION_LEADS_TO[action]
    refusal = why_not(action, situation_of("routed", open_consults=1, consult=state))
    by_no_show = (action, state) == ("accept", "booked")  # accepted again only where no visit stands any more
    further_visit = (action, state) == ("book", "booked")
    assert (refusal is None) == (further_visit or (then in CONSULT_MAY_BECOME[state] and not by_no_show))
    if further_visit:
        return
    if state == then:
        assert refusal == f"This consult is already {state}."
    elif not CONSULT_MAY_BECOME[state]:
        assert refusal == f"This consult is {state}: nothing more happens with it."
    elif refusal:
        assert refusal == f"A consult that is {state} can't become {then}."


@pytest.mark.parametrize("state", CONSULT_MAY_BECOME)
def test_a_person_did_not_come_only_to_a_visit_whose_day_has_come(state):
    def refusal(**more) -> str | None:
        return why_not("no_show", situation_of("routed", open_consults=1, consult=state, **more))

    if state == "booked":
        assert refusal() is None and refusal(visit_to_come=True) == "The visit is still to come."
    else:
        ended = f"This consult is {state}: nothing more happens with it."
        assert refusal() == (ended if state in ENDED else "No visit is booked yet.")


def test_no_standing_leaves_a_action_without_an_answer():
    """Every combination of what a refusal depends on gives a sentence or nothing, never a fault."""
    people = [NOBODYS, CARLS, {"owner": "Cora", "owned_by_actor": True}]
    consults = [None, *ConsultState]
    for action in {**REFERRAL_ACTIONS, **CONSULT_ACTIONS}:
        for state, hold, assessed, owner, opened, consult in product(
            ReferralState, Hold, (True, False), people, (0, 2), consults
        ):
            now = situation_of(state, hold, assessed=assessed, open_consults=opened, consult=consult, **owner)
            refusal = why_not(action, now)
            assert refusal is None or refusal.endswith(".")


def test_routing_is_never_allowed_under_a_hold_unassessed_unclaimed_or_for_another():
    people = [NOBODYS, CARLS, {"owner": "Cora", "owned_by_actor": True}]
    for state, hold, assessed, owner in product(ReferralState, Hold, (True, False), people):
        if why_not("route", situation_of(state, hold, assessed=assessed, **owner)) is None:
            assert state in ("in_review", "routed")
            assert hold == "none" and assessed and owner["owned_by_actor"]


def test_an_action_is_on_the_referral_or_on_a_consult():
    assert {row.subject for row in REFERRAL_ACTIONS.values()} == {Subject.REFERRAL}
    assert {row.subject for row in CONSULT_ACTIONS.values()} == {Subject.CONSULT}


def test_a_page_is_stale_only_where_the_refusal_says_so():
    assert not Refused("No.").stale
    assert Refused("Look again.", stale=True).stale


def test_every_action_has_a_refusal_a_permission_and_a_kind_of_event():
    assert set(ACTIONS) <= {key for key, _words in Event._meta.get_field("kind").choices}


def test_a_paused_queue_says_why_where_its_team_gave_a_reason():
    assert queue_paused("TMS consults", " on leave ") == "The queue TMS consults is paused: on leave"
    assert queue_paused("TMS consults", " ") == "The queue TMS consults is paused."


def test_a_case_is_closed_after_attempts_only_where_all_were_made():
    attempts = [reason for reason in CLOSE_REASONS.values() if reason.after_attempts]
    others = [reason for reason in CLOSE_REASONS.values() if not reason.after_attempts]
    assert attempts and others
    for reason in attempts:
        for tries in (0, 2):
            refusal = why_not_close_for(reason, caring_owed=False, tries=tries, tries_of=3)
            assert (
                refusal == f"{tries} of 3 attempts were made. Make them all before you close for this reason."
            )
        for tries in (3, 4):
            assert why_not_close_for(reason, caring_owed=False, tries=tries, tries_of=3) is None
    for reason in others:
        assert why_not_close_for(reason, caring_owed=False, tries=0, tries_of=3) is None


def test_an_owed_caring_contact_bars_closing_but_where_somebody_else_has_taken_over():
    for reason in CLOSE_REASONS.values():
        refusal = why_not_close_for(reason, caring_owed=True, tries=3, tries_of=3)
        assert (refusal is None) == reason.taken_over
        assert refusal is None or refusal.startswith("A caring contact is owed.")


@pytest.mark.parametrize(
    ("newest_first", "failed"),
    [
        ([], 0),
        (["reached"], 0),
        (["no_answer"], 1),
        (["voicemail", "no_answer", "wrong_number", "reached", "no_answer"], 3),
        (["reached", "no_answer", "no_answer"], 0),
    ],
    ids=str,
)
def test_tries_are_counted_since_the_person_was_last_reached(newest_first, failed):
    assert tries_since_reached(newest_first) == failed
