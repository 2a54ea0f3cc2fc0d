"""Who somebody is clinically, in one to four sentences made of data alone: nothing here is inferred."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.fields import BY_PATH, Answers, Reader
from intake.fields.lookup import answer
from intake.questionnaire import summary
from intake.scales import PHQ9
from treatments.catalog import TREATMENTS
from treatments.models import Referral
from treatments.reading.redaction import RULE_OF, Redaction, reads_protected
from treatments.reading.safety_said import TITLES, SafetySaid, safety_said, screen_is_finished, screen_words
from treatments.reading.short_words import NOS
from treatments.rules.criteria.rule import CLINICIAN_FIRST
from treatments.rules.trials import Trials, adequate_failure
from treatments.workflow import Hold
from treatments.workflow.risk import RISK_LEVELS, RiskLevel

SEX = "about.sex_at_birth"
STANDS = {
    Hold.NONE: gettext_lazy("no hold stands"),
    Hold.SAME_DAY: gettext_lazy("a same-day hold stands"),
    Hold.URGENT: gettext_lazy("an urgent hold stands"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the summary, their own blank before them; ``strong``: what the eye must meet."""

    words: str
    strong: bool = False


def summary_of(
    redaction: Redaction,
    referral: Referral,
    assessment: Mapping[str, Any] | None,
    said: SafetySaid | None = None,
) -> list[Piece]:
    """The pieces in their order; ``assessment`` is the rules' account as this reader may have it, ``said`` what
    ``safety_said`` gives, where the caller has read it. Substance use has no place in it, whoever reads.
    """
    answers = referral.submission.current
    said = said or safety_said(referral.submission, redaction)
    return [
        Piece(_who(referral, answers)),
        *(_severity(referral, answers, assessment) if assessment else [Piece(_("Not assessed."))]),
        *_trials(answers),
        Piece(" "),
        *_safety(said, assessment["scores"] if assessment else {}, hides=redaction.hides),
        *_clinician(referral),
        Piece("."),
        *(_first(assessment) if assessment else []),
    ]


def _who(referral: Referral, answers: Answers) -> str:
    sex = summary.in_words(BY_PATH[SEX], answer(answers, SEX))
    if answer(answers, SEX) in (None, "declined"):
        sex = _("Sex not said")
    age = referral.age(localdate())
    if own := answer(answers, "about.gender"):
        sex = f"{capfirst(own)} ({sex.lower()})"
    return f"{sex}, {age}." if age is not None else f"{sex}."


def _severity(referral: Referral, answers: Answers, assessment: Mapping[str, Any]) -> list[Piece]:
    score = assessment["scores"].get("phq9") or {}
    month_day = date_format(localdate(referral.submission.submitted_at or referral.received_at), "M j")
    months = answer(answers, "history.episode_months")
    lasted = (
        _("how long this episode has lasted: not said")
        if months is None
        else ngettext("this episode %(n)s month", "this episode %(n)s months", months) % {"n": f"{months:g}"}
    )
    if score.get("total") is None:
        return [Piece(_(" PHQ-9 not finished, %(lasted)s.") % {"lasted": lasted})]
    band = capfirst(str(score["band"]).replace("_", " "))
    if score["band"] == "none":
        band = _("No or minimal")
    return [
        Piece(_(" %(band)s depression (PHQ-9") % {"band": band}),
        Piece(f" {score['total']}", strong=True),
        Piece(
            _(" of %(most)d, %(day)s), %(lasted)s.")
            % {"most": PHQ9.maximum, "day": month_day, "lasted": lasted}
        ),
    ]


def _trials(answers: Answers) -> list[Piece]:
    """Of the antidepressants that were named: those adequate without benefit, and those of which nobody knows."""
    entries = answer(answers, "antidepressants.trials")
    if not entries:
        words = _("Medicines tried for depression: not answered.")
        return [Piece(f" {words if entries is None else _('No medicine tried for depression.')}")]
    trials = Trials(entries, None)
    sure = trials.sure(adequate_failure)
    unknown = [key.lstrip("? ") for key, met in trials.drugs(adequate_failure).items() if met.value is None]
    count = ngettext(
        "%(n)s adequate trial without benefit", "%(n)s adequate trials without benefit", len(sure)
    )
    pieces = [Piece(" " + count % {"n": capfirst(_in_letters(len(sure)))}, strong=True)]
    if sure:
        classes = len({drug.cls for drug in sure})
        words = ngettext(", %(n)s class: ", ", %(n)s classes: ", classes) % {"n": _in_letters(classes)}
        pieces.append(Piece(words + ", ".join(drug.generic for drug in sure)))
    if unknown:
        pieces.append(Piece(_("; not known: %(names)s") % {"names": ", ".join(unknown)}))
    return [*pieces, Piece(".")]


def _in_letters(number: int) -> str:
    letters = _("no one two three four five six seven eight nine").split()
    return letters[number] if number < len(letters) else str(number)


def _safety(said: SafetySaid, scores: Mapping[str, Any], *, hides: bool) -> list[Piece]:
    yes, unknown = (
        [row for row in rows if row.reader is not Reader.SUBSTANCE_USE] for rows in (said.yes, said.unknown)
    )
    if yes:
        count = ngettext("%(n)d safety answer says yes", "%(n)d safety answers say yes", len(yes))
        worst = str(TITLES.get(yes[0].path) or NOS.get(yes[0].path) or yes[0].question)
        pieces = [Piece(count % {"n": len(yes)}, strong=True), Piece(": "), Piece(worst, strong=True)]
    elif hides:
        pieces = [Piece(_("No safety answer that you may read says yes"))]
    elif said.yes:
        pieces = [Piece(_("No safety answer says yes, substance use apart"))]
    else:
        pieces = [Piece(_("No safety answer says yes"))]
    if unknown:
        pieces.append(Piece(_(", %(n)d not known") % {"n": len(unknown)}, strong=True))
    elif scores and not screen_is_finished(scores):  # as where somebody else answered
        pieces.append(Piece(f", {screen_words(scores)}", strong=True))
    return pieces


def _clinician(referral: Referral) -> list[Piece]:
    if not referral.clinician_level:
        return []
    _shape, level = RISK_LEVELS[RiskLevel(referral.clinician_level)]
    words = _("; the clinician says %(level)s, %(hold)s")
    return [Piece(words % {"level": str(level).lower(), "hold": STANDS[referral.standing_hold]})]


def _first(assessment: Mapping[str, Any]) -> list[Piece]:
    """The first finding that a clinician decides on before anything else; those that hold are told by the safety."""
    for key, treatment in TREATMENTS.items():
        for finding in assessment["treatments"][key]["findings"]:
            grave = finding["effect"] == CLINICIAN_FIRST and not RULE_OF[finding["rule"]].hold
            if grave and not reads_protected(tuple(finding["answers"])):
                words = _(" %(treatment)s: %(why)s, a clinician first (%(rule)s).")
                why = next((str(NOS[path]) for path in finding["answers"] if path in NOS), finding["because"])
                why = why.rstrip(".")
                return [Piece(words % {"treatment": treatment.name, "why": why, "rule": finding["rule"]})]
    return []
