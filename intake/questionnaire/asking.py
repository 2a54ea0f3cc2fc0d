"""Which questions stand in a field, and whether one of them is asked."""

from collections.abc import Iterable

from intake.fields import Answers, Field, Kind
from intake.fields.kinds import Condition, always

Conditions = tuple[tuple[str, Condition, Condition], ...]


def leaves(owner: Field) -> tuple[Field, ...]:
    """The questions within ``owner`` as they are asked: its parts, or the field itself."""
    return owner.parts if owner.kind in (Kind.GROUP, Kind.ITEMS) else (owner,)


def is_asked(question: Field, owner: Field, answers: Answers, screen: str) -> bool:
    """Whether ``question`` (``owner`` itself or one of its parts) is asked, given what is known so far.

    ``screen`` is the suicide-risk screen the clinic has chosen.
    """
    if owner.screen and owner.screen != screen:
        return False
    return owner.asked_when(answers) and (question is owner or question.asked_when(answers))


def conditions_of(fields: Iterable[Field], slug: str) -> Conditions:
    """``(screen, owner's condition, question's)`` of which one must hold for page ``slug`` to be asked; () for always."""
    found = {
        (owner.screen, owner.asked_when, leaf.asked_when)
        for owner in fields
        for leaf in leaves(owner)
        if leaf.page == slug
    }
    return () if ("", always, always) in found else tuple(found)
