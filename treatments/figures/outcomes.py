"""What came of the work: how consults ended, and what teams said of the referrals they got."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Value
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from treatments.catalog import TREATMENTS
from treatments.figures.proportions import share_in_words
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
    words: Text
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers under each other, a column per head."""

    heads: tuple[Text, ...]
    rows: tuple[Row, ...]


def by_queue(
    counts: Mapping[str, Mapping[str, int]], words: Mapping[str, Outcome | Verdict], treatments: Sequence[str]
) -> Table:
    """A row per code and a column per queue; ``counts``: treatment -> code -> number."""
    heads = [TREATMENTS[key].short for key in treatments]
    rows = [Row(row.label, tuple(counts[key][code] for key in treatments)) for code, row in words.items()]
    return Table(tuple(heads), tuple(rows))


def started_shares(ended: Table) -> list[tuple[Text, int, int, str]]:
    """Of each queue's completed consults those with a treatment started: head, number, of how many, the share.

    ``ended`` as ``read_outcomes`` gives it; a visit to which nobody came ends no consult.
    """
    place, ends = list(OUTCOMES).index(STARTED), ended.rows[: len(OUTCOMES)]
    columns = [[row.numbers[column] for row in ends] for column in range(len(ended.heads))]
    return [
        (head, values[place], sum(values), share_in_words(values[place], sum(values)))
        for head, values in zip(ended.heads, columns, strict=True)
    ]


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
