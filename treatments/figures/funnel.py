"""Where people are lost on the way from an intake to a treatment: how many took each step, and how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments import charts
from treatments.figures.people import Step, Traveler
from treatments.figures.proportions import share_in_words
from treatments.figures.spells import Spell, Times, spell, times_of

STEP_WORDS: dict[Step, Text] = {
    Step.RECEIVED: _("Sent the form"),
    Step.TAKEN_UP: _("Taken up by the desk"),
    Step.ROUTED: _("Routed to a team"),
    Step.ACCEPTED: _("Accepted by a team"),
    Step.BOOKED: _("Visit booked"),
    Step.SEEN: _("Seen"),
    Step.STARTED: _("Treatment started"),
}


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """``percent`` of the first step; ``share`` of the step before; ``times`` from there on, None where nothing is known of them."""

    words: Text
    people: int
    percent: float
    share: str
    times: Times | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """``left``: closed before they were seen; ``under_way``: neither seen nor closed."""

    rows: tuple[FunnelRow, ...]
    left: int
    under_way: int


def funnel_of(people: Sequence[Traveler], now: datetime) -> Funnel:
    counts = [sum(each.furthest >= step for each in people) for step in Step]
    rows = []
    for step, count in zip(Step, counts, strict=True):
        share, times = "–", None
        if step is not Step.RECEIVED:
            share = share_in_words(count, counts[step - 1])
        if step not in (Step.RECEIVED, Step.STARTED):  # when a treatment starts no outcome says
            times = times_of([found for each in people if (found := _wait(each, step, now))])
        rows.append(FunnelRow(STEP_WORDS[step], count, charts.share(count, counts[0]), share, times))
    unseen = [each for each in people if each.furthest < Step.SEEN]
    left = sum(each.left is not None for each in unseen)
    return Funnel(tuple(rows), left, len(unseen) - left)


def _wait(person: Traveler, step: Step, now: datetime) -> Spell | None:
    """From the step before to this one; open for who stands there still.

    None for who never came there, and where a moment is missing because somebody skipped a step.
    """
    begun = person.steps.get(Step(step - 1))
    if begun is None:
        return None
    if step not in person.steps and person.furthest > step:
        return None
    return spell(begun, person.steps.get(step), now, left=person.left)
