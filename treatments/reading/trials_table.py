"""The medicines tried as one table with a picture: in the order of time, an episode at a time. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake import fields
from intake.fields import Answers
from intake.questionnaire import summary
from treatments.reading.trial_history import adequacy, dose, weeks_chosen
from treatments.rules.logic import Answer
from treatments.rules.thresholds import LENIENT_WEEKS
from treatments.rules.trial import TRIALS, Trial
from treatments.rules.trial_words import why
from treatments.rules.trials import Trials

PARTS = {part.key: part for part in fields.BY_PATH[TRIALS].parts}
WEEKS_A_MONTH = 52 / 12
LEAST_WIDTH = 2.0  # percent
UNDATED_WIDTH = 34.0  # percent: a bar whose place nobody knows
RIGHT = 96.0  # percent: what is left is for the mark of what is still taken
MOST_TICKS = 4
SHAPES = {"adequate": "●", "short": "○", "unknown": "?", "apart": "+"}
BETTER = {"under_25": "under 25 %", "25_49": "25–49 %", "50_75": "50–75 %", "over_75": "over 75 %"}


@dataclass(frozen=True, slots=True)
class Span:
    """Months since the year 0; ``sure`` where both ends were given to the month."""

    start: float
    end: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """``x`` and ``width`` in percent; ``dated``: its place is known."""

    x: float
    width: float
    dated: bool
    sure: bool
    goes_on: bool

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Row:
    """A medicine: what was taken, how it went, and in a few words whether it counts as an adequate trial."""

    drug: str
    cls: str
    typed: str
    added_to: str
    kind: str
    shape: str
    dose: str
    weeks: str
    better: str
    why_stopped: str
    counts: str
    arithmetic: str
    undated: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Episode:
    """Its rows on one axis; ``ticks`` are (percent, words)."""

    title: str
    rows: list[Row]
    ticks: list[tuple[float, str]] = field(default_factory=list)


def trials_table(answers: Answers, today: date, age: int | None = None) -> list[Episode]:
    """This episode first, then what nobody placed, then what was before; none where no medicine was named."""
    entries = answers.get("antidepressants", {}).get("trials")
    if not entries:
        return []
    trials = Trials(entries, None).listed
    now = today.year * 12 + today.month - 0.5
    titles = {
        True: _("This episode"),
        None: _("Not known in which episode"),
        False: _("Before this episode"),
    }
    found = []
    for value, title in titles.items():
        own = [trial for trial in trials if trial.this_episode.value is value]
        if own:
            found.append(_episode(title, own, now, age))
    return found


def _episode(title: str, trials: list[Trial], now: float, age: int | None) -> Episode:
    spans = {trial.place: _span(trial, now) for trial in trials}
    dated = [span for span in spans.values() if span]
    first = min((span.start for span in dated), default=0.0)
    length = max(max((span.end for span in dated), default=1.0) - first, 1.0)
    rows = [_row(trial, spans[trial.place], first, length, age) for trial in _in_order(trials, spans)]
    return Episode(title, rows, _ticks(first, length) if dated else [])


def _in_order(trials: list[Trial], spans: dict[int, Span | None]) -> list[Trial]:
    """By start, undated last; what was added stands under its base."""

    def place(trial: Trial) -> tuple[bool, float, int]:
        span = spans[trial.place]
        return (span is None, span.start if span else 0.0, trial.place)

    ordered = sorted(trials, key=place)
    bases = {trial.key: trial for trial in reversed(ordered)}
    under: dict[int, list[Trial]] = {}
    for trial in ordered:
        base = bases.get(_base_of(trial))
        if base is not None and base is not trial and not _base_of(base):
            under.setdefault(base.place, []).append(trial)
    joined = {trial.place for rows in under.values() for trial in rows}
    return [each for top in ordered if top.place not in joined for each in (top, *under.get(top.place, ()))]


def _base_of(trial: Trial) -> str:
    """The generic name of the medicine that it was added to, "" for none."""
    return (trial.addition.generic or "") if trial.addition.said == "yes" else ""


def _span(trial: Trial, now: float) -> Span | None:
    start, sure = _month(trial.entry.get("started"), end=False)
    end, end_sure = _month(trial.entry.get("stopped"), end=True)
    if end is None and trial.entry.get("still_taking") == "yes":
        end, end_sure = now, True
    months = trial.weeks / WEEKS_A_MONTH if trial.weeks else None
    counted = not weeks_chosen(trial)  # a number, not a range
    if start is None and end is not None and months:
        start, sure = end - months, counted
    if end is None and start is not None and months:
        end, end_sure = start + months, counted
    if start is None or end is None or end < start:
        return None
    return Span(start, end, sure and end_sure)


def _month(said: object, *, end: bool) -> tuple[float | None, bool]:
    """The month that was said, and whether it was one; of a year alone its beginning or end."""
    year, _dash, month = str(said or "").partition("-")
    if not year.isdecimal():
        return None, False
    if month.isdecimal():
        return int(year) * 12 + int(month) - (0 if end else 1), True
    return int(year) * 12 + (12 if end else 0), False


def _ticks(first: float, length: float) -> list[tuple[float, str]]:
    step = max(1, round(length / MOST_TICKS))
    months = range(int(first), int(first + length) + 1, step)
    return [
        (
            round(RIGHT * (month - int(first)) / length, 1),
            date_format(date(month // 12, month % 12 + 1, 1), "M y"),
        )
        for month in months
        if month - int(first) <= length * 0.92
    ]


def _row(trial: Trial, span: Span | None, first: float, length: float, age: int | None) -> Row:
    kind, _words = adequacy(trial)
    drug = trial.drug.generic if trial.drug else trial.typed
    if span:
        width = max(RIGHT * (span.end - span.start) / length, LEAST_WIDTH)
        goes_on = trial.entry.get("still_taking") == "yes"
        bar = Bar(round(RIGHT * (span.start - first) / length, 1), round(width, 1), True, span.sure, goes_on)
    else:
        bar = Bar(0.0, UNDATED_WIDTH, False, False, False)
    return Row(
        drug=drug,
        cls=trial.drug.cls if trial.drug else _("name not recognized"),
        typed=trial.typed if trial.typed.strip().casefold() != drug.casefold() else "",
        added_to=_base_of(trial),
        kind=kind,
        shape=SHAPES[kind],
        dose=dose(trial),
        weeks=weeks_chosen(trial) or (_("not known") if trial.weeks is None else f"{trial.weeks:g}"),
        better=BETTER.get(str(trial.entry.get("improvement")), _("not known")),
        why_stopped=_why_stopped(trial),
        counts=counts(trial),
        arithmetic=why(trial, age),
        undated="" if span else _("dates not known"),
        bar=bar,
    )


def _why_stopped(trial: Trial) -> str:
    if trial.entry.get("still_taking") == "yes":
        return _("still taken")
    said = summary.in_words(PARTS["stopped_because"], trial.entry.get("stopped_because"))
    effects = str(trial.entry.get("side_effects") or "").strip()
    return ": ".join(filter(None, (said or _("not said"), effects)))


def counts(trial: Trial) -> str:
    """Whether it counts as an adequate trial, and in few words why not."""
    if trial.counts.value is False:
        return _("No antidepressant trial of its own")
    if trial.alone.value is False:
        return _("Augmentation, no trial of its own")
    if trial.adequate_lenient.value is True:
        if trial.failed_broad.value is None:
            return _("Yes; benefit not known")
        return _("Yes") if trial.failed_broad.value else _("Yes, but it helped")
    shorts = [
        (trial.dose, _("dose too low")),
        (trial.lasted(LENIENT_WEEKS.value), _("too short")),
        (trial.taken, _("not on most days")),
        (trial.this_episode, _("earlier episode")),
    ]
    if trial.adequate_lenient.value is False:
        return _("No: %(why)s") % {"why": _named(shorts, False)}
    asked = [
        (trial.counts, _("which medicine")),
        (trial.alone, _("what it was added to")),
        (trial.dose, _("dose")),
        (trial.lasted(LENIENT_WEEKS.value), _("weeks")),
        (trial.taken, _("most days?")),
        (trial.this_episode, _("which episode")),
    ]
    return _("Ask: %(what)s") % {"what": _named(asked, None)}


def _named(parts: Iterable[tuple[Answer, str]], value: bool | None) -> str:
    return ", ".join(words for answer, words in parts if answer.value is value)
