"""The states of a prior authorization and its moves, written out again and compared with the tables."""

from itertools import product

import pytest

from treatments.workflow.authorization_states import (
    AUTHORIZATION_MOVES,
    AUTHORIZATION_STATES,
    BEFORE_SENDING,
    DENIAL_REASONS,
    FINAL,
    MOVES,
    RENEW,
    AuthorizationState,
)

MAY_BECOME = {
    "gathering": {"not_needed", "ready", "withdrawn"},
    "not_needed": set(),
    "ready": {"signed", "gathering", "withdrawn"},
    "signed": {"sent", "gathering", "withdrawn"},
    "sent": {"more_asked", "approved", "denied", "withdrawn"},
    "more_asked": {"more_asked", "sent", "approved", "denied", "withdrawn"},
    "approved": {"expired", "withdrawn"},
    "denied": {"peer_to_peer", "appealed", "external_review", "closed_denied", "withdrawn"},
    "peer_to_peer": {"approved", "denied", "withdrawn"},
    "appealed": {"approved", "denied", "withdrawn"},
    "external_review": {"approved", "denied", "withdrawn"},
    "closed_denied": set(),
    "expired": set(),
    "withdrawn": set(),
}
WHO = {
    "send_authorization": {
        *(
            "start",
            "mark_ready",
            "reopen",
            "send",
            "answer",
            "appeal",
            "external_review",
            "renew",
            "withdraw",
        ),
    },
    "record_decision": {"ask_more", "approve", "deny", "peer_to_peer", "accept_denial"},
    "mark_not_needed": {"mark_not_needed"},
    "sign_authorization": {"sign"},
    "": {"fall_back", "expire"},
}
BY_ITSELF_AND_NOTHING_ASKED = {"reopen", "fall_back", "expire"}


@pytest.mark.parametrize(("before", "after"), [*product(AuthorizationState, repeat=2)])
def test_every_pair_of_states_is_a_move_or_is_none(before, after):
    assert (after in AUTHORIZATION_MOVES[before]) == (after.value in MAY_BECOME[before.value])


def test_every_state_has_its_words_and_its_moves():
    assert set(AUTHORIZATION_STATES) == set(AUTHORIZATION_MOVES) == set(AuthorizationState)
    assert {state.value for state in AuthorizationState} == set(MAY_BECOME)


def test_what_is_final_moves_nowhere_and_nothing_else_stands_still():
    assert {state for state, moves in AUTHORIZATION_MOVES.items() if not moves} == FINAL


def test_each_move_is_made_by_who_may():
    found: dict[str, set[str]] = {}
    for move in (*MOVES, RENEW):
        found.setdefault(move.permission, set()).add(move.action)
        assert bool(move.asks) == (move.action not in BY_ITSELF_AND_NOTHING_ASKED)
    assert found == WHO


def test_an_action_has_one_row_and_a_key_of_its_own():
    keys = [move.key for move in (*MOVES, RENEW)]
    assert len(set(keys)) == len(keys)
    assert all(key.startswith("authorization_") for key in keys)


def test_what_was_sent_is_not_undone():
    after_sending = {move.after for move in MOVES if move.action == "send"}
    assert after_sending.isdisjoint(BEFORE_SENDING)
    assert {state.value for state in BEFORE_SENDING} == {"gathering", "ready", "signed"}


def test_a_renewal_starts_anew_beside_what_it_renews():
    assert (RENEW.before, RENEW.after) == ((AuthorizationState.APPROVED,), AuthorizationState.GATHERING)


def test_a_denial_has_one_of_twelve_reasons():
    assert len(DENIAL_REASONS) == 12
    assert "dose_or_weeks" in DENIAL_REASONS
