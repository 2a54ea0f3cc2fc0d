"""What an action is: all that is known of it beside what it does and the form that asks for its details."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from intake.fields.kinds import Text
from treatments.workflow.event_words import Words, no_words
from treatments.workflow.situation import Situation
from treatments.workflow.states import ConsultState, ReferralState

LONGEST_KEY = 32  # characters: what an event stores

Refusal = Callable[[Situation], str | None]


class Subject(StrEnum):
    """What an action acts on."""

    REFERRAL = "referral"
    CONSULT = "consult"
    ALERT = "alert"


# The permission to read every referral, as the desk does.
READ_REFERRALS = "treatments.view_referral"


def work_queue(treatment: str) -> str:
    """The permission to work through a treatment's consult queue."""
    return f"treatments.work_{treatment}consult"


@dataclass(frozen=True, slots=True)
class Permission:
    """A right that several actions may share; ``groups``: those that are seeded with it."""

    codename: str
    name: Text
    groups: tuple[str, ...]


def erased() -> str:
    return _("This person was erased. Nothing more can be done here.")


def never(situation: Situation) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One act of staff on one referral, consult or alert.

    ``label`` stands on its button, ``done`` is said afterwards, ``event`` names it in the timeline and
    ``words`` tells there what it was about. ``permission`` is None on a consult: whoever works its queue may.
    ``refusal`` gives the sentence that refuses it as things stand; before it ``is_done`` says whether the actor
    has done it already, so that nothing more happens. ``facts`` names what it asks of a
    ``Situation`` at the cost of a query. ``moves_to`` are the states in which what it acts on may be
    afterwards, none where it moves nothing; with ``may_stay`` it may be where it was, too.
    ``label_now`` is its button's label where that depends on how things stand.
    ``undone``: what undoing it within ten minutes leads to, "" where it can't be undone.
    ``keeps_assessment``: the event keeps the rules' assessment that whoever decided had before them.
    ``locks_form``: it locks the form before its referral, since it erases both.
    ``without_reading``: its page is for people who may not read the referral, and shows nothing of the person.
    ``shared``: every reader of the referral may read the event. ``names_consult``: it acts on that one of the
    referral's consults which its form names. ``by_teams``: a team does it too, on the referral of a consult of its own. ``never_stale``: it rests on nothing that its page showed, so what
    others have done meanwhile is no reason to refuse it.
    """

    key: str
    subject: Subject
    label: Text
    done: Text
    event: Text
    refusal: Refusal
    is_done: Callable[[Situation], bool] = never
    permission: Permission | None = None
    words: Words = no_words
    facts: tuple[str, ...] = ()
    moves_to: tuple[ReferralState | ConsultState, ...] = ()
    may_stay: bool = False
    label_now: Callable[[Situation], Text] | None = None
    undone: Text = ""
    keeps_assessment: bool = False
    locks_form: bool = False
    without_reading: bool = False
    shared: bool = False
    names_consult: bool = False
    by_teams: bool = False
    never_stale: bool = False

    def why_not(self, situation: Situation) -> str | None:
        """The sentence that refuses it as things stand, or None; nothing happens any more to who was erased."""
        return erased() if situation.erased else self.refusal(situation)

    def label_in(self, situation: Situation) -> Text:
        return self.label_now(situation) if self.label_now else self.label

    @property
    def undoable(self) -> bool:
        return bool(self.undone)

    def permission_on(self, treatment: str | None = None) -> str:
        """The permission it asks for; ``treatment`` is that of the consult it acts on."""
        return f"treatments.{self.permission.codename}" if self.permission else work_queue(treatment or "")

    def is_for(self, user: Any, treatment: str | None = None) -> bool:
        """Whether ``user`` has the right to it; what teams do too asks beside it for their queue, or for the desk."""
        also = [work_queue(treatment) if treatment else READ_REFERRALS] if self.by_teams else []
        return bool(user.has_perms([self.permission_on(treatment), *also]))
