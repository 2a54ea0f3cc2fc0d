"""Small marks with shape, word and colour, so that none of them is told by colour alone."""

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from treatments.workflow import HOLD_WORDS, Hold
from treatments.workflow.priorities import PRIORITY_WORDS, Priority

PRIORITY_SHAPES = {Priority.URGENT: ("hold-urgent", "▲"), Priority.SOON: ("hold-same_day", "◆")}
HOLD_SHAPES = {Hold.URGENT: "▲", Hold.SAME_DAY: "◆", Hold.NONE: "○"}
EFFECTS = {
    "clinician_first": ("■", _("Clinician first")),
    "caution": ("◆", _("Caution")),
    "supports": ("●", _("Supports")),
    "no_finding": ("○", _("No finding")),
    "none": ("", ""),
    "": ("–", _("Not assessed")),
}
OPEN = {
    "clinician_first": _("ask: may need a clinician first"),
    "caution": _("ask: may call for caution"),
    "supports": _("ask: may support"),
}


def badge(kind: str, shape: str, words: str) -> SafeString:
    return _badge(kind, shape, str(words))


@lru_cache(maxsize=256)  # a list shows the same few marks hundreds of times
def _badge(kind: str, shape: str, words: str) -> SafeString:
    return format_html(
        '<span class="badge badge-{}"><span aria-hidden="true">{}</span> {}</span>', kind, shape, words
    )


def hold_badge(hold: str, assessed: bool) -> SafeString:
    level = Hold(hold)
    words = HOLD_WORDS[level] if assessed else _("Not assessed")
    return badge(f"hold-{hold}", HOLD_SHAPES[level], words)


def small_effect_badge(state: str, undecided: str) -> SafeString:
    """The same for a list: a question mark stands for the finding that is still open."""
    mark = badge(f"effect-{state or 'unknown'}", *EFFECTS[state])
    return _with_question(mark, str(OPEN[undecided])) if undecided in OPEN else mark


@lru_cache(maxsize=64)
def _with_question(mark: SafeString, words: str) -> SafeString:
    return format_html(
        '<span class="marks">{} <span class="open-mark" title="{}"><span aria-hidden="true">?</span>'
        '<span class="visually-hidden">{}</span></span></span>',
        mark,
        words,
        words,
    )


def effect_badge(state: str, undecided: str, name: str = "") -> SafeString:
    """A treatment's state, and beside it the strongest finding that is still open."""
    shape, words = EFFECTS[state]
    label = format_html("{}: {}", name, words) if name else words
    mark = badge(f"effect-{state or 'unknown'}", shape, label)
    if undecided in OPEN:
        return format_html('{} <span class="still-open">? {}</span>', mark, OPEN[undecided])
    return mark


def priority_badge(priority: int) -> SafeString | str:
    """A mark for what comes first in a queue; plain words for a routine consult."""
    words = PRIORITY_WORDS[Priority(priority)]
    shape = PRIORITY_SHAPES.get(Priority(priority))
    return badge(shape[0], shape[1], words) if shape else words
