"""What supports a person's answers, in the order in which it came: rows of evidence, and what was told to staff.

An answer given anew ends what supported the one before it, and what a record said against it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from intake.fields import BY_PATH, Kind
from intake.fields.lookup import field_path
from intake.models import Amendment, Submission
from treatments.models import Entry, Evidence
from treatments.payers.strength import keys_of

PHQ9 = "mood.phq9"
_GONE = object()


@dataclass(frozen=True, slots=True)
class Support:
    """One row as ``clinic-readiness/1`` has it, about one path; ``source`` is what it was made of."""

    about: str
    strength: str
    agrees: str
    kind: str
    on: str
    source: Evidence | Amendment

    def as_row(self) -> dict[str, str]:
        keys = ("about", "strength", "agrees", "kind", "on")
        return {key: getattr(self, key) for key in keys}


def support_of(submission: Submission, rows: Iterable[Evidence]) -> list[Support]:
    """What still counts of the rows and of what was told, about paths that the answers have."""
    made = submission.made_amendments()
    in_time = sorted([*((each.made_at, 0, each.pk, each) for each in made), *_in_time(rows)])
    document, found = submission.current, list[Support]()
    for *_place, each in in_time:
        if isinstance(each, Evidence):
            found.append(_seen(each))
            continue
        for path, changed in answered(each):
            found = [left for row in found for left in _after(row, path, document, changed=changed)]
            if each.said_at is not None:
                found.append(_told(each, path))
    return [row for row in found if value_at(document, row.about) is not _GONE]


def _in_time(rows: Iterable[Evidence]) -> Iterator[tuple[Any, int, int, Evidence]]:
    for row in rows:
        yield row.at, 1, row.pk, row


def _seen(row: Evidence) -> Support:
    return Support(row.about, row.strength, row.agrees, row.kind, row.on.isoformat(), row)


def _told(made: Amendment, path: str) -> Support:
    day = timezone.localdate(made.moment).isoformat()
    return Support(path, "told", "yes", "phone_call" if made.how == "phone" else "other", day, made)


def answered(made: Amendment) -> Iterator[tuple[str, bool]]:
    """``(path, whether the answer changed)`` of what it answered; of a list only the entries and keys that changed."""
    for path, (before, after) in made.changes.items():
        field = BY_PATH.get(field_path(path))
        if field is not None and field.kind is Kind.ENTRIES and before and after:
            yield from ((each, True) for each in _changed_parts(path, before, after))
        else:
            yield path, before != after


def _changed_parts(
    path: str, before: list[Mapping[str, Any]], after: list[Mapping[str, Any]]
) -> Iterator[str]:
    for place in range(max(len(before), len(after))):
        here = f"{path}[{place}]"
        if place >= len(before) or place >= len(after):
            yield here
            continue
        old, new = before[place], after[place]
        yield from (f"{here}.{key}" for key in {**old, **new} if old.get(key) != new.get(key))


def _after(row: Support, path: str, document: Mapping[str, Any], *, changed: bool) -> Iterator[Support]:
    """What is left of a row once the answer at ``path`` was given anew; what agrees stays where it is the same."""
    if not changed and row.agrees == "yes":
        yield row
    elif row.about == path or is_above(path, row.about):
        return
    elif is_above(row.about, path):
        yield from (replace(row, about=each) for each in _beside(row.about, path, document))
    else:
        yield row


def is_above(path: str, other: str) -> bool:
    return other.startswith((f"{path}.", f"{path}["))


def _beside(about: str, path: str, document: Mapping[str, Any]) -> Iterator[str]:
    """The paths below ``about`` that together hold all of it but ``path``."""
    here = about
    while here != path:
        value = value_at(document, here)
        children = (
            [f"{here}.{key}" for key in value]
            if isinstance(value, dict)
            else [f"{here}[{place}]" for place in range(len(value) if isinstance(value, list) else 0)]
        )
        toward = next((each for each in children if each == path or is_above(each, path)), path)
        yield from (each for each in children if each != toward)
        here = toward
        ahead = next((each for each in children if each == path or is_above(each, path)), path)
        yield from (each for each in children if each != ahead)
        here = ahead


def value_at(document: Mapping[str, Any], path: str) -> Any:
    """What the answers have at the path; ``_GONE`` where they have none."""
    value: Any = document
    for key in keys_of(path):
        if isinstance(key, str):
            value = value.get(key, _GONE) if isinstance(value, Mapping) else _GONE
        else:
            value = value[key] if isinstance(value, list) and key < len(value) else _GONE
    return value


def is_there(document: Mapping[str, Any], path: str) -> bool:
    return value_at(document, path) is not _GONE


def standing_entries(submission: Submission, rows: Iterable[Entry]) -> list[Entry]:
    """The entries but for those about a trial that is another one by now."""
    changes = [(made.made_at, path) for made in submission.made_amendments() for path, _new in answered(made)]
    trial = "antidepressants.trials["
    return [
        row
        for row in rows
        if not row.about.startswith(trial)
        or (
            is_there(submission.current, row.about)
            and not any(at > row.at and path in (row.about, f"{row.about}.drug") for at, path in changes)
        )
    ]


def phq9_scores(submission: Submission) -> list[dict[str, Any]]:
    """The PHQ-9 of the form and each one given again, as scores of their own days; none where none was given again."""
    again = [made for made in submission.made_amendments() if PHQ9 in made.changes]
    if not again or submission.submitted_on is None:
        return []
    first = submission.answers.get("mood", {}).get("phq9")
    found = [(submission.submitted_on, first)]
    found += [(timezone.localdate(made.moment), made.changes[PHQ9][1]) for made in again]
    return [{"scale": "phq9", "items": items, "on": day.isoformat()} for day, items in found if items]
