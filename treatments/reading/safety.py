"""The safety answers of one intake, verbatim and complete: an unanswered one says so, unknown is never "no"."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from intake import fields
from intake.fields import Answers, Field, Kind
from intake.fields.lookup import answer, field_path
from intake.locations import settings_of
from intake.models import Submission
from intake.questionnaire.asking import is_asked
from intake.questionnaire.dangers import DANGERS
from treatments.reading.changes import StaffRow, rows_with_before
from treatments.reading.redaction import Redaction
from treatments.reading.taken_back import ITEM_9
from treatments.rules.criteria import RULES

WHERE_NOW = ("safety.where_now", "safety.number_today")


def _safety_paths() -> tuple[str, ...]:
    """What an alarm shows and what a rule that holds reads, but for lists of medicines: those stand by themselves."""
    paths = [path for danger in DANGERS for path in danger.paths]
    paths += [path for rule in RULES if rule.hold for path in rule.reads]
    return tuple(dict.fromkeys(ITEM_9.get(path, path) for path in (*paths, *WHERE_NOW)))


PATHS = _safety_paths()
OWNERS = tuple(
    field
    for field in fields.FIELDS
    if field.kind is not Kind.ENTRIES and field.path in set(map(field_path, PATHS))
)


@dataclass(frozen=True, slots=True)
class SafetyRow(StaffRow):
    """``unasked``: an earlier answer, or the other screen in its place, made the question pointless."""

    unasked: bool = False


def safety_rows(submission: Submission, redaction: Redaction) -> list[SafetyRow]:
    """Every safety question with its answer, in the order of the intake, that this reader may read."""
    answers = submission.current
    owners = [field for field in OWNERS if redaction.may_read(field.path) and _is_shown(field, answers)]
    return [
        _row(row, answers)
        for row in rows_with_before(owners, submission, redaction)
        if any(row.path == path or row.path.startswith(f"{path}.") for path in PATHS)
    ]


def _is_shown(owner: Field, answers: Answers) -> bool:
    """Not the suicide screen that stands in for the clinic's own and was never answered."""
    return owner.screen in ("", settings_of(None).suicide_screen) or bool(answer(answers, owner.path))


def _row(row: StaffRow, answers: Answers) -> SafetyRow:
    values = asdict(row)
    if row.answer and answer(answers, row.path) == "declined":
        values["answer"] = f"{_('Declined')}: {row.answer}"
    return SafetyRow(**values, unasked=not row.answer and not was_asked(row.path, answers))


def was_asked(path: str, answers: Answers) -> bool:
    """Whether the question at ``path`` is asked of this person; of the suicide screens the one that it belongs to."""
    owner = fields.BY_PATH[field_path(path)]
    key = path.rpartition(".")[2]
    question = next((part for part in owner.parts if part.key == key), owner)
    return is_asked(question, owner, answers, owner.screen)
