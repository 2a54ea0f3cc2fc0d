"""The state diagram of ``docs/states.md``, drawn from the tables so that it can't fall behind them."""

from collections.abc import Iterable, Mapping
from typing import Any

from treatments.workflow.authorization_states import AUTHORIZATION_MOVES, AUTHORIZATION_STATES
from treatments.workflow.reasons import RETURN_REASONS
from treatments.workflow.states import (
    CONSULT_MOVES,
    CONSULT_STATES,
    NEXT_ACTOR_WORDS,
    REFERRAL_MOVES,
    REFERRAL_STATES,
    REQUEST_MOVES,
    REQUEST_STATES,
)


def page() -> str:
    """The whole Markdown page."""
    referral = {state: str(row.label) for state, row in REFERRAL_STATES.items()}
    consult = {state: str(label) for state, label in CONSULT_STATES.items()}
    rows = "\n".join(
        f"| {row.label} | {row.public} | {row.next_actor.value} |" for row in REFERRAL_STATES.values()
    )
    returned = "\n".join(
        f"| {row.label} | {NEXT_ACTOR_WORDS[row.next_actor]} | {', '.join(row.offers) or 'none'} |"
        for row in RETURN_REASONS.values()
    )
    return f"""# States

Made by `manage.py states`; a test fails when this page and the tables in `treatments/workflow/` differ.

## Referral

{_mermaid(referral, REFERRAL_MOVES, "new")}

| staff read | the patient reads | who acts next |
|---|---|---|
{rows}

A hold (none, same day, urgent) is a flag beside the state: while it stands nothing is routed or closed.

## Consult

{_mermaid(consult, CONSULT_MOVES, "waiting")}

Given back by its team:

| reason | who acts next | actions offered, the first one first |
|---|---|---|
{returned}

{_of_requests()}
{_of_authorizations()}"""


def _of_requests() -> str:
    request = {state: str(label) for state, label in REQUEST_STATES.items()}
    return f"""## Request for records

{_mermaid(request, REQUEST_MOVES, "draft")}

Without the day on which the person signed the release it stays a draft: it can be printed, not marked sent.
"""


def _of_authorizations() -> str:
    authorization = {state: str(label) for state, label in AUTHORIZATION_STATES.items()}
    return f"""## Prior authorization

{_mermaid(authorization, AUTHORIZATION_MOVES, "gathering")}
"""


def _mermaid(labels: Mapping[Any, str], moves: Mapping[Any, Iterable[Any]], first: str) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    lines += [f"    {state}: {label}" for state, label in labels.items()]
    for state in labels:
        after = [each for each in labels if each in moves[state]]
        lines += [f"    {state} --> {each}" for each in after] or [f"    {state} --> [*]"]
    return "\n".join([*lines, "```"])
