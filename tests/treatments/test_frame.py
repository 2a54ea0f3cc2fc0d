"""The frame around an action: what it is done on has to be named."""

import pytest

from treatments.triage.alerts import note_alert
from treatments.triage.notes import add_note


@pytest.mark.parametrize("action", [add_note, note_alert])
def test_an_action_on_nothing_is_a_fault_of_ours(action, cast):
    with pytest.raises(TypeError, match="and none is named"):
        action(actor=cast.cora, note="x")
