"""When a clinic works: its days, hours and holidays, and arithmetic over them; no clock and no settings.

Targets, dues and what a patient reads about a call all count with this. Counted on the clinic's own clock: a change
to summer time during the working hours is not seen.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

A_WEEK = timedelta(weeks=1)
LOOK_AHEAD = 400  # days without a single working day before nothing is said of the next one


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """``days``: the working days, Monday is 0; ``hours``: when work begins and ends on the clock in ``tz``."""

    days: frozenset[int]
    hours: tuple[time, time]
    tz: tzinfo
    holidays: frozenset[date] = frozenset()

    def works_on(self, day: date) -> bool:
        return day.weekday() in self.days and day not in self.holidays

    def on_its_clock(self, at: datetime) -> datetime:
        """``at``, which has a time zone, as the clinic's clock shows it; without one."""
        return at.astimezone(self.tz).replace(tzinfo=None)

    def is_open(self, at: datetime) -> bool:
        """Whether ``at``, which has a time zone, lies in the working hours."""
        here = self.on_its_clock(at)
        return self.works_on(here.date()) and self.hours[0] <= here.time() < self.hours[1]

    def hours_between(self, start: datetime, end: datetime) -> float:
        """Working hours from ``start`` to ``end``, both with a time zone; 0 where ``end`` comes first."""
        first, last = self.on_its_clock(start), self.on_its_clock(end)
        if last <= first:
            return 0.0
        # Whole weeks are alike but for their holidays: a list must not walk day by day through years.
        weeks = (last - first) // A_WEEK
        total = weeks * self._a_week() - self._lost_between(first, first + weeks * A_WEEK)
        first += weeks * A_WEEK
        day = first.date()
        while day <= last.date():
            if self.works_on(day):
                total += self._within(day, first, last)
            day += timedelta(days=1)
        return total / timedelta(hours=1)

    def moment_before(self, end: datetime, hours: float) -> datetime:
        """The earliest moment from which no more than ``hours`` working hours lead to ``end``.

        So of two moments before it and after it, ``hours_between`` the earlier one and ``end`` are more.
        """
        left, last = timedelta(hours=hours), self.on_its_clock(end)
        while weeks := left // self._a_week():
            earlier = last - weeks * A_WEEK
            left += self._lost_between(earlier, last) - weeks * self._a_week()
            last = earlier
        day = last.date()
        while True:
            within = self._within(day, datetime.min, last) if self.works_on(day) else timedelta()
            if left < within:
                return (min(last, datetime.combine(day, self.hours[1])) - left).replace(tzinfo=self.tz)
            left -= within
            day -= timedelta(days=1)

    def moment_after(self, start: datetime, hours: float) -> datetime:
        """The first moment to which ``hours`` working hours, more than none, lead from ``start``."""
        left, first = timedelta(hours=hours), self.on_its_clock(start)
        day = first.date()
        while True:
            within = self._within(day, first, datetime.max) if self.works_on(day) else timedelta()
            if left <= within:
                return (max(first, datetime.combine(day, self.hours[0])) + left).replace(tzinfo=self.tz)
            left -= within
            day += timedelta(days=1)

    def next_day(self, after: date) -> date | None:
        """The first working day after ``after``; None where all that lie within sight are holidays."""
        days = (after + timedelta(days=number) for number in range(1, LOOK_AHEAD))
        return next((day for day in days if self.works_on(day)), None)

    def _within(self, day: date, first: datetime, last: datetime) -> timedelta:
        """The working hours of ``day`` between two moments, as if it were a working day."""
        begins = max(first, datetime.combine(day, self.hours[0]))
        ends = min(last, datetime.combine(day, self.hours[1]))
        return max(timedelta(), ends - begins)

    def _lost_between(self, first: datetime, last: datetime) -> timedelta:
        """The working hours that holidays take between two moments."""
        lost = (self._within(day, first, last) for day in self.holidays if day.weekday() in self.days)
        return sum(lost, timedelta())

    def _a_week(self) -> timedelta:
        """The working time of a week without holidays."""
        begins, ends = (datetime.combine(date.min, each) for each in self.hours)
        return len(self.days) * (ends - begins)
