"""What may be asked again after an intake was sent, and how later answers lie over the first; judging only."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from intake.fields import BY_PATH, FIELDS, Answers, Field, Kind, Reader
from intake.fields.lookup import answer, field_path
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.page import Page
from intake.questionnaire.part_two import PART_TWO
from intake.questionnaire.shape import HELP

# All that is asked of a person, before sending and after it.
PAGES: tuple[Page, ...] = (*INTAKE.pages, *PART_TWO.pages)

# Leaf path (``section.key`` or ``section.group.part``) -> [the answer before, the answer given].
Changes = Mapping[str, list[Any]]

NOT_SURE = "not_sure"

# The status page asks for it as proof of who one is: a page behind that proof must not change it.
NEVER_ASKED_AGAIN = frozenset({"about.date_of_birth"})


def may_be_asked(field: Field, answers: Answers, screen: str) -> bool:
    """Whether staff may ask the patient ``field`` again, given what was answered so far.

    Substance use is asked only of who agreed to it (42 CFR Part 2); consent is never asked for here.
    """
    if field.section == "consent" or field.page == HELP or field.path in NEVER_ASKED_AGAIN or field.unasked:
        return False
    if field.screen and field.screen != screen:
        return False
    return field.reader is not Reader.SUBSTANCE_USE or field.asked_when(answers)


def askable(answers: Answers, screen: str) -> list[tuple[Page, list[Field]]]:
    """The fields that may be asked, each under the first page that asks it, in the pages' order."""
    seen: set[str] = set()
    groups = []
    for page in PAGES:
        own = [
            field for field in page.fields if field.path not in seen and may_be_asked(field, answers, screen)
        ]
        seen.update(field.path for field in own)
        if own:
            groups.append((page, own))
    return groups


def in_order(paths: Iterable[str]) -> list[str]:
    """The dictionary's fields among ``paths`` (of fields, their parts or items), each once, in its order."""
    owners = {".".join(path.split("[")[0].split(".")[:2]) for path in paths}
    return [field.path for field in FIELDS if field.path in owners]


def leaves(paths: Iterable[str]) -> list[str]:
    """The leaf paths of the fields at ``paths``: those of a group's parts, else the field's own."""
    return [
        leaf
        for path in paths
        if (field := BY_PATH.get(path))
        for leaf in ([f"{path}.{part.key}" for part in field.parts] if field.kind is Kind.GROUP else [path])
    ]


def is_unknown(path: str, value: object) -> bool:
    """Whether the answer told at leaf ``path`` leaves it unknown: none, or "does not know" where no choice says so."""
    leaf = leaf_of(path) if value == NOT_SURE else None
    return value is None or (leaf is not None and leaf.kind is Kind.CHOICE and NOT_SURE not in leaf.values)


def leaf_of(path: str) -> Field | None:
    """The question at a leaf path: a field, or the part of a group; None where there is none any more."""
    owner = BY_PATH.get(field_path(path))
    parts = owner.parts if owner else ()
    return next((part for part in parts if path == f"{owner.path}.{part.key}"), owner)  # type: ignore[union-attr]


def overlay(answers: Answers, amendments: Iterable[Changes]) -> dict[str, dict[str, Any]]:
    """``answers`` with each of ``amendments`` laid over them, in order; ``answers`` stays as it is."""
    current = deepcopy(dict(answers))
    for changes in amendments:
        for path, (_before, after) in changes.items():
            *places, key = path.split(".")
            place = current
            for name in places:
                place = place.setdefault(name, {})
            if is_unknown(path, after):
                place.pop(key, None)
            else:
                place[key] = deepcopy(after)
    return current


def changes_of(answers: Answers, given: Mapping[str, object]) -> dict[str, list[Any]]:
    """What ``given`` (leaf path -> answer) says beside what ``answers`` said; unchanged ones too: they were asked."""
    return {path: [answer(answers, path), value] for path, value in given.items()}


def laid_over(answers: Answers, given: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    """``answers`` as they stand once ``given`` (leaf path -> answer) is among them."""
    return overlay(answers, [changes_of(answers, given)])


def nested(given: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    """``given`` (leaf path -> answer) as answers: section -> key -> value."""
    return laid_over({}, given)
