"""Which pages still keep an intake from being sent: every page that applies is checked again at the end."""

from intake import document
from intake.fields import Answers, Kind
from intake.questionnaire import intake as steps
from intake.questionnaire.intake import Page


def unfinished_pages(to_send: dict, answers: Answers, screen: str) -> list[Page]:
    """The pages with a required answer missing or a faulty one, in order; none when all may be sent.

    ``to_send`` is the document that would be sent, ``answers`` what conditions read (with ``today``).
    """
    faulty = {fault.split(":")[0].split("[")[0] for fault in document.validate(to_send)}
    unfinished = []
    for page in steps.pages_for(answers, screen):
        paths = {
            path
            for field in page.fields
            for path in (field.path, *(f"{field.path}.{part.key}" for part in field.parts))
        }
        if paths & faulty or missing_on(page, answers, screen):
            unfinished.append(page)
    return unfinished


def missing_on(page: Page, answers: Answers, screen: str) -> bool:
    """Whether a required question of the page that applies, or of an entry of its list, has no answer."""
    for field in page.fields:
        stored = answers.get(field.section, {}).get(field.key)
        if field.kind is Kind.ITEMS:
            asked = steps.is_asked(field, field, answers, screen)
            if asked and field.required and (not stored or None in stored):
                return True
            continue
        if field.kind is Kind.ENTRIES:
            needed = [part.key for part in field.parts if part.required]
            if any(not entry.get(key) for entry in stored or () for key in needed):
                return True
            continue
        for question in steps.leaves(field):
            if question.page != page.slug or not question.required:
                continue
            value = (stored or {}).get(question.key) if field.kind is Kind.GROUP else stored
            if steps.is_asked(question, field, answers, screen) and value in (None, ""):
                return True
    return False
