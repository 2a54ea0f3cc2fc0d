"""A whole record judged: what `manage.py checkin` prints of it, and what pages and lists take their part of."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from intake.questionnaire.check_in_alarms import (
    MISSED_FROM,
    NO_ANSWER,
    Known,
    alarms_in,
    no_answer_tier,
)
from intake.questionnaire.check_in_dates import Due, due
from intake.scales import GAD7, PHQ9, Scale
from intake.scoring.answers import Points
from treatments.progress.in_force import Baseline, Baselines, baselines_of
from treatments.progress.labels import UNKNOWN, YES, Labels, labels_over_time
from treatments.progress.record import CheckIn, Course, Intake, Record, record_of, total_of
from treatments.progress.thresholds import OUTCOMES, STALE, STALE_IN

RULESET = "checkins.1"
LISTED_AS_WORSE = ("worse", "rising", "relapse_watch", "relapse")


def judge(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the check-ins of a document without a fault come to, as docs/check-ins.md describes it."""
    record = record_of(document)
    baselines = baselines_of(record)
    labeled = list(labels_over_time(record, baselines))
    rung, known = _alarms(record)
    stands = due_of(record)
    return {
        "ruleset": RULESET,
        "baseline": _baseline(baselines.on(record.today)),
        "checkins": _check_ins(record, baselines, labeled, rung),
        "now": {
            **_last_score(record),
            "lists": _lists(labeled, stands),
            "alarms": [{"key": NO_ANSWER, "tier": no_answer_tier(known)}] if _no_answer(stands) else [],
        },
        "due": {
            "state": stands.state,
            "next": _iso(stands.next),
            "missed_in_a_row": stands.missed_in_a_row,
            "contact": stands.contact,
        },
        "outcomes": _outcomes(record, record.course, labeled) if record.course else None,
        "ask": _ask(record, baselines, labeled),
    }


def due_of(record: Record) -> Due:
    """How the person stands with check-ins; nothing is due without a consent, or once it was taken back."""
    consent = record.consent
    if consent is None:
        return Due("no_consent")
    if consent.stopped_on is not None and record.today >= consent.stopped_on:
        return Due("stopped")
    answered = [check_in.on for check_in in record.check_ins]
    return due(record.schedule, consent.agreed_on, record.today, answered)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _baseline(baseline: Baseline) -> dict[str, Any]:
    return {
        "kind": baseline.kind,
        "on": _iso(baseline.on),
        "phq9": baseline.phq9,
        "gad7": baseline.gad7,
    }


# --- Each check-in ---------------------------------------------------------------------------------


def _alarms(record: Record) -> tuple[list[list[dict[str, str]]], Known]:
    """The alarms of each check-in in order of time, and what is known after all of them."""
    known, found = record.known_before, []
    for check_in in record.check_ins:
        found.append([{"key": key, "tier": tier} for key, tier in alarms_in(check_in.answers, known)])
        known = known.and_then(check_in.answers)
    return found, known


def _check_ins(
    record: Record,
    baselines: Baselines,
    labeled: Iterable[tuple[CheckIn, Labels]],
    rung: list[list[dict[str, str]]],
) -> list[dict[str, Any]]:
    labels = {check_in.path: found for check_in, found in labeled}
    return [
        {
            "on": check_in.on.isoformat(),
            "counts": check_in.counts,
            "phq9": _score(check_in.phq9, PHQ9, baselines.on(check_in.on).phq9),
            "gad7": _score(check_in.gad7, GAD7, baselines.on(check_in.on).gad7),
            "labels": labels.get(check_in.path),
            "alarms": alarms,
        }
        for check_in, alarms in zip(record.check_ins, rung, strict=True)
    ]


def _score(points: Points | None, scale: Scale, start: int | None) -> dict[str, Any] | None:
    if points is None:
        return None
    total = points.total
    return {
        "total": total,
        "band": None if total is None else scale.band_of(total),
        "change": None if total is None or start is None else total - start,
        "percent_better": percent_better(total, start),
        "missing": points.missing,
    }


def percent_better(total: int | None, start: int | None) -> int | None:
    """By how much of the start it is better, cut toward zero; None where there is no start above 0."""
    if total is None or not start:
        return None
    percent = 100 * abs(start - total) // start
    return percent if total <= start else -percent


# --- Now -------------------------------------------------------------------------------------------


def _last_score(record: Record) -> dict[str, Any]:
    """The last complete PHQ-9 that counts, the intake's included, and whether it is too old to decide by."""
    scores: list[Intake | CheckIn] = [*([record.intake] if record.intake else []), *record.counting]
    complete = [score for score in scores if total_of(score.phq9) is not None]
    if not complete:
        return {"phq9": None, "on": None, "age_days": None, "stale": "no_score"}
    last = max(reversed(complete), key=lambda score: score.on)
    age = (record.today - last.on).days
    return {
        "phq9": total_of(last.phq9),
        "on": last.on.isoformat(),
        "age_days": age,
        "stale": "stale" if age > STALE_IN.get(record.queue, STALE).value else "fresh",
    }


def _no_answer(stands: Due) -> bool:
    return stands.missed_in_a_row >= MISSED_FROM


def _lists(labeled: list[tuple[CheckIn, Labels]], stands: Due) -> list[str]:
    """The lists of staff that the person is on."""
    last_total = next((labels for each, labels in reversed(labeled) if total_of(each.phq9) is not None), None)
    on = {
        "worse": _is_worse(labeled),
        "little_change": last_total is not None and last_total["little_change"] == YES,
        NO_ANSWER: _no_answer(stands),
        "due": stands.is_open,
    }
    return [name for name, holds in on.items() if holds]


def _is_worse(labeled: list[tuple[CheckIn, Labels]]) -> bool:
    """By the last that counts; one without a total and without such a yes leaves it to the one before."""
    for check_in, labels in reversed(labeled):
        if any(labels[key] == YES for key in LISTED_AS_WORSE):
            return True
        if total_of(check_in.phq9) is not None:
            return False
    return False


# --- Outcomes ----------------------------------------------------------------------------------------


def _outcomes(record: Record, course: Course, labeled: list[tuple[CheckIn, Labels]]) -> dict[str, Any]:
    """The latest complete score in the window of each."""
    found: dict[str, Any] = {}
    for name, (first, last) in OUTCOMES.items():
        measured = [
            (check_in, labels)
            for check_in, labels in labeled
            if total_of(check_in.phq9) is not None and first.value <= course.day_of(check_in.on) <= last.value
        ]
        if measured:
            check_in, labels = measured[-1]
            found[name] = {
                "state": "measured",
                "on": check_in.on.isoformat(),
                "total": total_of(check_in.phq9),
                "response": labels["response"],
                "remission": labels["remission"],
            }
        else:
            state = "missing" if course.day_of(record.today) > last.value else "not_yet"
            found[name] = {
                "state": state,
                "on": None,
                "total": None,
                "response": UNKNOWN,
                "remission": UNKNOWN,
            }
    return found


# --- What to ask -------------------------------------------------------------------------------------


def _ask(record: Record, baselines: Baselines, labeled: list[tuple[CheckIn, Labels]]) -> list[str]:
    """The paths of what would decide an unknown label of the last check-in that counts.

    What lacks for a total leaves a label unknown in any case; gaps of a GAD-7 only where its own label is.
    """
    if not labeled:
        return []
    check_in, labels = labeled[-1]
    own = check_in.phq9.missing if check_in.phq9 else []
    worry = check_in.gad7.missing if check_in.gad7 and labels["gad7_reliable_change"] == UNKNOWN else []
    return [*_baseline_gaps(record, baselines, check_in.on), *own, *worry]


def _baseline_gaps(record: Record, baselines: Baselines, day: date) -> list[str]:
    """What lacks for the total that is compared with on this day."""
    if baselines.on(day).phq9 is not None:
        return []
    if baselines.is_after_start(day):
        return ["course.baseline"]
    intake = record.intake
    return intake.phq9.missing if intake and intake.phq9 else ["baseline"]
