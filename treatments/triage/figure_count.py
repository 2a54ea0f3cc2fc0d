"""Counts the director's figures, a little at each pass of the tick, and keeps what the pages show."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from treatments.figures.intake import Counting
from treatments.models import FigureCount

EVERY = timedelta(hours=1)
AFTER_A_FAULT = timedelta(minutes=5)
LONGEST = 1  # second of a pass, since alarms wait for it


@transaction.atomic
def keep(counting: Counting) -> None:
    for page, told in counting.pages.items():
        FigureCount.objects.update_or_create(page=page, defaults={"at": counting.now, "told": told})


def count_figures(at: datetime) -> None:
    """All at once."""
    counting = Counting(timezone.localtime(at))
    for _piece in counting.run():
        pass
    keep(counting)


class FiguresCount:
    """Called at each pass; begins anew where a tick was started anew, and an hour after the last count.

    ``longest``: seconds after which the rest waits for the next pass; None where there is no next one.
    """

    def __init__(self, *, longest: float | None = LONGEST) -> None:
        self._longest = longest
        self._counting: Counting | None = None
        self._run: Iterator[None] = iter(())
        self._not_before: datetime | None = None

    def __call__(self, at: datetime | None = None) -> None:
        at = at or timezone.now()
        if self._counting is None:
            if self._not_before is not None and self._not_before - AFTER_A_FAULT <= at < self._not_before:
                return
            # What was counted later than now is of a clock that was wrong.
            if FigureCount.objects.filter(at__gt=at - EVERY, at__lte=at).exists():
                return
            self._counting = Counting(timezone.localtime(at))
            self._run = self._counting.run()
        counting, self._counting = self._counting, None
        self._not_before = at + AFTER_A_FAULT
        begun = monotonic()
        for _piece in self._run:
            if self._longest is not None and monotonic() - begun > self._longest:
                self._counting = counting
                return
        keep(counting)
        self._not_before = None
