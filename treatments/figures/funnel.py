"""Where people are lost on the way from a form begun to a treatment: how many took each step, and how long it took."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from treatments import charts
from treatments.figures.people import Step
from treatments.figures.proportions import share_in_words, withheld
from treatments.figures.tally import Count

STEP_WORDS: dict[Step, Text] = {
    Step.BEGUN: _("Began the form"),
    Step.RECEIVED: _("Sent the form"),
    Step.TAKEN_UP: _("Taken up for review"),
    Step.ROUTED: _("Routed to a team"),
    Step.ACCEPTED: _("Accepted by a team"),
    Step.BOOKED: _("Visit booked"),
    Step.SEEN: _("First visit held"),
    Step.STARTED: _("Treatment started"),
}


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """``percent`` of the first step, ``share`` of the step before, ``median`` and ``longest`` from there on.

    ``people`` is None where the number may not be told.
    """

    words: Text
    people: int | None
    percent: float
    share: str
    median: str
    longest: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """``left``: closed before they were seen; ``under_way``: sent and neither seen nor closed; both None where not told."""

    rows: tuple[FunnelRow, ...]
    left: int | None
    under_way: int | None


def funnel_of(
    count: Count, told: Collection[Step], *, timed: Collection[Step], first: Step = Step.BEGUN
) -> Funnel:
    """``told``: the steps whose share of the step before may stand here, ``timed`` whose waits too."""
    steps = [step for step in Step if step > first]
    rows = [
        FunnelRow(
            STEP_WORDS[first], count.people[first], 100.0 if count.people[first] else 0.0, "–", "–", "–"
        )
    ]
    for step in steps:
        is_told = all(each in told for each in steps if each <= step)
        rows.append(_row(count, step, first, is_told=is_told, is_timed=step in timed))
    of_whom = Step(max(first, Step.RECEIVED) + 1)
    if not all(
        each in told for each in steps if each <= of_whom
    ):  # together they are those of the step before
        return Funnel(tuple(rows), None, None)
    return Funnel(tuple(rows), count.left, count.under_way)


def _row(count: Count, step: Step, first: Step, *, is_told: bool, is_timed: bool) -> FunnelRow:
    here, before = count.people[step], count.people[step - 1]
    if not is_told:
        return FunnelRow(STEP_WORDS[step], None, 0.0, withheld(before), "–", "–")
    waits, percent = count.waits[step], charts.share(here, count.people[first])
    median, longest = withheld(waits.number), "–"
    if is_timed or not waits.number:
        times = waits.times()
        median, longest = times.median, times.longest
    return FunnelRow(STEP_WORDS[step], here, percent, share_in_words(here, before), median, longest)
