"""Which action answers which flags of a referral; a message ends only when somebody says what they did with it."""

from collections.abc import Collection, Mapping

from treatments.workflow.states import Attention

# What an action answers by being done. ``deal_with`` ends what its form names, a note ends nothing.
LOOKED_AT = frozenset(
    {Attention.RETURNED, Attention.ANSWERED, Attention.MISSED, Attention.PASSED, Attention.NO_ANSWER}
)
ANSWERS: dict[str, frozenset[Attention]] = {
    "route": LOOKED_AT,
    "ask_patient": LOOKED_AT | {Attention.TEAM_ASKS},
    "cancel_question": frozenset({Attention.NO_ANSWER}),
    "close": LOOKED_AT | {Attention.WITHDRAWN, Attention.TEAM_ASKS},
}
# The patient's own answer: whoever waited for one waits no longer.
ANSWERED_BY_PATIENT = frozenset({Attention.NO_ANSWER})


def in_order(flags: Collection[Attention]) -> list[Attention]:
    """As they stand on the page: a message first."""
    return [flag for flag in Attention if flag and flag in flags]


def first_of(kept: Mapping[str, str]) -> Attention:
    """The flag that stands first among those kept with the referral, or none."""
    return next(iter(in_order([Attention(key) for key in kept])), Attention.NONE)
