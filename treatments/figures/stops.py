"""After which page people leave the form: drafts that were saved and not sent."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from intake.locations import settings_of
from intake.models import Submission
from intake.questionnaire.intake import INTAKE
from intake.questionnaire.shape import HELP
from treatments.figures.proportions import FEWEST

DAYS_OF_DRAFTS = 30  # or as long as drafts are kept, where that is less
STILL_AT_IT = timedelta(hours=1)  # a draft saved since then may still be being filled in
MAX_DRAFTS = 5_000


@dataclass(frozen=True, slots=True)
class Stop:
    page: str
    count: int


def stops_of(progress: Iterable[Mapping]) -> list[Stop]:
    """After which page people left, in the order of the pages; ``progress`` as drafts store it."""
    lasts = Counter((pages.get("saved") or [""])[-1] for pages in progress)
    order = ["", *INTAKE.by_slug, HELP]
    known = sorted((slug for slug in lasts if slug in order), key=order.index)
    rows = [Stop(page_words(slug), lasts[slug]) for slug in known]
    gone = sum(count for slug, count in lasts.items() if slug not in order)
    return rows + ([Stop(_("A page that is no longer asked"), gone)] if gone else [])


def without_few(stops: list[Stop]) -> list[Stop]:
    """Of few forms in all it is not told after which page they were left."""
    whole = sum(stop.count for stop in stops)
    if not stops or whole >= FEWEST:
        return stops
    return [Stop(_("All pages: which one is not shown of fewer than %(n)d") % {"n": FEWEST}, whole)]


def page_words(slug: str) -> str:
    if not slug:
        return _("Before the first page")
    if slug == HELP:
        return str(INTAKE.help_page.heading)
    page = INTAKE.by_slug[slug]
    section = next(each.title for each in INTAKE.sections if each.slug == page.section)
    return f"{section}: {page.heading}"


def days_of_drafts() -> int:
    return min(DAYS_OF_DRAFTS, settings_of(None).draft_days)


def read_stops(now: datetime) -> list[Stop]:
    """Of the forms that were last saved within these days and left."""
    left = Submission.objects.filter(
        state=Submission.State.DRAFT,
        saved_at__gte=now - timedelta(days=days_of_drafts()),
        saved_at__lt=now - STILL_AT_IT,
    )
    return stops_of(left.order_by("-saved_at").values_list("progress", flat=True)[:MAX_DRAFTS])
