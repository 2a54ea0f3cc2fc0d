"""The frame around an action: what it is done on has to be named."""

import pytest

from treatments.triage.alerts import acknowledge
from treatments.triage.notes import add_note


@pytest.mark.parametrize("action", [add_note, acknowledge])
def test_an_action_on_nothing_is_a_fault_of_ours(action, cast):
    details = {"note": "x"} if action is add_note else {"done": "x"}
    with pytest.raises(TypeError, match="and none is named"):
        action(actor=cast.cora, **details)
