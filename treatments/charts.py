"""Charts as geometry: numbers in, places on the paper out. Pure; small templates draw them as SVG.

Lengths across are percentages and text keeps its size, so one drawing serves a phone, a desk and paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.fields.kinds import Text

# --- Columns: a few numbers per week -------------------------------------------------------------

COLUMN_HEIGHT = 120  # px of the tallest column
HEADROOM = 18  # px above it, for its number
FOOT = 22  # px below the columns, for the labels
GAP = 0.24  # of a group's width that stays free


@dataclass(frozen=True, slots=True)
class Column:
    """``x`` and ``width`` in percent, ``y`` and ``height`` in px; ``middle`` is where its number stands."""

    kind: str
    value: int
    x: float
    width: float
    y: float
    height: float
    middle: float


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    middle: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    series: tuple[tuple[str, Text], ...]
    groups: tuple[Group, ...]
    height: int = HEADROOM + COLUMN_HEIGHT + FOOT
    baseline: int = HEADROOM + COLUMN_HEIGHT
    label_y: int = HEADROOM + COLUMN_HEIGHT + 16


def columns(series: Sequence[tuple[str, Text]], points: Sequence[tuple[str, Sequence[int]]]) -> Columns:
    """Groups of columns side by side; ``series`` are (kind, name), ``points`` (label, a value per series)."""
    tallest = max((value for _label, values in points for value in values), default=0) or 1
    step = 100 / max(len(points), 1)
    wide = step * (1 - GAP) / max(len(series), 1)
    groups = []
    for place, (label, values) in enumerate(points):
        left = step * (place + GAP / 2)
        drawn = []
        for number, ((kind, _name), value) in enumerate(zip(series, values, strict=True)):
            height = round(COLUMN_HEIGHT * value / tallest, 2)
            x = round(left + wide * number, 3)
            drawn.append(
                Column(
                    kind,
                    value,
                    x,
                    round(wide, 3),
                    HEADROOM + COLUMN_HEIGHT - height,
                    height,
                    round(x + wide / 2, 3),
                )
            )
        groups.append(Group(label, round(step * (place + 0.5), 3), tuple(drawn)))
    return Columns(tuple(series), tuple(groups))


def share(value: float, most: float) -> float:
    """The percentage of ``most`` that ``value`` is: the length of a bar; 0 where there is nothing."""
    return round(100 * value / most, 2) if most else 0.0


# --- The treatment history: a bar per trial ---------------------------------------------------------

ROW = 70  # px per trial
HEAD = 26  # px above the first, for the weeks' scale
LONGEST_BAR = 78.0  # percent; what is left is for the weeks in words
UNKNOWN_BAR = 24.0  # percent: a bar whose length nobody knows
SCALES = (8, 12, 26, 52)  # weeks that the picture may span
TICKS = (4, 6, 12, 26, 52)  # weeks; four and six are the measures of an adequate trial
MOST_LETTERS = 34  # of a drug's name as it was typed


@dataclass(frozen=True, slots=True)
class Course:
    """What a bar tells of one trial; ``weeks`` is None where nobody knows.

    ``weeks_chosen`` are the words of a range that was chosen, of which ``weeks`` is the least, else "".
    ``adequacy`` is "adequate", "short", "unknown" or "apart" (no antidepressant trial of its own).
    """

    drug: str
    dose: Text
    weeks: float | None
    adequacy: str
    adequacy_words: Text
    response: Text
    weeks_chosen: Text = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One trial in the picture: ``y`` is the top of its row in px, ``width`` in percent."""

    number: int
    course: Course
    label: str
    shape: str
    y: int
    width: float
    beyond: bool

    @property
    def heading_y(self) -> int:
        return self.y + 15

    @property
    def bar_y(self) -> int:
        return self.y + 22

    @property
    def weeks_y(self) -> int:
        return self.y + 34

    @property
    def words_y(self) -> int:
        return self.y + 55


@dataclass(frozen=True, slots=True)
class History:
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    height: int


SHAPES = {"adequate": "●", "short": "○", "unknown": "?", "apart": "+"}


def history(courses: Sequence[Course]) -> History:
    """The courses under each other on one scale of weeks; what lasted longer than the scale runs off it."""
    known = [course.weeks for course in courses if course.weeks is not None]
    longest = max(known, default=0)
    span = next((weeks for weeks in SCALES if weeks >= longest), SCALES[-1])
    bars = []
    for place, course in enumerate(courses):
        if course.weeks is None:
            width = UNKNOWN_BAR
        else:
            width = round(LONGEST_BAR * min(course.weeks, span) / span, 2)
        name = course.drug if len(course.drug) <= MOST_LETTERS else f"{course.drug[: MOST_LETTERS - 1]}…"
        beyond = course.weeks is not None and course.weeks > span
        bars.append(Bar(place + 1, course, name, SHAPES[course.adequacy], HEAD + ROW * place, width, beyond))
    ticks = tuple((round(LONGEST_BAR * weeks / span, 2), weeks) for weeks in TICKS if weeks <= span)
    return History(tuple(bars), ticks, HEAD + ROW * len(bars))
