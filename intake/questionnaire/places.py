"""Where a page stands: its section, and its place among those that a person is asked."""

from dataclasses import dataclass, field

from intake.fields.kinds import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A row of the task list."""

    slug: str
    title: Text = field(compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands among those a person is asked: "Step ``step`` of ``of``", in ``section``.

    There it is page ``page`` of ``pages``; 0 when it is not asked.
    ``back`` is the slug of the page before, "" on the first one.
    """

    step: int
    of: int
    section: Section
    page: int
    pages: int
    back: str
