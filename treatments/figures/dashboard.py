"""The numbers of the admin's home page: counts and waits only, each person those of their own work."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import median

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intake.fields.kinds import Text
from intake.fields.urgency import LEVELS
from intake.locations import settings_of
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.shape import HELP
from treatments import charts, permissions
from treatments.catalog import TREATMENTS
from treatments.figures import outcomes
from treatments.figures.outcomes import Cell
from treatments.models import Alert, Consult, Event, Referral
from treatments.workflow import ConsultState
from treatments.workflow.actions.assignment import ASSIGN, CLAIM
from treatments.workflow.actions.routing import ROUTE

WEEKS = 8
DAYS_OF_DRAFTS = 30  # or as long as drafts are kept, where that is less
STILL_AT_IT = timedelta(hours=1)  # a draft saved since then may still be being filled in
MAX_DRAFTS = 5_000
MAX_REVIEWS = 5_000
# Days waited: from, to, and the words of the column.
AGES: tuple[tuple[int, int | None, Text], ...] = (
    (0, 1, gettext_lazy("Under 1 day")),
    (1, 3, gettext_lazy("1–3 days")),
    (3, 7, gettext_lazy("3–7 days")),
    (7, None, gettext_lazy("Over 7 days")),
)
SERIES = (("received", gettext_lazy("Received")), ("routed", gettext_lazy("Routed")))


# --- Shapes: what the page shows. Pure from here to the reads. ----------------------------------------


@dataclass(frozen=True, slots=True)
class HoldRow:
    hold: str
    words: Text
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who needs a coordinator: a row per hold, a column per age."""

    ages: tuple[Text, ...]
    rows: tuple[HoldRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Queue:
    key: str
    name: Text
    waiting: int
    accepted: int
    booked: int
    longest: str
    percent: float
    over: int  # booked, and the day of the visit has passed


@dataclass(frozen=True, slots=True)
class Stop:
    page: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class Alerts:
    count: int
    urgent: int
    oldest: str


def waiting_of(counts: Mapping[str, Sequence[int]]) -> Waiting:
    """``counts``: per hold a number for each of ``AGES``."""
    none = (0,) * len(AGES)
    most = max((value for values in counts.values() for value in values), default=0)
    rows = []
    for level in reversed(LEVELS):
        values = counts.get(level.value, none)
        cells = tuple(Cell(value, charts.share(value, most)) for value in values)
        rows.append(HoldRow(level.value, level.words, cells, sum(values)))
    return Waiting(tuple(words for *_days, words in AGES), tuple(rows), sum(row.total for row in rows))


def weeks_of(mondays: Sequence[datetime], *series: Mapping[datetime, int]) -> charts.Columns:
    """A group of columns per week; each of ``series`` holds counts by the week's Monday."""
    points = [
        (date_format(monday, "M j"), [counts.get(monday, 0) for counts in series]) for monday in mondays
    ]
    return charts.columns(SERIES, points)


def mondays(now: datetime, weeks: int = WEEKS) -> list[datetime]:
    """The starts of this week and those before it, oldest first, in the zone of ``now``."""
    this = now.date() - timedelta(days=now.weekday())
    days = [this - timedelta(weeks=back) for back in reversed(range(weeks))]
    return [datetime.combine(day, time.min, now.tzinfo) for day in days]


def reviews_of(rows: Iterable[tuple[datetime, datetime]], this_week: datetime) -> dict[str, str]:
    """The median of the time to first review, of those this week and last; ``rows``: (reviewed, received)."""
    seconds: dict[str, list[float]] = {"this_week": [], "last_week": []}
    for reviewed, received in rows:
        week = "this_week" if reviewed >= this_week else "last_week"
        seconds[week].append((reviewed - received).total_seconds())
    return {
        key: span_in_words(timedelta(seconds=median(waits))) if waits else ""
        for key, waits in seconds.items()
    }


def stops_of(progress: Iterable[Mapping]) -> list[Stop]:
    """After which page people left, in the order of the pages; ``progress`` as drafts store it."""
    lasts = Counter((pages.get("saved") or [""])[-1] for pages in progress)
    order = ["", *INTAKE.by_slug, HELP]
    most = max(lasts.values(), default=0)
    known = sorted((slug for slug in lasts if slug in order), key=order.index)
    rows = [Stop(page_words(slug), lasts[slug], charts.share(lasts[slug], most)) for slug in known]
    gone = sum(count for slug, count in lasts.items() if slug not in order)
    return rows + (
        [Stop(_("A page that is no longer asked"), gone, charts.share(gone, most))] if gone else []
    )


def page_words(slug: str) -> str:
    if not slug:
        return _("Before the first page")
    if slug == HELP:
        return str(INTAKE.help_page.heading)
    page = INTAKE.by_slug[slug]
    section = next(each.title for each in INTAKE.sections if each.slug == page.section)
    heading = str(page.heading)
    return f"{section}: {heading}" if len(heading) <= 48 else f"{section} ({slug.replace('-', ' ')})"


def span_in_words(span: timedelta) -> str:
    """A wait as people say it: minutes, hours, then days."""
    minutes = max(0, round(span.total_seconds() / 60))
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


# --- Reads: every query of the page, each bounded by an index or a limit ---------------------------------


def dashboard(user) -> dict:
    """What ``user`` may see: all for the desk, a team its own queue, anyone else nothing."""
    now = timezone.localtime()
    desk = user.has_perm("treatments.view_referral")
    queues = list(TREATMENTS) if desk else permissions.queues_of(user)
    numbers: dict = {}
    if user.has_perm("treatments.view_alert"):
        numbers["alerts"] = read_alerts(now)
        numbers["taken"] = {
            urgency: "" if minutes is None else span_in_words(timedelta(minutes=minutes))
            for urgency, minutes in outcomes.read_taken(now).items()
        }
    if desk:
        weeks = mondays(now)
        numbers["waiting"] = read_waiting(now)
        numbers["weeks"] = weeks_of(weeks, read_received(weeks[0]), read_routed(weeks[0]))
        numbers["reviews"] = reviews_of(read_first_reviews(weeks[-2]), weeks[-1])
        numbers["stops"] = stops_of(read_drafts(now))
        numbers["drafts_days"] = days_of_drafts()
        numbers["due"] = outcomes.read_due(now)
    if queues:
        numbers["queues"] = read_queues(queues, now)
        numbers["own_queues"] = permissions.queues_of(user)
        numbers["feedback"] = outcomes.read_feedback(queues, now)
        numbers["outcomes"] = outcomes.read_outcomes(queues, now)
        numbers["started"] = outcomes.started_shares(numbers["outcomes"])
        numbers["results_days"] = outcomes.DAYS_OF_RESULTS
    return numbers


def read_alerts(now: datetime) -> Alerts:
    rows = Alert.objects.open().for_list().order_by().values_list("is_urgent", "rang_at")
    rang = list(rows)
    return Alerts(
        count=len(rang),
        urgent=sum(urgent for urgent, _at in rang),
        oldest=span_in_words(now - min(at for _urgent, at in rang)) if rang else "",
    )


def read_waiting(now: datetime) -> Waiting:
    aged = {
        f"age_{low}": Count("pk", filter=_waited(now, "waiting_since", low, high)) for low, high, _w in AGES
    }
    rows = Referral.objects.needing_a_coordinator().order_by().values("hold_rank").annotate(**aged)
    return waiting_of({LEVELS[rank].value: counts for rank, *counts in rows.values_list("hold_rank", *aged)})


def _waited(now: datetime, column: str, low: int, high: int | None) -> Q:
    within = Q(**{f"{column}__lte": now - timedelta(days=low)}) if low else Q()
    return within & Q(**{f"{column}__gt": now - timedelta(days=high)}) if high else within


def read_received(since: datetime) -> dict[datetime, int]:
    rows = Referral.objects.filter(received_at__gte=since).order_by()
    return dict(rows.values_list(TruncWeek("received_at")).annotate(n=Count("pk")))


def read_routed(since: datetime) -> dict[datetime, int]:
    """People, not routings: each once, when first routed by a move that was not undone."""
    rows = Event.objects.filter(at__gte=since).first_that_stood(ROUTE.key).order_by()
    return dict(rows.values_list(TruncWeek("at")).annotate(n=Count("pk")))


def read_first_reviews(since: datetime) -> list[tuple[datetime, datetime]]:
    """(reviewed, received) of every referral whose first claim, or assignment to somebody, stood.

    One that was undone is no review; a second one, as after a reopening, is not the first.
    """
    rows = Event.objects.filter(at__gte=since).first_that_stood(CLAIM.key, ASSIGN.key)
    return list(rows.order_by("-at").values_list("at", "referral__received_at")[:MAX_REVIEWS])


def days_of_drafts() -> int:
    return min(DAYS_OF_DRAFTS, settings_of(None).draft_days)


def read_drafts(now: datetime) -> list[dict]:
    """How far the forms got that were last saved within these days and left."""
    left = Submission.objects.filter(
        state=Submission.State.DRAFT,
        saved_at__gte=now - timedelta(days=days_of_drafts()),
        saved_at__lt=now - STILL_AT_IT,
    )
    return list(left.order_by("-saved_at").values_list("progress", flat=True)[:MAX_DRAFTS])


def read_queues(treatments: Sequence[str], now: datetime) -> list[Queue]:
    states = (ConsultState.WAITING, ConsultState.ACCEPTED, ConsultState.BOOKED)
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in states}
    counts["over"] = Count("pk", filter=Q(state=ConsultState.BOOKED, booked_for__lt=now.date()))
    rows = (
        Consult.objects.open()
        .filter(treatment__in=treatments)
        .order_by()
        .values("treatment")
        .annotate(**counts, longest=Min("opened_at", filter=Q(state=ConsultState.WAITING)))
        .values_list("treatment", *counts, "longest")
    )
    found = {key: numbers for key, *numbers in rows}
    most = max((waiting for waiting, *_rest in found.values()), default=0)
    queues = []
    for key in treatments:
        waiting, accepted, booked, over, opened = found.get(key, (0, 0, 0, 0, None))
        longest = span_in_words(now - opened) if opened else ""
        share = charts.share(waiting, most)
        queues.append(Queue(key, TREATMENTS[key].short, waiting, accepted, booked, longest, share, over))
    return queues
