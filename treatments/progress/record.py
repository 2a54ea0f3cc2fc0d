"""What a person's check-ins are, read from a sound document: in order of time, on the clinic's days, with their scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from intake.questionnaire.check_in_alarms import Known, item_9_in, screen_in
from intake.questionnaire.check_in_dates import Every, On
from intake.scales import GAD7, PHQ9
from intake.scoring.answers import Points, points_of


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in: ``path`` is its place in order of time, ``on`` its day at the clinic.

    ``counts``: of those of its day with a PHQ-9 it is the one that carries labels.
    """

    path: str
    on: date
    answers: Mapping[str, Any]
    phq9: Points | None
    gad7: Points | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Intake:
    """The scores of the form the person sent; a scale is None where it was not asked."""

    on: date
    answers: Mapping[str, Any]
    phq9: Points | None
    gad7: Points | None


@dataclass(frozen=True, slots=True)
class Course:
    started_on: date
    ended_on: date | None

    def day_of(self, day: date) -> int:
        """How many days after the start it is."""
        return (day - self.started_on).days


@dataclass(frozen=True, slots=True)
class Consent:
    agreed_on: date
    stopped_on: date | None


@dataclass(frozen=True, slots=True)
class Record:
    """All that is judged; ``today`` is the clinic's day of the moment it is judged for."""

    today: date
    queue: str
    consent: Consent | None
    intake: Intake | None
    course: Course | None
    schedule: tuple[Every | On, ...]
    check_ins: tuple[CheckIn, ...]

    @property
    def counting(self) -> tuple[CheckIn, ...]:
        return tuple(each for each in self.check_ins if each.counts)

    @property
    def known_before(self) -> Known:
        """What the intake said of suicide."""
        answers = self.intake.answers if self.intake else {}
        return Known(item_9_in(answers), screen_in(answers))


def total_of(points: Points | None) -> int | None:
    """The total, None where an item is missing or nothing was asked."""
    return points.total if points else None


def record_of(document: Mapping[str, Any]) -> Record:
    """The record in a document without a fault."""
    zone = ZoneInfo(document["time_zone"])
    consent, course = document.get("consent"), document.get("course")
    return Record(
        today=_day(document["as_of"], zone),
        queue=document["queue"],
        consent=Consent(date.fromisoformat(consent["agreed_on"]), _date(consent, "stopped_on"))
        if consent
        else None,
        intake=_intake(document.get("baseline")),
        course=Course(date.fromisoformat(course["started_on"]), _date(course, "ended_on"))
        if course
        else None,
        schedule=tuple(map(_part, document["schedule"])),
        check_ins=_check_ins(document["checkins"], zone),
    )


def moment(text: str) -> datetime:
    """The moment written in ``text``, which has an offset."""
    return datetime.fromisoformat(text)


def _day(text: str, zone: tzinfo) -> date:
    return moment(text).astimezone(zone).date()


def _date(given: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(given[key]) if given.get(key) else None


def _part(given: Mapping[str, Any]) -> Every | On:
    if "on" in given:
        return On(tuple(map(date.fromisoformat, given["on"])))
    return Every(date.fromisoformat(given["from"]), given["every_days"], _date(given, "until"))


def _intake(given: Mapping[str, Any] | None) -> Intake | None:
    if given is None:
        return None
    answers = _without_nulls(given)
    return Intake(
        date.fromisoformat(given["on"]), answers, _phq9(answers, "baseline"), _gad7(answers, "baseline")
    )


def _check_ins(given: list[Mapping[str, Any]], zone: tzinfo) -> tuple[CheckIn, ...]:
    """In order of time; those of one moment in the order in which they came."""
    ordered = sorted(given, key=lambda each: moment(each["at"]))
    days = [_day(each["at"], zone) for each in ordered]
    all_answers = [_without_nulls(each) for each in ordered]
    scores = [_phq9(answers, f"checkins[{place}]") for place, answers in enumerate(all_answers)]
    counting = _counting(days, scores)
    return tuple(
        CheckIn(
            path=f"checkins[{place}]",
            on=days[place],
            answers=answers,
            phq9=scores[place],
            gad7=_gad7(answers, f"checkins[{place}]"),
            counts=place in counting,
        )
        for place, answers in enumerate(all_answers)
    )


def _counting(days: list[date], scores: list[Points | None]) -> set[int]:
    """The places of those that count: of a day the latest PHQ-9 without a gap, else the latest."""
    chosen: dict[date, int] = {}
    for place, (day, score) in enumerate(zip(days, scores, strict=True)):
        if score is None:
            continue
        before = scores[chosen[day]] if day in chosen else None
        if before is None or score.total is not None or before.total is None:
            chosen[day] = place
    return set(chosen.values())


def _phq9(answers: Mapping[str, Any], path: str) -> Points | None:
    return points_of(answers["phq9"], PHQ9.scored_items, f"{path}.phq9") if "phq9" in answers else None


def _gad7(answers: Mapping[str, Any], path: str) -> Points | None:
    return points_of(answers["gad7"], GAD7.scored_items, f"{path}.gad7") if "gad7" in answers else None


def _without_nulls(given: Mapping[str, Any]) -> dict[str, Any]:
    """Null is as good as absent: only what was asked is left."""
    return {key: value for key, value in given.items() if value is not None}
