"""How urgent something is: the one ordered table of levels, for alarms, for holds and for the rules."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


@dataclass(frozen=True, slots=True)
class Level:
    """``rank`` grows with urgency; ``shape`` is its mark, which no two share."""

    value: str
    rank: int
    words: Text
    shape: str


LEVELS = (
    Level("none", 0, _("No hold"), "○"),
    Level("same_day", 1, _("Same day"), "◆"),
    Level("urgent", 2, _("Urgent"), "▲"),
)
NONE, SAME_DAY, URGENT = (level.value for level in LEVELS)
BY_VALUE = {level.value: level for level in LEVELS}
RANK = {level.value: level.rank for level in LEVELS}
# What an alarm may be, and what a rule may ask for; the strongest first.
PRESSING = tuple((level.value, level.words) for level in reversed(LEVELS) if level.rank)
