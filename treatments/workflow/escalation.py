"""Who hears of an open alert now: the first responder, then the second, then the administrators; judging only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.times.working_time import WorkingTime
from treatments.workflow.rota import Channel, Rank, Turn, on_duty


class Level(IntEnum):
    """``ADDRESS``: the clinic's one on-call address, which hears where a level has nobody."""

    ADDRESS = 0
    FIRST = 1
    SECOND = 2
    ADMINISTRATORS = 3


LEVEL_WORDS: dict[Level, Text] = {
    Level.ADDRESS: _("on-call address"),
    Level.FIRST: _("first"),
    Level.SECOND: _("second"),
    Level.ADMINISTRATORS: _("administrator"),
}
STEPS = (Level.FIRST, Level.SECOND, Level.ADMINISTRATORS)


@dataclass(frozen=True, slots=True)
class Recipient:
    """``person`` is an account's key, None for the clinic's address; ``turn`` the row of the rota, if it is by one."""

    level: Level
    channel: Channel
    person: int | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnCall:
    """All that decides who hears: rows whose people can be notified, who comes last, the address, the clinic's hours.

    ``administrators`` hear by mail; ``address`` are the channels of the clinic's one on-call address.
    """

    turns: tuple[Turn, ...]
    administrators: tuple[int, ...]
    address: tuple[Channel, ...]
    working_time: WorkingTime
    escalate_after: timedelta

    def of_level(self, level: Level, at: datetime) -> Iterator[Recipient]:
        if level == Level.ADMINISTRATORS:
            for person in self.administrators:
                yield Recipient(level, Channel.MAIL, person)
            return
        for turn in on_duty(self.turns, Rank(level), self.working_time.on_its_clock(at)):
            yield Recipient(level, turn.channel, turn.person, turn.key)


def counted_since(
    reached: int, now: datetime, escalate_after: timedelta
) -> tuple[datetime | None, datetime | None]:
    """Which urgent alerts have ``reached`` so many of the ``STEPS`` by ``now``.

    Those whose time counts from after the first moment up to the second; None is no bound.
    """
    after = now - reached * escalate_after if reached < len(STEPS) else None
    until = now - (reached - 1) * escalate_after if reached > 1 else None
    return after, until


def who_hears(on_call: OnCall, *, urgent: bool, reached: int, now: datetime) -> list[Recipient]:
    """Everybody who hears of an alert that nobody is on and that has ``reached`` so many steps.

    A step without anybody falls to the clinic's address; where there is none, to the next step at once. Whoever
    stands on several steps hears once. One that is not urgent waits for the clinic's hours, unless the hour is
    nobody's: then the address hears of it at once.
    """
    steps = {level: list(on_call.of_level(level, now)) for level in STEPS}
    address = [Recipient(Level.ADDRESS, channel) for channel in on_call.address]
    nobody_s = not steps[Level.FIRST] and bool(address)
    if not urgent and not nobody_s and not on_call.working_time.is_open(now):
        return []
    recipients: list[Recipient] = []
    for place, level in enumerate(STEPS):
        if place >= reached:
            break
        if not steps[level] and not address:
            reached += 1
        people = {each.person for each in recipients if each.person is not None}
        found = [each for each in steps[level] if each.person not in people] if steps[level] else address
        recipients += [each for each in found if each not in recipients]
    return recipients
