"""What a patient changed after sending, in words: for the timeline, and beside the answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from intake import fields
from intake.fields import Kind
from intake.fields.lookup import field_path
from intake.models import Amendment, Submission
from intake.questionnaire import amendments, summary, telling
from intake.times.moments import short_day
from treatments.models import Event
from treatments.reading.redaction import Redaction
from treatments.reading.taken_back import taken_back


@dataclass(frozen=True, slots=True)
class Change:
    """One question that was answered again; ``before`` equals ``after`` where the answer is the same.

    ``note`` is what was said beside it.
    """

    question: str
    before: str
    after: str
    note: str = ""


def changes(amendment: Amendment, redaction: Redaction) -> list[Change]:
    """What the amendment says, question by question; of all that this reader may not read one line tells."""
    readable: list[Change] = []
    hidden = False
    for path, (before, after) in amendment.changes.items():
        owner = fields.BY_PATH.get(field_path(path))
        if owner is None:
            continue
        if redaction.may_read(path):
            note = (amendment.notes or {}).get(path, "")
            readable += [replace(change, note=note) for change in in_words(owner, path, before, after)]
        else:
            hidden = True
    if hidden:  # which question, and how many, would tell of the answers before it
        words = _("You may not read this answer.")
        readable.append(Change(_("A question that you may not read"), words, words))
    return readable


def in_words(owner: fields.Field, path: str, before, after) -> Iterator[Change]:
    match owner.kind:
        case Kind.ITEMS:
            for place, part in enumerate(owner.parts):
                pair = [summary.in_words(part, items[place] if items else None) for items in (before, after)]
                yield Change(str(part.question), *pair)
        case Kind.ENTRIES:
            yield Change(str(owner.question), entries_in_words(owner, before), entries_in_words(owner, after))
        case Kind.GROUP:
            for part in owner.parts:
                if part.key == path.split(".")[2]:
                    yield Change(str(part.question), said(part, path, before), said(part, path, after))
        case _:
            yield Change(str(owner.question), said(owner, path, before), said(owner, path, after))


def said(question: fields.Field, path: str, value: Any) -> str:
    """The answer in words, also of who does not know where no choice says so."""
    if value == amendments.NOT_SURE and amendments.is_unknown(path, value):
        return _("Does not know")
    return summary.in_words(question, value)


def entries_in_words(owner: fields.Field, entries: list[dict] | None) -> str:
    """One line an entry, its answers in the order of the questions."""
    if not entries:
        return "" if entries is None else _("None")
    lines = ([row.answer for row in summary.entry_rows(owner, entry) if row.answer] for entry in entries)
    return "\n".join(", ".join(line) for line in lines)


def with_changes(events: Iterable[Event], submission: Submission, redaction: Redaction) -> None:
    """Give each event about an amendment the ``changes`` it brought, and about a message its ``words``."""
    made = {amendment.pk: amendment for amendment in submission.made_amendments()}
    messages = {each.pk: each.text for each in submission.messages.all()} if _any(events, "message") else {}
    for event in events:
        if amendment := made.get(event.details.get("amendment")):
            event.changes = changes(amendment, redaction)
            event.source = source_of(amendment)
        if words := messages.get(event.details.get("message")):
            event.words = words


def _any(events: Iterable[Event], key: str) -> bool:
    return any(key in event.details for event in events)


def source_of(amendment: Amendment) -> str:
    """Who told it, how, when, and who wrote it down; "" for what the person answered themselves."""
    if amendment.said_at is None or amendment.by is None:
        return ""
    who = telling.WHO[amendment.as_told_by or ""]
    named = f"{amendment.informant} ({who})" if amendment.informant else str(who)
    parts = {
        "how": telling.HOW[amendment.how or ""],
        "day": short_day(amendment.said_at),
        "who": named,
        "by": amendment.by.get_full_name() or amendment.by.get_username(),
    }
    return _("said %(how)s, %(day)s, by %(who)s; recorded by %(by)s") % parts


@dataclass(frozen=True, slots=True)
class StaffRow(summary.Row):
    """A question with its answer as staff read it; ``changed`` says how an unsafe one became another.

    ``source`` says who told staff the answer that stands, ``note`` what they said beside it.
    """

    changed: str = ""
    source: str = ""
    note: str = ""


def rows_with_before(own: list[fields.Field], submission: Submission, redaction: Redaction) -> list[StaffRow]:
    """The rows of the answers as they stand; an amended one says what was sent ``before``.

    An unsafe answer that was taken back says so, whether before sending or after it.
    """
    sent: dict[str, str] = {}
    newest: dict[str, Amendment] = {}
    if not submission.is_draft and (made := submission.made_amendments()):
        sent = {row.path: row.answer for row in _rows(own, submission.answers, submission)}
        newest = {path: each for each in made for path in each.changes}
    changed = taken_back(submission, redaction)
    return [
        StaffRow(
            row.question,
            row.answer,
            row.path,
            row.reader,
            before=""
            if sent.get(row.path, row.answer) == row.answer
            else sent[row.path] or _("Not answered"),
            changed=changed.get(row.path, ""),
            source=source_of(each) if (each := newest.get(row.path.split("[")[0])) else "",
            note=(each.notes or {}).get(row.path, "") if each else "",
        )
        for row in _rows(own, submission.current, submission)
    ]


def _rows(own: list[fields.Field], answers: dict, submission: Submission) -> list[summary.Row]:
    """The rows of ``answers``, with what is no answer and was kept as typed."""
    kept = submission.kept_as_typed
    return [summary.with_words(row, kept.get(row.path)) for row in summary.rows(own, answers)]
