"""What the status page may say about a sent intake: said by the clinic's side, which this side never imports.

The clinic's side hands in one function when it starts. It is asked at each reading, so no copy of a state
can fall behind; ``PublicStatus`` is all that can cross the boundary, and it has no place for a score or a name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text
from intake.models import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """``starts`` and ``ends`` are on the clinic's clock, None where only the day is known. Nothing says what it is for.

    ``key`` and ``moves`` are its calendar entry and how many times that has moved.
    """

    key: str
    moves: int
    day: date
    starts: time | None
    ends: time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenService:
    """Another service that the clinic told the person of. Nothing says what it is for; "" is not known.

    ``phones`` are each as it is written and as it is dialed.
    """

    name: str
    phones: tuple[tuple[str, str], ...] = ()
    address: str = ""
    languages: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStatus:
    """``label`` is the public label of the state, ``sentence`` what it means for the person, or "".

    ``withdrawn``: the person took the form back; ``closed``: nobody works on it any more. ``at_step`` is the one
    of the four steps that goes on now (1 sent, 2 read, 3 contact, 4 a team), ``since`` when, None where nobody knows.
    """

    label: Text
    sentence: Text = ""
    withdrawn: bool = False
    closed: bool = False
    at_step: int = 2
    since: datetime | None = None
    appointments: tuple[Appointment, ...] = ()
    services: tuple[GivenService, ...] = ()


def _nothing_known(submission: Submission) -> PublicStatus:
    return PublicStatus(label=_("We have your form"))


_source: Callable[[Submission], PublicStatus] = _nothing_known


def set_status_source(source: Callable[[Submission], PublicStatus]) -> None:
    """From now on ``source`` says how a sent intake stands."""
    global _source
    _source = source


def status_of(submission: Submission) -> PublicStatus:
    return _source(submission)
