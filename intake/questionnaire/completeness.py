"""What is missing: required questions that have no answer yet."""

from collections.abc import Iterable

from intake.fields import Answers, Field, Kind
from intake.questionnaire.asking import is_asked, leaves


def is_missing(owner: Field, slug: str, answers: Answers, screen: str) -> bool:
    """Whether a required question of ``owner`` on the page ``slug``, or in an entry of its list, has no answer."""
    stored = answers.get(owner.section, {}).get(owner.key)
    if owner.kind is Kind.ITEMS:
        asked = is_asked(owner, owner, answers, screen)
        return asked and owner.required and (not stored or None in stored)
    if owner.kind is Kind.ENTRIES:
        needed = [part.key for part in owner.parts if part.required]
        return any(not entry.get(key) for entry in stored or () for key in needed)
    for question in leaves(owner):
        if question.page != slug or not question.required:
            continue
        value = (stored or {}).get(question.key) if owner.kind is Kind.GROUP else stored
        if is_asked(question, owner, answers, screen) and value in (None, ""):
            return True
    return False


def paths_of(fields: Iterable[Field]) -> set[str]:
    """The paths of ``fields`` and of their parts."""
    return {
        path
        for owner in fields
        for path in (owner.path, *(f"{owner.path}.{part.key}" for part in owner.parts))
    }
