"""What the pages of a list say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake.fields.kinds import Choices, Condition, Text
from intake.questionnaire.memory import Remembered

UNKNOWN, NEVER, NOT_SURE = "unknown", "never", "not_sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryWords:
    """Names to tick for who does not remember them: ``rows``, in classes with a title each (``kinds``).

    ``both`` is the error of "none" beside a name, ``kept`` (with ``{names}``) what is said of a tick that was taken
    away from an entry about which more was told.
    """

    rows: tuple[Remembered, ...]
    kinds: tuple[tuple[str, Text], ...]
    button: Text
    heading: Text
    hint: Text
    anything_else: Text
    others: Text
    none: Text
    both: Text
    kept: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWords:
    """What the page says that shows what was told: ``one`` and ``several`` (with a ``{count}``) are its heading.

    ``count_key`` is the number beside the list of those whose names are not known: the tick ``others`` opens
    ``how_many`` (``counts``, of which the last means at least so many) and a ``box``.
    """

    one: Text
    several: Text
    count_key: str
    any_others: Text
    others: Text
    how_many: Text
    counts: Choices
    box: Text
    done: Text
    another: Text
    remove: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesWords:
    """A list that begins with the names alone, each in a box of its own, before any detail is asked.

    ``key`` is that of the name in an entry. ``choices`` (``UNKNOWN``, ``NEVER``, ``NOT_SURE``) stand where no
    name is known. ``box`` holds a ``{number}``, ``caption`` also the ``{count}`` of all entries.
    ``nothing``, ``both`` and ``full`` (with ``{most}``) are errors: neither name nor choice, a name beside "never",
    too many. ``listed`` is the page of what was told, ``memory`` are names that may help.
    """

    key: str
    heading: Text
    hint: Text
    box: Text
    caption: Text
    more: Text
    instead: Text
    choices: Choices
    nothing: Text
    both: Text
    full: Text
    listed: ListedWords
    memory: MemoryWords | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The second page of an entry, which comes where ``asked_when`` says so of the entry.

    ``keys`` are the parts that it asks, with the words of ``questions`` where these differ from the part's own.
    ``heading`` holds the ``{name}`` of the entry, ``title`` the ``{caption}`` of its pages.
    """

    keys: tuple[str, ...]
    asked_when: Condition
    heading: Text
    title: Text
    questions: Mapping[str, Text]

    def is_new(self, entry: Mapping[str, Any]) -> bool:
        """Whether nothing that it asks was answered of ``entry`` yet."""
        return all(entry.get(key) is None for key in self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsWords:
    """A list whose first entries are written on its own page, a row each, under the yes to whether there are any.

    ``labels`` are the words of each part in a row, with its ``{number}``; those of ``ticks`` are ticked for yes.
    ``nothing`` is the error of a yes without an entry, ``unnamed`` (with a ``{number}``) that of a row whose
    first part is blank, ``full`` (with ``{most}``) that of too many. ``carried`` heads the medicines that were
    told of before, and ``other`` asks for more than these. ``hint`` stands above the question, whose words say the
    rest of what the page's own hint says above entries.
    """

    labels: Mapping[str, Text]
    ticks: frozenset[str] = frozenset()
    more: Text
    nothing: Text
    unnamed: Text
    full: Text
    carried: Text = ""
    other: Text = ""
    hint: Text = ""


@dataclass(frozen=True, slots=True)
class ListWords:
    """What the page of a list says: is there any, the button that adds another, and the heading of one entry.

    With ``names`` the first of these is not asked: the names are. ``follow_up`` is an entry's second page.
    With ``rows`` the first entries are written on the page itself. ``had`` is the path of an answer on an earlier
    page: after its yes the first entry is asked at once, and another one by a button there.
    """

    first: Text
    another: Text
    entry: Text
    names: NamesWords | None = None
    follow_up: FollowUp | None = None
    rows: RowsWords | None = None
    had: str = ""
