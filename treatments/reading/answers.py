"""A person's answers as staff read them: by section, how to reach them, and what rules wait for, in words."""

from intake import fields
from intake.fields.lookup import field_path
from intake.models import Submission
from intake.questionnaire import summary
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.part_two import PART_TWO
from treatments.reading.changes import rows_with_before
from treatments.reading.redaction import Redaction


def answer_blocks(submission: Submission, redaction: Redaction) -> list[summary.Block]:
    """Every section's answers that this reader may read."""
    blocks = []
    pages = (*INTAKE.pages, INTAKE.help_page, INTAKE.check_page, *PART_TWO.pages)
    for section in (*INTAKE.sections, *PART_TWO.sections):
        own = [
            field
            for page in pages
            if page.section == section.slug
            for field in page.fields
            if redaction.may_read(field.path)
        ]
        own = list({field.path: field for field in own}.values())
        rows: list[summary.Row] = [*rows_with_before(own, submission, redaction)]
        entries = [
            entry
            for field in own
            if field.kind is fields.Kind.ENTRIES
            for entry in summary.entry_blocks(field, submission.current)
        ]
        blocks.append(summary.Block(str(section.title), rows, entries, section.slug))
    told = [block for block in blocks if block.rows or block.entries]
    return summary.with_kept_words(told, submission.kept_as_typed)


def contact(submission: Submission) -> list[summary.Row]:
    """How to reach the person, and whether it is safe: beside the phone number, always."""
    keys = ("phone", "voicemail_ok", "text_ok", "email", "email_ok", "contact_by", "interpreter_needed")
    own = [fields.BY_PATH[f"about.{key}"] for key in keys]
    return [row for row in summary.rows(own, submission.current) if row.answer]


def asks(rows: list[dict]) -> list[dict]:
    """What to ask, the fields named by their questions."""
    return [{"rule": row["rule"], "questions": [question(path) for path in row["fields"]]} for row in rows]


def question(path: str) -> str:
    """The words of the question at ``path``; the path itself where it is not a question of its own."""
    field = fields.BY_PATH.get(field_path(path))
    if field is None:
        return path
    tail = path[len(field.path) :]
    if tail.startswith(".") and field.parts:
        return next((str(part.question) for part in field.parts if part.key == tail[1:]), path)
    if tail.startswith("[") and field.kind is fields.Kind.ITEMS:
        return str(field.parts[int(tail[1:-1])].question)
    if tail.startswith("[") and field.kind is fields.Kind.ENTRIES:
        place, _dot, key = tail[1:].partition("].")
        part = next((part for part in field.parts if part.key == key), None)
        number = int(place.rstrip("]")) + 1
        return f"{field.question} {number}: {part.question}" if part else f"{field.question} {number}"
    return str(field.question)
