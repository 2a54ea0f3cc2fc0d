"""What a risk assessment may say: its parts, its levels, how it was made, and what becomes of the hold."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments.workflow.states import Hold

# What a clinician writes down, in this order (Joint Commission NPSG.15.01.01, EP 3 and 4); the level stands apart.
PARTS: dict[str, Text] = {
    "ideation": _("Ideation: thoughts of suicide or of harming others"),
    "plan": _("Plan"),
    "intent": _("Intent"),
    "behavior": _("Behavior: past attempts and preparations"),
    "risk_factors": _("Risk factors"),
    "protective_factors": _("Protective factors"),
    "next_steps": _("Plan to lower the risk"),
}


class RiskLevel(StrEnum):
    """The clinician's own judgment; the product computes none."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


# Each with its shape, so that none is known by color alone.
RISK_LEVELS: dict[RiskLevel, tuple[str, Text]] = {
    RiskLevel.LOW: ("○", _("Low")),
    RiskLevel.MODERATE: ("◆", _("Moderate")),
    RiskLevel.HIGH: ("■", _("High")),
}


class How(StrEnum):
    """How the clinician came to it."""

    PHONE = "phone"
    ROOM = "room"
    VIDEO = "video"
    PAPER = "paper"


HOWS: dict[How, Text] = {
    How.PHONE: _("Spoke by phone"),
    How.ROOM: _("In the same room"),
    How.VIDEO: _("By video"),
    How.PAPER: _("From the record only"),
}


class HoldChoice(StrEnum):
    """What becomes of the hold that stands; NONE where none does."""

    NONE = ""
    KEEP = "keep"
    SAME_DAY = "same_day"
    RELEASE = "release"


HOLD_CHOICES: dict[HoldChoice, Text] = {
    HoldChoice.KEEP: _("Keep it. Nobody can route."),
    HoldChoice.SAME_DAY: _("Make it a same-day hold. Nobody can route."),
    HoldChoice.RELEASE: _("Release it. Routing opens; level, plan and next check stay in sight."),
}
# The same once it is done.
HOLD_OUTCOMES: dict[HoldChoice, Text] = {
    HoldChoice.KEEP: _("hold kept"),
    HoldChoice.SAME_DAY: _("made a same-day hold"),
    HoldChoice.RELEASE: _("hold released"),
}

# Among the rules that hold: the hold of an alert that is closed, kept by the clinician who assessed the risk.
ALARM = "ALARM"

# Within how many days the next check must be, by level; the setting CHECK_DAYS replaces single rows.
CHECK_DAYS: dict[str, int] = {RiskLevel.MODERATE.value: 7, RiskLevel.HIGH.value: 2}


def choices_at(hold: Hold) -> tuple[HoldChoice, ...]:
    """What may become of a hold of this level."""
    if hold is Hold.NONE:
        return (HoldChoice.NONE,)
    milder = (HoldChoice.SAME_DAY,) if hold is Hold.URGENT else ()
    return (HoldChoice.KEEP, *milder, HoldChoice.RELEASE)


def check_days(replaced: Mapping[str, int]) -> dict[str, int]:
    """The days within which the next check must be, with those that the clinic has ``replaced``."""
    return {**CHECK_DAYS, **replaced}


def check_within(level: str, days: Mapping[str, int]) -> timedelta | None:
    """How far away the next check may be at this ``level``; None where none is needed."""
    return timedelta(days=days[level]) if level in days else None
