"""Whether everyone gets through alike: by language, by the way the form came, by age; judged by their differences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from intake.fields.lookup import age_on
from intake.models import Submission
from treatments.figures.people import Step, Traveler
from treatments.figures.proportions import FEWEST, differ, difference_in_words, share_in_words
from treatments.figures.spells import Spell, spell, times_of

AGES: tuple[tuple[int, Text], ...] = (
    (65, gettext_lazy("65 or older")),
    (35, gettext_lazy("35 to 64")),
    (0, gettext_lazy("Under 35")),
)
ONLINE = gettext_lazy("Filled in online")
SOURCES: Mapping[str, Text] = {
    Submission.Source.WEB: ONLINE,
    Submission.Source.CROWD: ONLINE,
    Submission.Source.PHONE: gettext_lazy("Entered by staff on the phone"),
    Submission.Source.PAPER: gettext_lazy("Entered from paper"),
    Submission.Source.DEMO: gettext_lazy("Invented for the demonstration"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A share of people: ``does`` says of each, None for whom it is not known. ``words`` stand after the number."""

    words: Text
    does: Callable[[Traveler], bool | None]

    def counted(self, people: Sequence[Traveler]) -> tuple[int, int]:
        known = [found for each in people if (found := self.does(each)) is not None]
        return sum(known), len(known)


MEASURES = (
    Measure(gettext_lazy("routed"), lambda each: each.furthest >= Step.ROUTED),
    Measure(gettext_lazy("reached"), lambda each: each.reached),
)


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


def dimensions_of(people: Sequence[Traveler], now: datetime) -> list[Dimension]:
    # Translated once and not for each person.
    languages = {code: str(words) for code, words in settings.LANGUAGES}
    sources = {str(source): str(words) for source, words in SOURCES.items()}
    ages, today = [(least, str(words)) for least, words in AGES], localdate(now)

    def age(each: Traveler) -> str:
        return age_words(age_on(each.born, today), ages) if each.born else ""

    return [
        dimension_of(gettext_lazy("Language"), people, lambda each: languages.get(each.language, ""), now),
        dimension_of(
            gettext_lazy("How the form came"), people, lambda each: sources.get(each.source, ""), now
        ),
        dimension_of(gettext_lazy("Age"), people, age, now),
    ]


def age_words(age: int, ages: Sequence[tuple[int, str]]) -> str:
    return next(words for least, words in ages if age >= least)


def dimension_of(
    words: Text, people: Sequence[Traveler], group_of: Callable[[Traveler], str], now: datetime
) -> Dimension:
    """``group_of`` gives "" for whom the group is not known; those stand last and are compared with nobody."""
    groups: dict[str, list[Traveler]] = {}
    for each in people:
        groups.setdefault(group_of(each), []).append(each)
    unknown = groups.pop("", [])
    largest_first = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    every = [*largest_first, *([(_("Not known"), unknown)] if unknown else [])]
    hidden = _hidden([len(of_group) for _name, of_group in every])
    rows = [_row(name, of_group, now, hides=place in hidden) for place, (name, of_group) in enumerate(every)]
    told = [group for place, group in enumerate(largest_first) if place not in hidden]
    return Dimension(words, tuple(rows), tuple(_differences(told)))


def _hidden(sizes: Sequence[int]) -> set[int]:
    """The places of the groups whose rates are not shown: those of few people, and the next smallest where these
    together are few too, because their rates follow from the others and the whole.
    """
    hidden: set[int] = set()
    together = 0
    for place in sorted(range(len(sizes)), key=lambda place: sizes[place]):
        if sizes[place] >= FEWEST and (not hidden or together >= FEWEST):
            break
        hidden.add(place)
        together += sizes[place]
    return hidden


def _row(name: str, people: Sequence[Traveler], now: datetime, *, hides: bool) -> GroupRow:
    if hides:
        words = (
            _("fewer than %(n)d: not shown") if len(people) < FEWEST else _("would tell of fewer than %(n)d")
        )
        few = words % {"n": FEWEST}
        return GroupRow(name, len(people), (few,) * len(MEASURES), few)
    shares = tuple(share_in_words(*measure.counted(people)) for measure in MEASURES)
    return GroupRow(name, len(people), shares, times_of([_to_visit(each, now) for each in people]).median)


def _to_visit(person: Traveler, now: datetime) -> Spell:
    """From the form to the first visit; open for who may still be seen."""
    return spell(person.steps[Step.RECEIVED], person.steps.get(Step.SEEN), now, left=person.left)


def _differences(groups: Sequence[tuple[str, Sequence[Traveler]]]) -> Iterator[str]:
    """Of every other group from the largest one, by the range of the difference itself."""
    for measure in MEASURES:
        for name, people in groups[1:]:
            largest, theirs = groups[0][0], measure.counted(people)
            most = measure.counted(groups[0][1])
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
