"""How the clinic tries to reach a person, and what may come of it.

Every try counts as one, whatever the channel: nobody is given up sooner for having no phone.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


class Channel(StrEnum):
    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


class Outcome(StrEnum):
    REACHED = "reached"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


CHANNELS: dict[Channel, Text] = {
    Channel.CALL: _("Call"),
    Channel.TEXT: _("Text message"),
    Channel.EMAIL: _("Email"),
    Channel.LETTER: _("Letter"),
}
CONTACT_OUTCOMES: dict[Outcome, Text] = {
    Outcome.REACHED: _("Reached"),
    Outcome.VOICEMAIL: _("Message left on voicemail"),
    Outcome.NO_ANSWER: _("No answer"),
    Outcome.WRONG_NUMBER: _("Wrong number or address"),
}


def tries_since_reached(newest_first: list[str]) -> int:
    """How many tries failed since the person was last reached, from the outcomes, the newest first."""
    failed = 0
    for outcome in newest_first:
        if outcome == Outcome.REACHED:
            break
        failed += 1
    return failed
