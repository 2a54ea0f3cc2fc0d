"""Whether everyone gets through alike: by language, by the way the form came, by age; judged by their differences."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments.figures.few import Group
from treatments.figures.people import Step
from treatments.figures.proportions import differ, difference_in_words, share_in_words, withheld
from treatments.figures.tally import Count, names_of

KIND_WORDS: Mapping[str, Text] = {
    "language": gettext_lazy("Language"),
    "channel": gettext_lazy("How the form came"),
    "age": gettext_lazy("Age"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A share of people: how many of how many. ``words`` stand after the number in a sentence."""

    words: Text
    number: Callable[[Count], int]
    of: Callable[[Count], int]


def begun(count: Count) -> int:
    return count.people[Step.BEGUN]


def sent(count: Count) -> int:
    return count.people[Step.RECEIVED]


def routed(count: Count) -> int:
    return count.people[Step.ROUTED]


def reached(count: Count) -> int:
    return count.reached


def tried(count: Count) -> int:
    return count.tried


MEASURES = (
    Measure(gettext_lazy("sent it"), sent, begun),
    Measure(gettext_lazy("routed"), routed, sent),
    Measure(gettext_lazy("reached"), reached, tried),
)
TOLD = Collection[Group]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """``shares``: in words, of each of ``MEASURES``; ``to_visit``: the median until the first visit."""

    words: str
    people: int
    shares: tuple[str, ...]
    to_visit: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """``differences``: those that chance alone seldom makes, each as sentences."""

    words: Text
    rows: tuple[GroupRow, ...]
    differences: tuple[str, ...]


def dimension_of(kind: str, counts: Mapping[Group, Count], told: Sequence[TOLD]) -> Dimension:
    """``counts`` of the groups of this kind in one period; ``told``: of each of ``MEASURES`` the groups it is told of.

    The group "" of those of whom it is not known stands last and is compared with nobody.
    """
    names = names_of(kind)
    # A share of those who are a share themselves says that one too.
    told = [set.intersection(*map(set, told[: place + 1])) for place in range(len(told))]
    groups = [group for group in counts if begun(counts[group])]
    groups.sort(key=lambda group: (not group.name, -begun(counts[group]), group.name))
    rows = [_row(str(names.get(group.name, _("Not known"))), group, counts[group], told) for group in groups]
    known = [(str(names[group.name]), group, counts[group]) for group in groups if group.name]
    differences = [
        words
        for measure, of_these in zip(_measures(kind), told, strict=True)
        if measure
        for words in _differences(
            measure, [(name, count) for name, group, count in known if group in of_these]
        )
    ]
    return Dimension(KIND_WORDS[kind], tuple(rows), tuple(differences))


def _measures(kind: str) -> tuple[Measure | None, ...]:
    """Of whom no form was sent the age is seldom known."""
    return (None, *MEASURES[1:]) if kind == "age" else MEASURES


def _row(name: str, group: Group, count: Count, told: Sequence[TOLD]) -> GroupRow:
    shares = []
    for measure, of_these in zip(_measures(group.kind), told, strict=True):
        if measure is None:
            shares.append("–")
        else:
            number, of = measure.number(count), measure.of(count)
            shares.append(share_in_words(number, of) if group in of_these else withheld(of))
    of_sent = told[1]
    to_visit = count.to_visit.times().median if group in of_sent else withheld(sent(count))
    return GroupRow(name, begun(count), tuple(shares), to_visit)


def _differences(measure: Measure, groups: Sequence[tuple[str, Count]]) -> Iterator[str]:
    """Of every other group from the largest one, by the range of the difference itself."""
    for name, count in groups[1:]:
        largest = groups[0][0]
        theirs, most = ((measure.number(each), measure.of(each)) for each in (count, groups[0][1]))
        if differ(theirs, most):
            yield _(
                "%(group)s: %(number)d of %(of)d %(words)s, %(largest)s %(most)d of %(of_most)d. "
                "%(group)s is %(points)s: look into it."
            ) % {
                "group": name,
                "number": theirs[0],
                "of": theirs[1],
                "words": measure.words,
                "largest": largest,
                "most": most[0],
                "of_most": most[1],
                "points": difference_in_words(theirs, most),
            }
