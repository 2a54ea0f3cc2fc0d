"""What each treatment's rules make of a person, with the questions and answers behind it: to choose a queue by."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake import fields
from intake.fields import Answers, Kind
from intake.fields.kinds import Text
from intake.fields.lookup import answer, field_path
from intake.locations import settings_of
from intake.questionnaire.asking import is_asked
from intake.times.moments import short_day
from treatments.catalog import TREATMENTS
from treatments.models import Referral
from treatments.reading.answers import question
from treatments.reading.changes import StaffRow, rows_with_before
from treatments.reading.redaction import RULE_OF, Redaction
from treatments.reading.short_words import NOS, YESES
from treatments.rules.criteria import EFFECTS as EFFECTS_OF_RULES
from treatments.rules.criteria import Rule
from treatments.rules.criteria.rule import CLINICIAN_FIRST
from treatments.workflow.effects import EFFECTS

STRONGEST_FIRST = EFFECTS_OF_RULES[::-1]
# Beside a yes, what the person wrote about it.
OWN_WORDS = {
    "health.seizure_ever": "health.seizure_details",
    "health.metal_in_head_or_neck": "health.metal_details",
}
IN_THE_HEAD = "about.date_of_birth"
SYSTOLIC, DIASTOLIC, MEASURED = "health.bp_systolic", "health.bp_diastolic", "health.bp_date"


@dataclass(frozen=True, slots=True)
class Said:
    """A question with its answer; ``own``: what the person wrote beside it, ``changed``: what it was before."""

    question: str
    answer: str
    own: str = ""
    changed: str = ""
    path: str = ""
    is_no: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: its effect in words, the reason, the rule, and the answers that made it.

    ``remark``: what of the reason stands elsewhere, with the sources.
    """

    effect: Text
    because: str
    rule: str
    said: list[Said]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One treatment: its state, what was found, what has to be asked, what was answered yes and what no.

    ``nos`` are those whose yes a clinician would have to decide on first, ``other_nos`` the rest.
    """

    key: str
    name: Text
    state: str
    undecided: str
    found: list[Found]
    ask: list[str]
    yeses: list[Text]
    nos: list[Text]
    other_nos: list[Text]


def cards(redaction: Redaction, referral: Referral, assessment: Mapping[str, Any]) -> list[Card]:
    """A card for each treatment in the catalog's order; ``assessment`` is the rules' account as they may have it."""
    answers = redaction.readable(referral.submission.current)
    rows = _rows_behind(redaction, referral, assessment)
    return [_card(key, assessment["treatments"][key], answers, rows) for key in TREATMENTS]


def _card(key: str, found: Mapping[str, Any], answers: Answers, rows: Mapping[str, StaffRow]) -> Card:
    findings = sorted(found["findings"], key=lambda finding: STRONGEST_FIRST.index(finding["effect"]))
    # A no that made a finding stands there; a question whose yes holds the referral, with the safety answers.
    answered = {path for finding in findings for path in finding["answers"]}
    rules = [rule for rule in RULE_OF.values() if key in rule.effects and not rule.hold]
    grave = [rule for rule in rules if rule.effects[key] == CLINICIAN_FIRST]
    others = _nos([rule for rule in rules if rule not in grave], answered, answers)
    first = _nos(grave, answered, answers)
    yeses = [
        words for path, words in YESES.items() if path in _reads(rules) and answer(answers, path) == "yes"
    ]
    return Card(
        key=key,
        name=TREATMENTS[key].name,
        state=found["state"],
        undecided=found["undecided"],
        found=[_found(finding, answers, rows) for finding in findings],
        ask=to_ask(found["ask"]),
        yeses=[*yeses, *_pressure(rules, answered, answers)],
        nos=list((first or others).values()),
        other_nos=[words for path, words in others.items() if path not in first] if first else [],
    )


def _found(finding: Mapping[str, Any], answers: Answers, rows: Mapping[str, StaffRow]) -> Found:
    said = []
    for path in finding["answers"]:
        row = rows.get(path)
        if row is not None and row.answer:
            own = answer(answers, OWN_WORDS[path]) if path in OWN_WORDS else None
            is_no = answer(answers, path) == "no"
            said.append(Said(row.question, row.answer, own or "", row.changed, path, is_no))
    return Found(EFFECTS[finding["effect"]][1], finding["because"], finding["rule"], said)


def to_ask(rows: Iterable[Mapping[str, Any]], words: Callable[[str], str] = question) -> list[str]:
    """The questions that rules wait for, each once; of a list of entries only how many details are open.

    ``words`` gives those of a question by its path.
    """
    details: dict[str, set[str]] = {}
    for path in (path for row in rows for path in row["fields"]):
        of_entry = "[" in path and fields.BY_PATH[field_path(path)].kind is Kind.ENTRIES
        details.setdefault(field_path(path) if of_entry else path, set()).update([path] if of_entry else [])
    return [
        f"{words(path)} ({ngettext('%(n)d detail', '%(n)d details', len(open_)) % {'n': len(open_)}})"
        if open_
        else words(path)
        for path, open_ in details.items()
    ]


def _rows_behind(
    redaction: Redaction, referral: Referral, assessment: Mapping[str, Any]
) -> dict[str, StaffRow]:
    """The questions and answers that findings name, by path; those of whole scales and lists stand in the reason."""
    found = (row for of in assessment["treatments"].values() for row in of["findings"])
    paths = {field_path(path) for row in found for path in row["answers"]} - {IN_THE_HEAD}
    owners = [
        fields.BY_PATH[path]
        for path in sorted(paths)
        if path in fields.BY_PATH and fields.BY_PATH[path].kind is not Kind.ENTRIES
    ]
    readable = [owner for owner in owners if redaction.may_read(owner.path)]
    return {row.path: row for row in rows_with_before(readable, referral.submission, redaction)}


def _reads(rules: Iterable[Rule]) -> list[str]:
    return list(dict.fromkeys(path for rule in rules for path in rule.reads))


def _nos(rules: Iterable[Rule], answered: set[str], answers: Answers) -> dict[str, Text]:
    """What was asked for ``rules`` and answered no, in short words, by its path."""
    return {
        path: NOS.get(path) or question(path)
        for path in _reads(rules)
        if path not in answered
        and path not in YESES
        and answer(answers, path) == "no"
        and _was_asked(path, answers)
    }


def _question(owner: fields.Field, path: str) -> fields.Field:
    key = path.rpartition(".")[2]
    return next((part for part in owner.parts if part.key == key), owner)


def _was_asked(path: str, answers: Answers) -> bool:
    owner = fields.BY_PATH[field_path(path)]
    return is_asked(_question(owner, path), owner, answers, settings_of(None).suicide_screen)


def _pressure(rules: Iterable[Rule], answered: set[str], answers: Answers) -> list[str]:
    """The blood pressure and when it was measured, for a treatment that it matters to, unless a finding says it."""
    readings = [answer(answers, path) for path in (SYSTOLIC, DIASTOLIC)]
    if SYSTOLIC in answered or None in readings or not any(SYSTOLIC in rule.reads for rule in rules):
        return []
    words = _("blood pressure %(systolic)s/%(diastolic)s") % dict(
        zip(("systolic", "diastolic"), readings, strict=True)
    )
    day = answer(answers, MEASURED)
    return [f"{words} ({short_day(date.fromisoformat(day))})" if day else words]
