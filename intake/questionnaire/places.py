"""Where a page stands: its section, and its place among those that a person is asked."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from intake.fields.kinds import Text

MANY = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A row of the task list.

    ``go_on`` is what the button says that leads back into it; ``minutes`` is what most people need for it.
    ``left_out_by`` is the path of the answer that leaves it out where it is not yes, "" for none.
    """

    slug: str
    title: Text = field(compare=False)
    go_on: Text = field(default=_("Go on with your form"), compare=False)
    minutes: int = field(default=1, compare=False)
    left_out_by: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands among those a person is asked: "Part ``step`` of ``of``", in ``section``.

    ``first``: it is the first page there. ``many``: more than ``MANY`` entries there have pages of their own, so that
    what most people need says nothing. ``heading`` is the page's where that differs from its own, else "".
    """

    step: int
    of: int
    section: Section
    first: bool
    many: bool = False
    heading: Text = ""
