"""Which help follows which dangers: kinds and how urgent each is, in order, and whether a page of it comes again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intake.fields import Answers, Kind
from intake.fields.kinds import Text
from intake.fields.urgency import SAME_DAY, URGENT
from intake.questionnaire.asking import leaves
from intake.questionnaire.dangers import (
    KINDS,
    MEDICAL,
    NOT_EATING,
    OTHERS,
    PRESSURE,
    REACTION,
    SUICIDE,
    WITHDRAWAL,
    Danger,
)
from intake.questionnaire.page import Page
from intake.questionnaire.shape import Questionnaire

GENERAL = "general"  # the page opened by hand, where no answer is unsafe
RANK = {SAME_DAY: 1, URGENT: 2}
Levels = dict[str, str]  # kind -> its urgency, in the order of KINDS

THANKS = _("Thank you for telling us")


@dataclass(frozen=True, slots=True)
class Help:
    """What a page of one kind is headed by, and what stands on it: the boxes, a call, "Stop here" first."""

    heading: Text
    boxes: bool = False
    call: bool = True
    stop_first: bool = False


HELP_OF: dict[str, Help] = {
    MEDICAL: Help(_("Call 911 now"), call=False, stop_first=True),
    NOT_EATING: Help(_("You need help today"), boxes=True, stop_first=True),
    WITHDRAWAL: Help(_("Stopping suddenly can be dangerous")),
    REACTION: Help(_("These signs may need a doctor today")),
    PRESSURE: Help(_("That blood pressure is very high"), stop_first=True),
    SUICIDE: Help(THANKS, boxes=True),
    OTHERS: Help(THANKS, boxes=True),
    GENERAL: Help(_("Help is there for you now"), boxes=True),
}


def levels_of(dangers: Iterable[Danger]) -> Levels:
    """The kinds among ``dangers``, each with its highest urgency."""
    found: Levels = {}
    for danger in dangers:
        found[danger.kind] = max(found.get(danger.kind, SAME_DAY), danger.urgency, key=RANK.__getitem__)
    return {kind: found[kind] for kind in KINDS if kind in found}


def dangers_on(asked_of: Questionnaire, page: Page, answers: Answers) -> list[Danger]:
    """The dangers in ``answers`` that lie in a question of ``page``."""
    asked = {
        f"{owner.path}.{leaf.key}" if owner.kind is Kind.GROUP else owner.path
        for owner in page.fields
        for leaf in leaves(owner)
        if leaf.page == page.slug
    }
    return [danger for danger in asked_of.dangers_in(answers) if not asked.isdisjoint(danger.paths)]


def rises(levels: Mapping[str, str], shown: Mapping[str, str]) -> bool:
    """Whether one of ``levels`` is of a kind that was not shown yet, or more urgent than when it was."""
    return any(RANK[urgency] > RANK.get(shown.get(kind, ""), 0) for kind, urgency in levels.items())


def highest(levels: Mapping[str, str], shown: Mapping[str, str]) -> Levels:
    """All kinds of both, each with its higher urgency."""
    both = {**shown}
    for kind, urgency in levels.items():
        both[kind] = max(shown.get(kind, urgency), urgency, key=RANK.__getitem__)
    return both


def of_the_body_alone(levels: Iterable[str]) -> bool:
    return {SUICIDE, OTHERS, GENERAL}.isdisjoint(levels)
