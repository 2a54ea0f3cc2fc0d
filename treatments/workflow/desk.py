"""The four groups of the worklist, and the one number by which a referral stands in its group."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text


class Place(IntEnum):
    """Where a referral stands on the desk: the greater, the sooner. Zero is not on the desk at all."""

    AWAY = 0
    IN_REVIEW = 1
    NEW = 2
    CAME_BACK = 3
    LEVEL = 4  # no hold, but the clinician's own level
    SAME_DAY = 5
    URGENT = 6


class DeskGroup(StrEnum):
    SAFETY = "safety"
    CAME_BACK = "came_back"
    NEW = "new"
    IN_REVIEW = "in_review"


@dataclass(frozen=True, slots=True)
class GroupRow:
    """``places`` are those of its referrals, ``sentence`` what is said beside its name."""

    name: Text
    sentence: Text
    places: tuple[Place, ...]


GROUPS: dict[DeskGroup, GroupRow] = {
    DeskGroup.SAFETY: GroupRow(
        _("Safety"),
        _("someone must speak with the person or with a clinician today"),
        (Place.URGENT, Place.SAME_DAY, Place.LEVEL),
    ),
    DeskGroup.CAME_BACK: GroupRow(
        _("Came back"),
        _("stays here until somebody says “dealt with”; a note does not move it"),
        (Place.CAME_BACK,),
    ),
    DeskGroup.NEW: GroupRow(_("New"), _("nobody has read these yet"), (Place.NEW,)),
    DeskGroup.IN_REVIEW: GroupRow(
        _("In review"), _("waiting for a decision of whoever handles it"), (Place.IN_REVIEW,)
    ),
}
GROUP_OF = {place: group for group, row in GROUPS.items() for place in row.places}


def group_of(place: int) -> DeskGroup | None:
    """The group of a referral that stands at this place; None for one that is not on the desk."""
    return GROUP_OF.get(Place(place))


def places_of(groups: Collection[DeskGroup]) -> list[int]:
    return [place.value for place, group in GROUP_OF.items() if group in groups]
