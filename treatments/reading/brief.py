"""The one-page consult brief: what a consult needs to know, each line naming the answer it comes from. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from intake import fields
from intake.questionnaire.summary import Row, entry_rows
from treatments.reading.trial_history import course, dose
from treatments.rules.trials import TRIALS, Trials

SCORES = (
    ("phq9", "PHQ-9", "mood.phq9"),
    ("gad7", "GAD-7", "anxiety.gad7"),
    ("audit_c", "AUDIT-C", "substances.audit_c"),
    ("pc_ptsd5", "PC-PTSD-5", "anxiety.pc_ptsd5"),
)
OF = {"phq9": 27, "gad7": 21, "audit_c": 12, "pc_ptsd5": 5}
SCREENS = (("cssrs", "C-SSRS", "safety.cssrs"), ("asq", "ASQ", "safety.asq"))
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
    """The questions and answers as they were given."""
    return [Line(row.answer, row.path, row.question) for row in rows if row.answer]


def scores(told: Mapping) -> list[Line]:
    """The totals with their bands or results; a scale that may not be read is not in ``told``."""
    lines = []
    for key, name, path in SCORES:
        score = told.get(key)
        if score:
            total = "–" if score["total"] is None else score["total"]
            lines.append(Line(f"{total} / {OF[key]}{_meaning(score)}", path, name))
    for key, name, path in SCREENS:
        if told.get(key):
            level = told[key].get("level") or told[key].get("result")
            lines.append(Line(words(level), path, name))
    return lines


def _meaning(score: Mapping) -> str:
    if score.get("band"):
        return f", {words(score['band'])}"
    result = {True: _("positive"), False: _("negative")}.get(score.get("positive"))
    return f", {result}" if result else ""


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
        told = course(trial)
        weeks = _("weeks not known") if trial.weeks is None else _("%(n)g weeks") % {"n": trial.weeks}
        parts = (dose(trial), weeks, str(told.adequacy_words), str(told.response))
        name = f"{told.drug} (“{trial.typed}”)" if told.drug != trial.typed else told.drug
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
        told = [row.answer for row in entry_rows(owner, entry) if row.answer]
        lines.append(Line(", ".join(told[1:]), f"{path}[{place}]", told[0] if told else "–"))
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
