"""What may be told to staff after sending: by whom, how, of which fields, and what is wrong with it; judging only."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.document.faults import answer_faults
from intake.fields import BY_PATH, FIELDS, Answers, Field, Kind, Reader
from intake.fields.kinds import Text
from intake.fields.lookup import answer, field_path
from intake.questionnaire import amendments
from intake.questionnaire.dangers import DANGERS

PATIENT, MESSAGE = "patient", "message"
WHO: Mapping[str, Text] = {
    PATIENT: gettext_lazy("the patient"),
    "helper": gettext_lazy("a helper"),
    "family": gettext_lazy("family"),
    "prescriber": gettext_lazy("a prescriber"),
    "pharmacy": gettext_lazy("a pharmacy"),
    "other": gettext_lazy("somebody else"),
}
HOW: Mapping[str, Text] = {
    "phone": gettext_lazy("by phone"),
    "room": gettext_lazy("in the room"),
    "paper": gettext_lazy("on paper"),
    MESSAGE: gettext_lazy("in a message"),
}
# Asked word for word: only of the person, and only while they can be heard.
IN_VOICE = frozenset({"phone", "room"})
IN_FULL = frozenset({"mood.phq9", "anxiety.gad7"})
# Who somebody is does not change without a reason.
NEEDS_REASON = frozenset({"about.first_name", "about.last_name", "about.date_of_birth"})


def is_in_full(field: Field) -> bool:
    """Whether it is told whole, from its first question on: a suicide-risk screen, PHQ-9, GAD-7."""
    return bool(field.screen) or field.path in IN_FULL


def may_be_told(field: Field, answers: Answers, screen: str) -> bool:
    """Whether staff may record what somebody says to ``field``; substance use only of who agreed to that."""
    if field.section == "consent" or not field.by_hand or (field.screen and field.screen != screen):
        return False
    agreed = answer(answers, "consent.substance_use_agreed") == "yes"
    return field.reader is not Reader.SUBSTANCE_USE or agreed


def tellable(answers: Answers, screen: str) -> list[Field]:
    return [field for field in FIELDS if may_be_told(field, answers, screen)]


def may_answer_in_full(who: str, how: str) -> bool:
    return who == PATIENT and how in IN_VOICE


def told_whole(given: Mapping[str, Any]) -> dict[str, Any]:
    """``given`` (leaf path -> answer) with what was not reached of a screen as None: it replaces the one before."""
    paths = dict.fromkeys(field_path(path) for path in given)
    screens = [path for path in paths if (field := BY_PATH.get(path)) and field.screen]
    return {**dict.fromkeys(amendments.leaves(screens)), **given}


def faults(
    given: Mapping[str, Any],
    before: Answers,
    *,
    who: str,
    how: str,
    notes: Mapping[str, str],
    screen: str,
    today: date,
) -> Iterator[str]:
    """Why what somebody told can't be kept: sentences for staff that hold no answer."""
    fields = {path: BY_PATH.get(field_path(path)) for path in given}
    if not given:
        yield _("Write down at least one answer.")
    if who not in WHO or how not in HOW:
        yield _("Say who answered, and how.")
    if any(field is None or not may_be_told(field, before, screen) for field in fields.values()):
        yield _("Choose from the questions that may be answered for this person.")
        return
    full = {field.path: field for field in fields.values() if field and is_in_full(field)}
    if full and not may_answer_in_full(who, how):
        yield _(
            "Suicide-risk screen, PHQ-9 and GAD-7 are answered by the person alone, by phone or in the room."
        )
    answers = {**before, **as_given(given)}
    if any(first_gap(field, answers) for field in full.values()):
        yield _("Ask from the first question on, in order, and leave none out before the last answer.")
    if any(not notes.get(path, "").strip() for path in NEEDS_REASON & given.keys()):
        yield _("Write why the name or the birth date changes.")
    yield from _document_faults(given, before, today)


def _document_faults(given: Mapping[str, Any], before: Answers, today: date) -> Iterator[str]:
    """As a document is checked; what was wrong before is no fault of what was told."""
    after = amendments.laid_over(before, given)
    known = set(answer_faults(before, FIELDS, today))
    if any(fault not in known for fault in answer_faults(after, FIELDS, today)):
        yield _("An answer does not fit its question.")


def as_given(given: Mapping[str, Any]) -> dict[str, Any]:
    """``given`` (leaf path -> answer) as answers, "does not know" among them."""
    answers: dict[str, Any] = {}
    for path, value in given.items():
        *places, key = path.split(".")
        place = answers
        for name in places:
            place = place.setdefault(name, {})
        place[key] = value
    return answers


def first_gap(field: Field, answers: Answers) -> str:
    """The key of the first question that was left out although a later one was answered, "" for none.

    One that is asked only after another answer counts where it is asked. What follows a gap and is unsafe is no
    reason to refuse it: that must never wait.
    """
    gap = ""
    for part, value in in_order(field, answers):
        if value is None:
            gap = gap or part
        elif gap and not _is_unsafe(field, part, value):
            return gap
    return ""


def reached(field: Field, answers: Answers) -> list[str]:
    """The keys of the questions that may be kept: those before the first one left out, and what is unsafe after it."""
    kept, gap = [], False
    for part, value in in_order(field, answers):
        if value is None:
            gap = True
        elif not gap or _is_unsafe(field, part, value):
            kept.append(part)
    return kept


def in_order(field: Field, answers: Answers) -> Iterator[tuple[str, Any]]:
    """(key, answer) of each question of ``field`` that these ``answers`` ask, or that was answered all the same."""
    stored = answer(answers, field.path)
    for place, part in enumerate(field.parts):
        value = (
            (stored or {}).get(part.key) if field.kind is Kind.GROUP else stored[place] if stored else None
        )
        if value is not None or part.asked_when(answers):
            yield part.key, value


def _is_unsafe(field: Field, key: str, value: Any) -> bool:
    """Whether this one answer of a questionnaire means danger."""
    if field.kind is Kind.GROUP:
        return any(row.is_met({field.section: {field.key: {key: value}}}) for row in DANGERS)
    items = [value if part.key == key else None for part in field.parts]
    return any(row.is_met({field.section: {field.key: items}}) for row in DANGERS)
