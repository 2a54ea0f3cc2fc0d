"""The safety answers of one intake, verbatim and complete: an unanswered one says so, unknown is never "no"."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from intake import fields
from intake.fields import Answers, Field, Kind, Reader
from intake.fields.lookup import answer
from intake.locations import settings_of
from intake.models import Submission
from intake.questionnaire import intake as steps
from intake.questionnaire import summary
from intake.questionnaire.dangers import DANGERS
from treatments.reading.changes import rows_with_before
from treatments.rules.criteria import RULES

# Of this scale one item alone means danger; its other items stand among the answers.
ITEM_9 = {"mood.phq9": "mood.phq9[8]"}
WHERE_NOW = ("safety.where_now", "safety.number_today")


def _safety_paths() -> tuple[str, ...]:
    """What an alarm shows and what a rule that holds reads, but for lists of medicines: those stand by themselves."""
    told = [path for danger in DANGERS for path in danger.paths]
    told += [path for rule in RULES if rule.hold for path in rule.reads]
    return tuple(dict.fromkeys(ITEM_9.get(path, path) for path in (*told, *WHERE_NOW)))


PATHS = _safety_paths()


def owner_of(path: str) -> Field:
    """The field that ``path`` is, or is a part of."""
    return fields.BY_PATH[".".join(path.split("[")[0].split(".")[:2])]


OWNERS = tuple(
    each
    for each in fields.BY_PATH.values()
    if each.kind is not Kind.ENTRIES and each.path in {owner_of(path).path for path in PATHS}
)


@dataclass(frozen=True, slots=True)
class SafetyRow(summary.Row):
    """``unasked``: an earlier answer, or the other screen in its place, made the question pointless."""

    unasked: bool = False


def safety_rows(submission: Submission, readers: Iterable[Reader]) -> list[SafetyRow]:
    """Every safety question with its answer, in the order of the intake, as one of ``readers`` may read it."""
    answers = submission.current
    owners = [each for each in OWNERS if each.reader in readers and _is_told(each, answers)]
    return [
        _row(row, answers)
        for row in rows_with_before(owners, submission)
        if any(row.path == path or row.path.startswith(f"{path}.") for path in PATHS)
    ]


def _is_told(owner: Field, answers: Answers) -> bool:
    """Not the suicide screen that stands in for the clinic's own and was never answered."""
    return owner.screen in ("", settings_of(None).suicide_screen) or bool(answer(answers, owner.path))


def _row(row: summary.Row, answers: Answers) -> SafetyRow:
    told = asdict(row)
    if row.answer and answer(answers, row.path) == "declined":
        told["answer"] = f"{_('Declined')}: {row.answer}"
    return SafetyRow(**told, unasked=not row.answer and not _was_asked(row.path, answers))


def _was_asked(path: str, answers: Answers) -> bool:
    owner = owner_of(path)
    key = path.rpartition(".")[2]
    question = next((part for part in owner.parts if part.key == key), owner)
    return steps.is_asked(question, owner, answers, owner.screen)
