"""The safety answers sorted for reading: what says yes, worst first, what is not known, and what says no."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intake.fields import Answers, Reader
from intake.fields.lookup import answer
from intake.fields.urgency import RANK
from intake.models import Submission
from intake.questionnaire.dangers import DANGERS, very_high_reading
from intake.scoring.suicide import INCOMPLETE
from treatments.reading.redaction import WITHOUT_GRANTS, Redaction
from treatments.reading.safety import WHERE_NOW, SafetyRow, safety_rows
from treatments.reading.taken_back import ITEM_9
from treatments.rules.criteria import RULES
from treatments.rules.medicines import LIST

ITEM_9_ROW = ITEM_9["mood.phq9"]
# Who answered, from where and when measured: no answer that says yes or no.
BESIDE = frozenset({*WHERE_NOW, "about.filled_by", "health.bp_date"})
PRESSURE = frozenset({"health.bp_systolic", "health.bp_diastolic"})
# How grave a yes is, the gravest last; of a screen the later questions are the graver ones.
GRAVITY = {
    ITEM_9.get(path, path): (RANK[danger.urgency], place)
    for place, danger in enumerate(DANGERS)
    for path in danger.paths
}
TITLES = {ITEM_9.get(path, path): danger.title for danger in DANGERS for path in danger.paths}
# What holds the referral by itself; the rest does only beside a medicine, and stands with the treatments too.
ALONE = {*GRAVITY, *(path for rule in RULES if rule.hold and LIST not in rule.reads for path in rule.reads)}
EVERYTHING = Redaction(User(), frozenset(Reader))
UNFINISHED = (None, INCOMPLETE)


@dataclass(frozen=True, slots=True)
class SafetySaid:
    """``yes`` is worst first and holds what was a yes once; ``with_medicine`` says yes to what is unsafe only with
    a medicine; ``beside`` says who answered and from where.
    """

    yes: list[SafetyRow]
    with_medicine: list[SafetyRow]
    unknown: list[SafetyRow]
    no: list[SafetyRow]
    beside: list[SafetyRow]

    @property
    def line(self) -> str:
        """How many of the questions that were asked have an answer."""
        open_ = len(self.unknown)
        asked = len(self.yes) + len(self.with_medicine) + open_ + len(self.no)
        if open_:
            return _("%(n)d of %(all)d answered.") % {"n": asked - open_, "all": asked}
        return ngettext("The one question is answered.", "All %(n)d answered.", asked) % {"n": asked}


def safety_said(submission: Submission, redaction: Redaction) -> SafetySaid:
    """What of the safety answers this reader may have."""
    answers = submission.current
    found = SafetySaid([], [], [], [], [])
    for row in safety_rows(submission, redaction):
        if row.unasked:
            continue
        if row.path in BESIDE:
            found.beside.append(row)
        else:
            _place(found, row, says(row.path, answers)).append(row)
    for rows in (found.yes, found.unknown):
        rows.sort(key=lambda row: GRAVITY.get(row.path, (0, 0)), reverse=True)
    return found


def _place(found: SafetySaid, row: SafetyRow, said: bool | None) -> list[SafetyRow]:
    if said or row.changed:
        alone = any(row.path == path or row.path.startswith(f"{path}.") for path in ALONE)
        return found.yes if alone else found.with_medicine
    return found.unknown if said is None else found.no


def says(path: str, answers: Answers) -> bool | None:
    """Whether the safety answer at ``path`` says yes; None where it is not known."""
    value: Any
    if path == ITEM_9_ROW:
        items = answer(answers, "mood.phq9")
        value = items[8] if items and len(items) == 9 else None
        return None if value is None else value > 0
    value = answer(answers, path)
    if value is None:
        return None
    if path in PRESSURE:
        return very_high_reading(answers)
    if isinstance(value, list):
        return bool(value)
    return {"yes": True, "no": False}.get(value)


def yes_words(said: SafetySaid) -> str:
    """How many say yes; that none does is no all-clear."""
    if not said.yes:
        return _("No answer says yes")
    return ngettext("%(n)d says yes", "%(n)d say yes", len(said.yes)) % {"n": len(said.yes)}


def safety_line(said: SafetySaid, scores: Mapping[str, Any]) -> str:
    """What the safety answers came to, as whoever decides has it before them."""
    return f"{yes_words(said)}. {said.line} {screen_words(scores)}."


def with_safety_lines(kept: Mapping[str, Any], submission: Submission) -> dict[str, Any]:
    """The account that ``assessment_to_keep`` gives, with the safety line as each of its readers has it on the page."""
    everything, masked = (
        safety_line(safety_said(submission, redaction), kept["scores"])
        for redaction in (EVERYTHING, WITHOUT_GRANTS)
    )
    return {**kept, "safety_line": everything, "masked": {**kept["masked"], "safety_line": masked}}


def screen_words(scores: Mapping[str, Any]) -> str:
    """What the suicide screen came to, with its name; "none reported" is no all-clear, a missing answer no "none"."""
    name, level = _screen(scores)
    if level in UNFINISHED:
        return _("%(screen)s: not finished") % {"screen": name}
    if level in ("none", "negative"):
        return _("%(screen)s: none reported") % {"screen": name}
    return f"{name}: {str(level).replace('_', ' ')}"


def screen_is_finished(scores: Mapping[str, Any]) -> bool:
    return _screen(scores)[1] not in UNFINISHED


def _screen(scores: Mapping[str, Any]) -> tuple[str, str | None]:
    asq = scores.get("asq")
    return ("ASQ", asq.get("result")) if asq else ("C-SSRS", (scores.get("cssrs") or {}).get("level"))
