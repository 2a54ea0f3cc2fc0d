"""When a medicine was taken: one question of four answers, which stands for two answers of an entry."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import choice

STILL, STOPPED, BEFORE, NOT_REMEMBERED = "still", "stopped", "before", "not_sure"
WHEN_TAKEN = choice(
    "when_taken",
    "",
    _("When did you take it?"),
    (
        (STILL, _("I still take it")),
        (STOPPED, _("I stopped, but I took it during this depression")),
        (BEFORE, _("Only before this depression")),
        (NOT_REMEMBERED, _("I do not remember")),
    ),
)
PARTS = ("still_taking", "this_episode")  # of an entry
STANDS_FOR: Mapping[str, Mapping[str, str]] = {
    STILL: {"still_taking": "yes", "this_episode": "yes"},
    STOPPED: {"still_taking": "no", "this_episode": "yes"},
    BEFORE: {"still_taking": "no", "this_episode": "no"},
    NOT_REMEMBERED: {"this_episode": "not_sure"},
}


def when_taken(entry: Mapping[str, Any]) -> str:
    """The answer that stands for what ``entry`` holds, "" where none of the four does."""
    known = {part: entry[part] for part in PARTS if part in entry}
    return next((chosen for chosen, meant in STANDS_FOR.items() if meant == known), "")


def with_when(entry: Mapping[str, Any], chosen: str) -> dict[str, Any]:
    """``entry`` as it is after this answer; what is only asked of another answer goes."""
    kept = {key: value for key, value in entry.items() if key not in PARTS}
    for key in ("stopped_because", "stopped") if chosen == STILL else ("warning_signs",):
        kept.pop(key, None)
    return {**kept, **STANDS_FOR[chosen]}


def may_be_of_this_depression(entry: Mapping[str, Any]) -> bool:
    """Whether it is not plain that the medicine was taken only before this depression."""
    return when_taken(entry) != BEFORE
