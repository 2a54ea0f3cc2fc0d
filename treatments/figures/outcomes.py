"""What came of the work: how consults ended, and what teams said of the referrals they got."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Value
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments.catalog import TREATMENTS
from treatments.figures.few import IN_ORDER, Group, told
from treatments.figures.proportions import share_in_words, withheld
from treatments.models import Consult, Feedback, Visit
from treatments.models.consult_lists import ConsultQuerySet
from treatments.models.visit import VisitQuerySet
from treatments.workflow import OUTCOMES, VERDICTS, ConsultState
from treatments.workflow.reasons import Outcome, Verdict
from treatments.workflow.visits import VisitEnd

# No outcome of a consult, but an end of one of its visits.
NO_SHOWS = Outcome(VisitEnd.NO_SHOW.value, gettext_lazy("Visits to which the person did not come"), False)
STARTED = "started_treatment"


@dataclass(frozen=True, slots=True)
class Row:
    """``numbers``: None where it may not be told."""

    words: Text
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers under each other, a column per head; ``of``: each column's sum, without missed visits."""

    heads: tuple[Text, ...]
    rows: tuple[Row, ...]
    of: tuple[int, ...]


def by_queue(
    counts: Mapping[str, Mapping[str, int]], words: Mapping[str, Outcome | Verdict], treatments: Sequence[str]
) -> Table:
    """A row per code and a column per queue; ``counts``: treatment -> code -> number."""
    heads = [TREATMENTS[key].short for key in treatments]
    rows = [Row(row.label, tuple(counts[key][code] for key in treatments)) for code, row in words.items()]
    codes = [code for code in words if code != VisitEnd.NO_SHOW]
    of = [sum(counts[key][code] for code in codes) for key in treatments]
    return Table(tuple(heads), tuple(rows), tuple(of))


def started_shares(ended: Table) -> list[tuple[Text, int | None, int, str]]:
    """Of each queue's completed consults those with a treatment started: head, number, of how many, the share.

    ``ended`` as ``read_outcomes`` gives it; a visit to which nobody came ends no consult.
    """
    found: list[tuple[Text, int | None, int, str]] = []
    started = ended.rows[list(OUTCOMES).index(STARTED)]
    for head, number, of in zip(ended.heads, started.numbers, ended.of, strict=True):
        found.append((head, number, of, withheld(of) if number is None else share_in_words(number, of)))
    return found


def without_few(tables: Mapping[int, Table]) -> dict[int, Table]:
    """The tables of each number of days, without what would tell of few people, also by what one has more."""
    cells: dict[tuple[int, int], int] = {}
    before: Sequence[int] = [0] * max(len(table.of) for table in tables.values())
    for days in sorted(tables):
        for place, (number, earlier) in enumerate(zip(tables[days].of, before, strict=True)):
            cells[days, place] = number - earlier
        before = tables[days].of
    groups = [
        Group(
            f"queue {place}",
            "",
            days,
            frozenset(cell for cell in cells if cell[1] == place and cell[0] <= days),
        )
        for days in IN_ORDER
        for place in range(len(tables[days].of))
    ]
    shown = {(group.days, group.kind) for group in told(cells, groups)}
    return {
        days: replace(table, rows=tuple(_shown(row, days, shown) for row in table.rows))
        for days, table in tables.items()
    }


def _shown(row: Row, days: int, shown: Collection[tuple[int, str]]) -> Row:
    if row.words == NO_SHOWS.label:  # of visits, and so no share of the consults
        return row
    numbers = (
        number if (days, f"queue {place}") in shown else None for place, number in enumerate(row.numbers)
    )
    return Row(row.words, tuple(numbers))


# --- Reads: each bounded by an index or a limit ------------------------------------------------------------


def read_feedback(treatments: Sequence[str], since: datetime) -> Table:
    return by_queue(Feedback.objects.filter(at__gte=since).counts(), VERDICTS, treatments)


def read_outcomes(treatments: Sequence[str], since: datetime) -> Table:
    # Only a completed consult has an outcome; said again, because the index holds those only.
    ended = Consult.objects.filter(state=ConsultState.COMPLETED, ended_at__gte=since)
    missed = Visit.objects.filter(ended=VisitEnd.NO_SHOW, ended_at__gte=since)
    return by_queue(ends_of(ended, missed), OUTCOMES | {VisitEnd.NO_SHOW.value: NO_SHOWS}, treatments)


def ends_of(ended: ConsultQuerySet, missed: VisitQuerySet) -> dict[str, dict[str, int]]:
    """How many consults ended how, and how many visits were missed, in one query: treatment -> code -> number."""
    number, no_show = Count("pk"), Value(VisitEnd.NO_SHOW.value)
    with_outcome = ended.exclude(outcome__in=("", VisitEnd.NO_SHOW)).order_by()
    rows: Any = with_outcome.values_list("treatment", "outcome").annotate(number=number)
    visits = missed.order_by().values_list("consult__treatment").annotate(code=no_show, number=number)
    counted = {key: dict.fromkeys((*OUTCOMES, VisitEnd.NO_SHOW.value), 0) for key in TREATMENTS}
    found: Iterable[tuple[str, str, int]] = rows.union(visits, all=True)
    for treatment, code, count in found:
        counted[treatment][code] = count
    return counted
