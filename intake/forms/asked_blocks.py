"""The parts of a form that asks again: the questions of a page under their heading, and the entries of a list."""

from dataclasses import dataclass, field

from django.forms.boundfield import BoundField

from intake.fields import Field
from intake.fields.kinds import Text


@dataclass(slots=True)
class Slot:
    """One entry of an asked list: its place, what it is called on the page, the names of its fields."""

    place: int
    title: Text
    names: dict[str, str]
    remove: str = ""
    is_open: bool = True
    fields: list[BoundField] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """The asked questions of one page, under its heading."""

    heading: Text
    hint: Text
    names: list[str]
    entries: Field | None = None
    add: str = ""
    slots: list[Slot] = field(default_factory=list)
    fields: list[BoundField] = field(default_factory=list)
