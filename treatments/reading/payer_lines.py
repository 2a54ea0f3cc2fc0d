"""The words that stand for a coverage, a policy, the place of an answer, and a row of evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from intake.fields import BY_PATH, Kind
from intake.fields.lookup import answer, field_path
from intake.questionnaire.summary import in_entry
from intake.times.moments import short_day
from treatments.models import Coverage, Evidence, PackReview, Referral
from treatments.payers.names import PAYERS, proposed
from treatments.payers.shapes import Pack
from treatments.payers.vocabulary import GENERIC
from treatments.reading.answers import question
from treatments.reading.changes import source_of
from treatments.reading.redaction import Redaction
from treatments.reading.responders import name_of
from treatments.reading.support import Support
from treatments.workflow.payer_words import KIND_WORDS, LINE_WORDS, YES_NO_NOT_SURE


def coverage_words(coverage: Coverage | None) -> list[str]:
    """The payer and what else the row of the coverage says, in parts; nothing where none is set."""
    if coverage is None:
        return []
    parts = [
        payer_name(coverage),
        str(LINE_WORDS.get(coverage.line, "")),
        coverage.plan,
        _("member ID %(id)s") % {"id": coverage.member_id} if coverage.member_id else "",
        _("our contract: %(answer)s") % {"answer": YES_NO_NOT_SURE[coverage.contracted]}
        if coverage.contracted in YES_NO_NOT_SURE
        else "",
        _benefits(coverage),
    ]
    return [part for part in parts if part]


def payer_name(coverage: Coverage) -> str:
    row = PAYERS.get(coverage.payer)
    return row.name if row else coverage.payer_name


def _benefits(coverage: Coverage) -> str:
    if coverage.benefits_checked_on is None or coverage.benefits_checked_by is None:
        return ""
    words = {"day": short_day(coverage.benefits_checked_on), "who": name_of(coverage.benefits_checked_by)}
    said = _("benefits checked %(day)s by %(who)s") % words
    return f"{said}: {coverage.benefits_note}" if coverage.benefits_note else said


def typed_words(referral: Referral, redaction: Redaction) -> list[str]:
    """What the person typed about their insurance."""
    answers = redaction.readable(referral.submission.current)
    found = (answer(answers, f"practical.{key}") for key in ("insurer", "plan"))
    return [words for words in found if words]


def proposals(referral: Referral, redaction: Redaction) -> list[str]:
    """The keys of the payers that the typed words propose; a person chooses."""
    answers = redaction.readable(referral.submission.current)
    return proposed(typed_words(referral, redaction), answer(answers, "about.state"))


def pack_words(pack: Pack, *, own: bool = True) -> str:
    """The policy in a line: its number, when it was read, whether it is verified; ``own``: that a list is ours."""
    name = "" if pack.payer == GENERIC else pack.policy or pack.pack
    read = _("read %(day)s") % {"day": short_day(date.fromisoformat(pack.read_on))} if pack.read_on else ""
    ours = _("a strict list of our own") if own and pack.payer == GENERIC else ""
    verified = _("verified") if pack.verified else _("not verified")
    return ", ".join(filter(None, (name, ours, read, verified)))


def review_words(review: PackReview | None) -> str:
    if review is None:
        return _("not reviewed by this clinic")
    return _("reviewed by %(who)s, %(day)s") % {"who": name_of(review.by), "day": short_day(review.at)}


def path_words(path: str, answers: Mapping[str, Any]) -> str:
    """The answer's place in words: of an entry of a list its name, then the question."""
    field = BY_PATH[field_path(path)]
    tail = path[len(field.path) :]
    if field.kind is not Kind.ENTRIES or not tail:
        return question(path)
    place, _dot, part = tail[1:].partition("]")
    entries: Any = answer(answers, field.path) or []
    named = ""
    if int(place) < len(entries):
        named = in_entry(field.parts[0], entries[int(place)]).partition(" (")[0]
    named = named or f"{field.question} {int(place) + 1}"
    words = next((str(each.question) for each in field.parts if f".{each.key}" == part), "")
    return f"{named}: {words}" if words else named


def support_words(row: Support) -> str:
    """One line of evidence: how strong, what it was, whose word, where it lies."""
    day = short_day(date.fromisoformat(row.on))
    if not isinstance(row.source, Evidence):
        return source_of(row.source)
    seen = row.source
    head = (
        _("says something else")
        if row.agrees == "no"
        else _("seen")
        if row.strength == "shown"
        else _("told")
    )
    parts = [str(KIND_WORDS[row.kind]), day, seen.informant, seen.place, seen.says]
    by = _("written down by %(who)s") % {"who": name_of(seen.by)}
    return f"{head}: {', '.join(filter(None, parts))} ({by})"
