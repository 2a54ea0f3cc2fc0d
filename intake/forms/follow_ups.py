"""Which questions of a page follow another one of the same page: they open under the answer that asks them.

Nothing declares them but their condition: one that reads an answer of the same page (``When``, ``Unless`` or
``UnlessFirstItem``) makes its question a follow-up of that answer's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from intake.fields import Field, Kind
from intake.fields.conditions import Unless, UnlessFirstItem, When
from intake.fields.kinds import Condition
from intake.forms.fields import questions_of
from intake.questionnaire.page import Page


@dataclass(frozen=True, slots=True)
class FollowUps:
    """``names`` are form fields under the field ``parent``, which ``opens`` (its values as posted) bring up."""

    parent: str
    opens: frozenset[str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Following:
    """All follow-ups of a form: by the parent's name, and by their own; no follow-up has follow-ups."""

    by_parent: Mapping[str, tuple[FollowUps, ...]]
    by_name: Mapping[str, FollowUps]

    def closes(self, name: str, cleaned: Mapping[str, object]) -> bool:
        """Whether ``name`` follows an answer that does not ask it; the page may hide it."""
        follows = self.by_name.get(name)
        chosen = cleaned.get(follows.parent) if follows else None
        return bool(chosen and follows and chosen not in follows.opens)


def following(found: Iterable[tuple[str, frozenset[str], str]]) -> Following:
    """Of (parent, answers that open, follow-up), in the order of the form."""
    together: dict[tuple[str, frozenset[str]], list[str]] = {}
    for parent, opens, name in found:
        together.setdefault((parent, opens), []).append(name)
    by_parent: dict[str, tuple[FollowUps, ...]] = {}
    by_name: dict[str, FollowUps] = {}
    for (parent, opens), names in together.items():
        each = FollowUps(parent, opens, tuple(names))
        by_parent[parent] = (*by_parent.get(parent, ()), each)
        by_name |= dict.fromkeys(names, each)
    return Following(by_parent, by_name)


NONE = following(())


def opens_of(condition: Condition, parent: Field) -> frozenset[str]:
    """The answers to ``parent`` that meet ``condition``, as a browser posts them."""
    match condition:
        case When():
            chosen = {value for value in map(str, parent.values) if value in condition.values}
        case Unless() | UnlessFirstItem():
            closing = set(map(str, condition.values))
            chosen = {value for value in map(str, parent.values) if value not in closing}
        case _:
            chosen = set()
    return frozenset(chosen)


@cache
def follow_ups_of(page: Page) -> Following:
    """The follow-ups among the questions of a page, apart from those within an entry of its list."""
    parents = {}
    for name, owner, question, place in questions_of(page):
        path = owner.path if owner.kind is Kind.ITEMS or question is owner else f"{owner.path}.{question.key}"
        # What is asked of nobody who answers it in one way (who fills the form in) opens nothing.
        if question.kind is Kind.CHOICE and not place and getattr(question.asked_when, "path", "") != path:
            parents[path] = name, question
    found = []
    for name, _owner, question, _place in questions_of(page):
        path = getattr(question.asked_when, "path", "")
        if path in parents:
            parent, asked = parents[path]
            found.append((parent, opens_of(question.asked_when, asked), name))
    return following(found)
