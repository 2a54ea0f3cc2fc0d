"""The home page's numbers of what is due and what came of the work: contacts, alerts, feedback, outcomes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.utils.translation import gettext_lazy

from intake.fields.kinds import Text
from intake.fields.urgency import PRESSING, SAME_DAY, URGENT
from intake.models import Alarm
from treatments import charts
from treatments.catalog import TREATMENTS
from treatments.figures.proportions import share_in_words
from treatments.models import AlertEntry, Consult, Feedback, Referral, Visit
from treatments.models.consult_lists import ConsultQuerySet
from treatments.models.visit import VisitQuerySet
from treatments.workflow import OUTCOMES, VERDICTS, ConsultState, ReferralState
from treatments.workflow.alerts import EntryKind
from treatments.workflow.reasons import Outcome, Verdict
from treatments.workflow.visits import VisitEnd

DAYS_OF_RESULTS = 90  # of feedback and outcomes
DAYS_OF_ALERTS = 30
# No outcome of a consult, but an end of one of its visits.
NO_SHOWS = Outcome(VisitEnd.NO_SHOW.value, gettext_lazy("Visits to which the person did not come"), False)
MAX_ALERTS = 5_000
STARTED = "started_treatment"


@dataclass(frozen=True, slots=True)
class Cell:
    value: int
    percent: float


@dataclass(frozen=True, slots=True)
class Row:
    words: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers under each other, a column per head."""

    heads: tuple[Text, ...]
    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        return sum(cell.value for row in self.rows for cell in row.cells)


def table_of(heads: Sequence[Text], rows: Sequence[tuple[Text, Sequence[int]]]) -> Table:
    most = max((value for _words, values in rows for value in values), default=0)
    drawn = (
        Row(words, tuple(Cell(value, charts.share(value, most)) for value in values))
        for words, values in rows
    )
    return Table(tuple(heads), tuple(drawn))


def by_queue(
    counts: Mapping[str, Mapping[str, int]], words: Mapping[str, Outcome | Verdict], treatments: Sequence[str]
) -> Table:
    """A row per code and a column per queue; ``counts``: treatment -> code -> number."""
    heads = [TREATMENTS[key].short for key in treatments]
    rows = [(row.label, [counts[key][code] for key in treatments]) for code, row in words.items()]
    return table_of(heads, rows)


def started_shares(ended: Table) -> list[tuple[Text, int, int, str]]:
    """Of each queue's completed consults those with a treatment started: head, number, of how many, the share."""
    place = list(OUTCOMES).index(STARTED)
    columns = [[row.cells[column].value for row in ended.rows] for column in range(len(ended.heads))]
    return [
        (head, values[place], sum(values), share_in_words(values[place], sum(values)))
        for head, values in zip(ended.heads, columns, strict=True)
    ]


# --- Reads: each bounded by an index or a limit ------------------------------------------------------------


def read_feedback(treatments: Sequence[str], now: datetime) -> Table:
    since = now - timedelta(days=DAYS_OF_RESULTS)
    return by_queue(Feedback.objects.filter(at__gte=since).counts(), VERDICTS, treatments)


def read_outcomes(treatments: Sequence[str], now: datetime) -> Table:
    since = now - timedelta(days=DAYS_OF_RESULTS)
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


def read_due(now: datetime) -> Table:
    """What the desk owes people: overdue, and what falls due by the end of today."""
    today = now.date()
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    owed = Q(caring_contact__done_at__isnull=True)
    planned = ~Q(state=ReferralState.CLOSED)  # nobody is tried again once the referral is closed
    counts = Referral.objects.due_by(today).aggregate(
        caring_overdue=Count("pk", filter=owed & Q(caring_contact__due_at__lt=now)),
        caring_today=Count(
            "pk", filter=owed & Q(caring_contact__due_at__gte=now, caring_contact__due_at__lt=tomorrow)
        ),
        attempts_overdue=Count("pk", filter=planned & Q(contact_due_on__lt=today)),
        attempts_today=Count("pk", filter=planned & Q(contact_due_on=today)),
    )
    heads = (gettext_lazy("Overdue"), gettext_lazy("Due today"))
    rows = ((gettext_lazy("Caring contacts"), "caring"), (gettext_lazy("Contact attempts"), "attempts"))
    return table_of(
        heads, [(words, (counts[f"{key}_overdue"], counts[f"{key}_today"])) for words, key in rows]
    )


def read_taken(now: datetime) -> dict[str, float | None]:
    """The median minutes until somebody was on an alert, or closed it, by its urgency; None where nobody was.

    From the form's first alarm; that it rang again later does not count anew.
    """
    of_form = Alarm.objects.filter(submission=OuterRef("submission")).order_by("pk")
    answered = AlertEntry.objects.filter(kind__in=(EntryKind.TAKEN, EntryKind.CLOSED))
    earlier = answered.filter(submission=OuterRef("submission"), pk__lt=OuterRef("pk"))
    rows = answered.filter(~Exists(earlier), at__gte=now - timedelta(days=DAYS_OF_ALERTS)).annotate(
        raised=Subquery(of_form.values("raised_at")[:1]), urgent=Exists(of_form.filter(urgency=URGENT))
    )
    taken: dict[str, list[float]] = {urgency: [] for urgency, _words in PRESSING}
    for urgent, raised, at in rows.order_by("-at").values_list("urgent", "raised", "at")[:MAX_ALERTS]:
        taken[URGENT if urgent else SAME_DAY].append((at - raised).total_seconds() / 60)
    return {urgency: median(minutes) if minutes else None for urgency, minutes in taken.items()}
