"""The one-page consult brief: what a consult needs to know, each line naming the answer it comes from. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from intake import fields, scales
from intake.questionnaire.summary import Row, entry_rows
from treatments.reading.trial_history import course, dose, weeks
from treatments.rules.trial import TRIALS
from treatments.rules.trials import Trials

SCORES = (
    ("phq9", scales.PHQ9, "PHQ-9", "mood.phq9"),
    ("gad7", scales.GAD7, "GAD-7", "anxiety.gad7"),
    ("audit_c", scales.AUDIT_C, "AUDIT-C", "substances.audit_c"),
    ("pc_ptsd5", scales.PC_PTSD5, "PC-PTSD-5", "anxiety.pc_ptsd5"),
)
SCREENS = (("cssrs", "C-SSRS", "safety.cssrs"), ("asq", "ASQ", "safety.asq"))
# Lines of one part; more would not fit on the page.
MOST_TRIALS, MOST_MEDICINES, MOST_OPEN = 10, 15, 30
NOW = "medicines.list"
ALLERGIES = "medicines.allergies"


@dataclass(frozen=True, slots=True)
class Line:
    """``lead`` stands out before ``text``; ``source`` is the path of the answer, or the rule and its answers."""

    text: str
    source: str
    lead: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: list[Line] = field(default_factory=list)
    slug: str = ""


def answered(rows: Iterable[Row]) -> list[Line]:
    """The questions and answers as they were given; of an unsafe one that was taken back, that it was."""
    lines = []
    for row in rows:
        changed = getattr(row, "changed", "")
        if row.answer or changed:
            answer = row.answer or _("Not answered")
            lines.append(Line(f"{answer} ({changed})" if changed else answer, row.path, row.question))
    return lines


def at_most(most: int, lines: list[Line]) -> list[Line]:
    """``lines``, and where there are more than ``most`` the first of them with the number of the others: one page."""
    if len(lines) <= most:
        return lines
    return [*lines[:most], Line(_("%(n)d more: see the whole referral") % {"n": len(lines) - most}, "")]


def scores(readable: Mapping) -> list[Line]:
    """The totals with their bands or results; a scale that may not be read is not in ``readable``."""
    lines = []
    for key, scale, name, path in SCORES:
        score = readable.get(key)
        if score:
            total = "–" if score["total"] is None else score["total"]
            lines.append(Line(f"{total} / {scale.maximum}{_meaning(score)}", path, name))
    for key, name, path in SCREENS:
        if score := readable.get(key):
            level = score.get("level") or score.get("result")
            lines.append(Line(words(level), path, name))
    return lines


def _meaning(score: Mapping) -> str:
    if score.get("band"):
        return f", {words(score['band'])}"
    if (positive := score.get("positive")) is None:
        return ""
    return f", {_('positive') if positive else _('negative')}"


def words(code: str | None) -> str:
    return str(code).replace("_", " ") if code else "–"


def findings(rows: Iterable[Mapping], marks: Mapping[str, tuple]) -> list[Line]:
    """What the rules found, the effect's shape and words before each."""
    lines = []
    for row in rows:
        shape, effect = marks.get(row["effect"], ("", words(row["effect"])))
        source = f"{row['rule']}: {', '.join(row['answers'])}"
        lines.append(Line(row["because"], source, str(effect), shape))
    return lines


def trials(answers: fields.Answers) -> list[Line]:
    """One line per medicine tried: dose against minimum, weeks, adequacy, benefit."""
    lines = []
    for trial in Trials(answers.get("antidepressants", {}).get("trials"), None).listed:
        bar = course(trial)
        parts = (dose(trial), weeks(trial), str(bar.adequacy_words), str(bar.response))
        name = f"{bar.drug} (“{trial.typed}”)" if bar.drug != trial.typed else bar.drug
        lines.append(Line("; ".join(parts), f"{TRIALS}[{trial.place}]", name))
    return lines


def entries(path: str, answers: fields.Answers) -> list[Line]:
    """One line per entry of the list at ``path``, its first answer as the lead."""
    owner = fields.BY_PATH[path]
    given = answers.get(owner.section, {}).get(owner.key)
    if given is None:
        return [Line(_("Not answered"), path)]
    if not given:
        return [Line(_("None"), path)]
    lines = []
    for place, entry in enumerate(given):
        parts = [row.answer for row in entry_rows(owner, entry) if row.answer]
        lines.append(Line(", ".join(parts[1:]), f"{path}[{place}]", parts[0] if parts else "–"))
    return lines


def open_questions(asks: Iterable[Mapping], words: Callable[[str], str]) -> list[Line]:
    """Each answer that rules wait for, once, in the ``words`` of its question, with the rules that do."""
    waiting: dict[str, list[str]] = {}
    for ask in asks:
        for path in ask["fields"]:
            rules = waiting.setdefault(path, [])
            if ask["rule"] not in rules:
                rules.append(ask["rule"])
    return [Line(words(path), f"{', '.join(rules)}: {path}") for path, rules in waiting.items()]
