"""Small marks with shape, word and color, so that none of them says by color alone what it is."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.fields.urgency import BY_VALUE, NONE
from treatments.models import Referral
from treatments.workflow.effects import EFFECTS, OPEN
from treatments.workflow.priorities import PRIORITY_WORDS, Priority
from treatments.workflow.risk import RISK_LEVELS, RiskLevel

SHOWN_LEVELS = (RiskLevel.MODERATE, RiskLevel.HIGH)
PRIORITY_SHAPES = {Priority.URGENT: ("hold-urgent", "▲"), Priority.SOON: ("hold-same_day", "◆")}


Make = TypeVar("Make", bound=Callable[..., SafeString | str])


def kept(make: Make) -> Make:
    """Keep what ``make`` gives, for each language: a list shows the same few marks hundreds of times.

    Its arguments are given by position and come from small sets of values, never from a person.
    """

    @lru_cache(maxsize=512)
    def made(_language: str | None, *args: Any) -> SafeString | str:
        return make(*args)

    @wraps(make)
    def mark(*args: Any) -> SafeString | str:
        return made(get_language(), *args)

    return cast(Make, mark)


def badge(kind: str, shape: str, words: Text) -> SafeString:
    return format_html(
        '<span class="badge badge-{}"><span aria-hidden="true">{}</span> {}</span>', kind, shape, words
    )


@kept
def hold_badge(hold: str, assessed: bool) -> SafeString:
    level = BY_VALUE[hold]
    return badge(f"hold-{hold}", level.shape, level.words if assessed else _("Not assessed"))


@kept
def level_badge(level: str) -> SafeString:
    """The clinician's own level of risk."""
    shape, words = RISK_LEVELS[RiskLevel(level)]
    return badge(f"risk-{level}", shape, format_lazy(_("Clinician: {level}"), level=words))


@kept
def urgency_badge(urgency: str) -> SafeString:
    """How urgent an alarm is."""
    level = BY_VALUE[urgency]
    return badge(f"hold-{urgency}", level.shape, level.words)


@kept
def small_effect_badge(state: str, undecided: str) -> SafeString:
    """The same for a list: beside it, that something is still to be asked; for a screen reader what it may lead to."""
    mark = badge(f"effect-{state or 'unknown'}", *EFFECTS[state])
    if undecided not in OPEN:
        return mark
    return format_html(
        '<span class="marks">{} <span class="still-open" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span></span>',
        mark,
        OPEN[undecided],
        _("? to ask"),
        OPEN[undecided],
    )


def effect_badge(state: str, undecided: str, name: str = "") -> SafeString:
    """A treatment's state, and beside it the strongest finding that is still open."""
    shape, words = EFFECTS[state]
    label: Text = format_html("{}: {}", name, words) if name else words
    mark = badge(f"effect-{state or 'unknown'}", shape, label)
    if undecided in OPEN:
        return format_html('{} <span class="still-open">? {}</span>', mark, OPEN[undecided])
    return mark


@kept
def priority_badge(priority: int) -> SafeString | str:
    """A mark for what comes first in a queue; plain words for a routine consult."""
    words = PRIORITY_WORDS[Priority(priority)]
    shape = PRIORITY_SHAPES.get(Priority(priority))
    return badge(shape[0], shape[1], words) if shape else str(words)


@kept
def _safety_marks(hold: str, assessed: bool, by_alert: bool, level: str) -> SafeString:
    level_mark = (
        badge(f"risk-{level}", *RISK_LEVELS[RiskLevel(level)]) if level in SHOWN_LEVELS else SafeString()
    )
    if by_alert:
        return format_html("{} {}", badge("hold-same_day", BY_VALUE[hold].shape, _("Alert")), level_mark)
    if level_mark and hold == NONE:
        return level_mark
    return format_html("{} {}", hold_badge(hold, assessed), level_mark)


def safety_marks(referral: Referral) -> SafeString:
    """The hold that stands, or that only the alert does; beside it the clinician's level where it is above low."""
    by_alert = referral.is_assessed and referral.alert_open and referral.hold == NONE
    return _safety_marks(
        referral.standing_hold.value, referral.is_assessed, by_alert, referral.clinician_level
    )
