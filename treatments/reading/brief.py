"""The one-page brief for a team: the lines of its parts, each with the answer it comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake import fields, scales
from intake.fields import Answers
from intake.fields.lookup import answer, field_path
from intake.fields.treatments_tried import BENEFITS
from intake.models import Submission
from intake.questionnaire.summary import entry_rows, in_entry
from treatments.models import Referral
from treatments.reading.answers import question
from treatments.reading.changes import StaffRow
from treatments.reading.check_lines import (
    UNKNOWN_NEXT,
    YES_FIRST,
    Line,
    cut,
    place_of,
    short,
    unknown,
)
from treatments.reading.redaction import Redaction
from treatments.reading.safety import OWNERS, PATHS, WHERE_NOW, safety_rows
from treatments.reading.short_words import SAFETY
from treatments.reading.trial_history import adequacy, weeks_chosen
from treatments.rules.thresholds import GAD7_FROM, PHQ9_MODERATE_FROM
from treatments.rules.trial import TRIALS, Trial
from treatments.rules.trials import Trials
from treatments.workflow.effects import EFFECTS
from treatments.workflow.risk import ALARM

# Name, full marks, and from which total on a scale stands out; None: what the scale itself calls positive.
SCORES = (
    ("phq9", scales.PHQ9, "PHQ-9", "mood.phq9", PHQ9_MODERATE_FROM.value),
    ("gad7", scales.GAD7, "GAD-7", "anxiety.gad7", GAD7_FROM.value),
    ("audit_c", scales.AUDIT_C, "AUDIT-C", "substances.audit_c", None),
    ("pc_ptsd5", scales.PC_PTSD5, "PC-PTSD-5", "anxiety.pc_ptsd5", None),
)
# Lines of one part; more would not fit on the page.
MOST_TRIALS, MOST_FOUND, MOST_MEDICINES, MOST_OTHERS = 10, 5, 12, 3
MANY_LINES = 60  # from here on the type on paper is smaller
LETTERS_OF_A_LINE = 60  # of the summary, which takes the whole width
NOW = "medicines.list"
ALLERGIES = "medicines.allergies"
THERAPY = "other_treatments.therapy"
# What the safety part shows, a screen as a whole too; lists of medicines stand by themselves.
SAFETY_PATHS = {path for path in PATHS if field_path(path) in {owner.path for owner in OWNERS}}
# Of a safety question with an answer of its own kind, what stands for "nothing of it".
HARMLESS: tuple[object, ...] = ("no", "self", 0, [])


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: list[Line] = field(default_factory=list)
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """One medicine in the table of those tried; ``counts`` has its shape before its words."""

    name: str
    when: str
    dose: str
    weeks: str
    better: str
    stopped: str
    counts: str
    open: bool


def more_than(most: int, found: int) -> str:
    """What stands after the ``most`` first of ``found``, "" where those are all: one page."""
    return _("%(n)d more, see the whole referral") % {"n": found - most} if found > most else ""


# --- Safety and scores ----------------------------------------------------------------------------------


def safety_lines(submission: Submission, redaction: Redaction, elsewhere: set[str]) -> list[Line]:
    """The safety answers: each yes and what is not known by itself, then every no by name.

    ``elsewhere`` are the paths of answers that stand in another part of the sheet.
    """
    answers = submission.current
    found, nos = [], []
    for row in safety_rows(submission, redaction):
        said = row_value(row, answers)
        if row.path in WHERE_NOW or row.path in elsewhere or (row.unasked and not row.changed):
            continue
        words = str(SAFETY.get(row.path) or short(row.path))
        if row.changed:
            was = f"{row.answer or unknown(None)} ({row.changed})"
            found.append(Line(words, was, row.path, True, "", YES_FIRST))
        elif said in (None, "not_sure", "declined"):
            found.append(Line(words, unknown(said), row.path, True, "", UNKNOWN_NEXT))
        elif said in HARMLESS:
            nos.append(Line(words, _("No"), row.path))
        else:
            found.append(Line(words, cut(row.answer), row.path, True, "", YES_FIRST))
    return sorted(found, key=lambda line: line.rank) + _together(nos)


def row_value(row: StaffRow, answers: Answers) -> object:
    if row.path.endswith("]"):  # an item of a scale
        owner, _bracket, place = row.path.rstrip("]").rpartition("[")
        items = answer(answers, owner)
        return items[int(place)] if items else None
    return answer(answers, row.path)


def _together(nos: list[Line]) -> list[Line]:
    if len(nos) < 2:
        return nos
    words = "; ".join(line.words for line in nos)
    return [Line(words, _("No to each"), nos[0].path)]


def scores(readable: Mapping) -> list[Line]:
    """The totals with their bands or results; a scale that may not be read is not in ``readable``."""
    lines = []
    for key, scale, name, path, cutoff in SCORES:
        score = readable.get(key)
        if not score:
            continue
        total = score["total"]
        if total is None:
            lines.append(Line(name, f"? {_('not finished')}", f"{path}[0]", True))
            continue
        above = score.get("positive") if cutoff is None else total >= cutoff
        lines.append(Line(name, f"{total} / {scale.maximum}{_meaning(score)}", f"{path}[0]", bool(above)))
    if drugs := readable.get("drug_item"):
        times = f"? {_('not answered')}" if drugs["times"] is None else f"{drugs['times']:g}"
        lines.append(
            Line(_("Drug use in the past year, times"), times, "substances.drug_use_past_year", times != "0")
        )
    return lines


def _meaning(score: Mapping) -> str:
    if score.get("band"):
        return f", {str(score['band']).replace('_', ' ')}"
    if (positive := score.get("positive")) is None:
        return ""
    return f", {_('positive') if positive else _('negative')}"


# --- What the rules found beside the checklist -----------------------------------------------------------


def beside_checklist(found: Mapping, shown: set[str], answers: Answers) -> list[Line]:
    """Of one treatment's findings and open questions those that rest on more than the answers ``shown``."""
    lines = []
    for row in found["findings"]:
        if not set(row["answers"]) or not set(row["answers"]) <= shown:
            shape, effect = EFFECTS[row["effect"]]
            first = place_of(row["answers"][0], answers) if row["answers"] else ""
            bold = row["effect"] != "supports"
            lines.append(Line(f"{shape} {effect}: {row['because']}", "", first, bold))
    open_ = {
        path: None for ask in found["ask"] for path in ask["fields"] if path not in shown and "[" not in path
    }
    lines += [Line(question(path), unknown(None), place_of(path, answers), True) for path in open_]
    rest = more_than(MOST_FOUND, len(lines))
    return [*lines[:MOST_FOUND], *([Line(rest)] if rest else [])]


# --- Lists ------------------------------------------------------------------------------------------------


def entries(path: str, words: str, answers: Answers, most: int = MOST_MEDICINES) -> Line:
    """The list at ``path`` in one line; a list that was not given is not an empty one."""
    owner = fields.BY_PATH[path]
    given = answer(answers, path)
    if given is None:
        return Line(words, unknown(None), path, True)
    if not given:
        return Line(words, _("None"), path)
    named = [
        " ".join(row.answer for row in entry_rows(owner, entry) if row.answer and row.answer != _("No"))
        for entry in given
    ]
    rest = more_than(most, len(named))
    return Line(words, "", place_of(path, answers), own="; ".join([*named[:most], *([rest] if rest else [])]))


def therapies(answers: Answers) -> Line:
    """The talking therapies, each with its sessions and what it brought; told that there was none is a no."""
    path, words = "other_treatments.therapy_had", _("Talking therapy")
    had, given = answer(answers, path), answer(answers, THERAPY)
    if had == "no":
        return Line(words, _("No"), path)
    if not given:
        return Line(words, _("Yes, which is not told") if had == "yes" else unknown(had), path, True)
    kind = fields.BY_PATH[THERAPY].parts[0]
    told = []
    for entry in given[:MOST_OTHERS]:
        parts = [in_entry(kind, entry).partition(" (")[0]]
        sessions = entry.get("sessions")
        parts.append(_("sessions not known") if sessions is None else _("%(n)g sessions") % {"n": sessions})
        benefit = BENEFITS.get(entry.get("improvement"))
        parts.append(benefit.words if benefit else _("benefit not known"))
        told.append(", ".join(filter(None, parts)))
    rest = more_than(MOST_OTHERS, len(given))
    return Line(words, "", place_of(THERAPY, answers), own="; ".join([*told, *([rest] if rest else [])]))


def tried(answers: Answers, classes: Iterable[Mapping]) -> list[Tried]:
    """The medicines tried, those of this episode first; ``classes`` are the assessment's trials."""
    listed = Trials(answer(answers, TRIALS), None).listed
    by_place = dict(enumerate(row.get("class") for row in classes))
    ordered = sorted(listed, key=lambda trial: trial.this_episode.value is not True)
    return [_tried(trial, by_place.get(trial.place)) for trial in ordered]


def _tried(trial: Trial, cls: str | None) -> Tried:
    parts = {part.key: part for part in fields.BY_PATH[TRIALS].parts}
    kind, words = adequacy(trial)
    shape = {"adequate": "●", "short": "○", "unknown": "?", "apart": "+"}[kind]
    name = trial.drug.generic if trial.drug else f"“{cut(trial.typed)}”"
    benefit = BENEFITS.get(trial.entry.get("improvement"))
    still = trial.entry.get("still_taking") == "yes"
    least = f"{trial.min_dose_mg:g}" if trial.min_dose_mg else ""
    dose = "?" if trial.dose_mg is None else f"{trial.dose_mg:g}"
    return Tried(
        name=f"{name}, {cls}" if cls else name,
        when=_span(trial),
        dose=f"{dose} ({least})" if least else dose,
        weeks=weeks_chosen(trial) or ("?" if trial.weeks is None else f"{trial.weeks:g}"),
        better=benefit.words.removesuffix(" better") if benefit else "?",
        stopped=_("still taken") if still else in_entry(parts["stopped_because"], trial.entry) or "?",
        counts=f"{shape} {capfirst(words)}",
        open=kind == "unknown",
    )


def _span(trial: Trial) -> str:
    """Such as "Mar 2024" and "now"; one question mark where nothing is known."""
    began, ended = (_month(trial.entry.get(key)) for key in ("started", "stopped"))
    if trial.entry.get("still_taking") == "yes":
        return _("%(began)s – now") % {"began": began or "?"}
    return f"{began or '?'} – {ended or '?'}" if began or ended else "?"


def _month(stored: str | None) -> str:
    """A month as it is stored, ``2024-03`` or ``2024``."""
    if not stored or len(stored) == len("2024"):
        return stored or ""
    return date_format(date.fromisoformat(f"{stored}-01"), "M Y")


# --- The hold ---------------------------------------------------------------------------------------


def why_held(redaction: Redaction, referral: Referral, assessed: Mapping | None) -> list[str]:
    """Why there is a hold: the rules' sentences, and the code of a rule that no longer asks for it."""
    found = {row["rule"]: row["because"] for row in assessed["hold_findings"]} if assessed else {}
    if not referral.hold_rules:
        return []
    known = found | {ALARM: _("An alert was closed and its hold kept (ALARM).")}
    return [known.get(rule, rule) for rule in redaction.standing_rules(referral)]
