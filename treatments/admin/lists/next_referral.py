"""The way from one referral of the worklist to the next: down the list from the place where it stood in it."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from treatments.admin.lists.filters import DueFilter, NeedsFilter
from treatments.admin.lists.pagination import MAX_ROWS, DeskPaginator
from treatments.admin.lists.read_only import ReadOnlyAdmin, ReadOnlyChangeList
from treatments.admin.lists.views import ListFrame, View, kept_query
from treatments.admin.pages.page import Page
from treatments.models import Referral
from treatments.models.referral_lists import ReferralQuerySet
from treatments.reading.desk_counts import counts_for
from treatments.workflow.desk import DeskGroup, Place

PLACE = "place"
KEYS_ONLY = "keys_only"
RANKS = sorted(Place, reverse=True)


def _by_word(groups: dict[DeskGroup, int] | None) -> dict[str, int]:
    return {group.value: number for group, number in (groups or {}).items()}


def place_of(pk: int, rank: int) -> str:
    """Where a row stands in the list, for an address: the hold is patient data, so only a digest tells the place."""
    return f"{pk}-{_digest(pk, rank)}"


def _digest(pk: int, rank: int) -> str:
    return salted_hmac("treatments.admin.lists.next_referral", f"{pk} {rank}").hexdigest()[:16]


class Worklist(ReadOnlyChangeList):
    """Each row's link says where the row stood: an action may move it, and the next one is counted from there."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        if PLACE in request.GET:  # the list itself has no place: it is no filter
            request = copy(request)
            kept = request.GET.copy()
            del kept[PLACE]
            request.GET = kept  # type: ignore[assignment]  # a changed copy; the stubs know only what was sent
        self.request = request
        super().__init__(request, *args, **kwargs)
        if self.is_grouped:
            self.sortable_by = ()

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[Any]:
        """By a column where that is asked for, in no group, and of no more rows than a list shows."""
        self.too_many_to_sort = False
        if ORDER_VAR in self.params:
            self.too_many_to_sort = len(queryset.order_by().values_list("pk")[: MAX_ROWS + 1]) > MAX_ROWS
            if self.is_grouped or self.too_many_to_sort:
                del self.params[ORDER_VAR]
        return super().get_ordering(request, queryset)

    @property
    def is_grouped(self) -> bool:
        """What needs a coordinator stands in groups, unless somebody searches."""
        shown = next(each.shown for each in self.filter_specs if isinstance(each, NeedsFilter))
        return shown == "needs" and not self.query

    @property
    def group_numbers(self) -> dict[DeskGroup, int] | None:
        """How many stand in each group; None where there are more than a list shows."""
        return cast(DeskPaginator, self.paginator).group_numbers

    @cached_property
    def frame(self) -> ListFrame:
        """With the numbers of the views that are counted, and whoever looks' own views."""
        counts = counts_for(self.request)
        numbers: dict[str, int] = {"needs": counts.desk, "mine": counts.mine, **_by_word(counts.groups)}
        return ListFrame(self, numbers, [*self._due_view(), *self._saved_views()])

    def _due_view(self) -> Iterator[View]:
        today = {DueFilter.parameter_name: "today"}
        yield View(
            _("Due today"),
            f"?{urlencode(today)}",
            self.filter_params == {DueFilter.parameter_name: ["today"]},
        )

    def _saved_views(self) -> Iterator[View]:
        here = kept_query(self.request.GET, lambda key: key == ORDER_VAR or self._is_filter(key))
        for name, query in counts_for(self.request).views:
            yield View(name, f"?{query}", query == here)

    def _is_filter(self, key: str) -> bool:
        return self.model_admin.lookup_allowed(key, "", self.request)

    def url_for_result(self, result: Model) -> str:
        place = place_of(result.pk, cast(Referral, result).desk_rank)
        return f"{super().url_for_result(result)}?{urlencode({PLACE: place})}"

    def get_results(self, request: HttpRequest) -> None:
        """None at all where only the way through the list is asked for."""
        if not hasattr(request, KEYS_ONLY):
            super().get_results(request)


def show_next(admin: ReadOnlyAdmin, request: HttpRequest, referral: Referral) -> HttpResponse:
    """Go to the referral that follows this one in the worklist as it is filtered, or back to the list."""
    following = referral_after(admin, request, referral)
    if following is None:
        messages.info(request, _("That was the last one of this list."))
        return redirect("admin:treatments_referral_changelist")
    page = reverse("admin:treatments_referral_change", args=[following.pk])
    return redirect(f"{page}?{urlencode({PLACE: place_of(following.pk, following.desk_rank)})}")


def rows_of_list(admin: ReadOnlyAdmin, request: HttpRequest) -> QuerySet:
    """The rows of the list from which this page was opened, in its order; none of them is read."""
    asked = copy(request)
    filters = QueryDict(request.GET.get("_changelist_filters", ""), mutable=True)
    filters.pop("p", None)
    asked.GET = filters  # type: ignore[assignment]  # as above
    setattr(asked, KEYS_ONLY, True)
    return admin.get_changelist_instance(asked).queryset


def listed(admin: ReadOnlyAdmin, request: HttpRequest) -> ReferralQuerySet:
    """The same of the worklist; the whole list where what the address says is none."""
    try:
        return cast(ReferralQuerySet, rows_of_list(admin, request))
    except IncorrectLookupParameters:
        return Referral.objects.for_user(request.user).needing_a_coordinator().safest_first()


@dataclass(frozen=True, slots=True)
class Way:
    """Of a page in the list it was opened from: ``number`` of ``all`` and its neighbors' addresses, "" for none.

    ``number`` is 0 where it has left the list; then, and where an action has moved it there, ``next`` looks for the
    one that followed it.
    """

    number: int
    all: str
    previous: str
    next: str


def way_through(admin: ReadOnlyAdmin, request: HttpRequest, referral: Referral) -> Way | None:
    """None where the page was not opened from a list."""
    if PLACE not in request.GET:
        return None
    rows = list(listed(admin, request).values_list("pk", "desk_rank")[: MAX_ROWS + 1])
    keys = [pk for pk, _rank in rows]
    kept = request.GET.copy()
    from_the_place = f"next/?{kept.urlencode()}"
    if referral.pk not in keys:
        return Way(0, "", "", from_the_place)

    def address(at: int) -> str:
        if not 0 <= at < len(rows):
            return ""
        kept[PLACE] = place_of(*rows[at])
        return f"{reverse('admin:treatments_referral_change', args=[keys[at]])}?{kept.urlencode()}"

    at = keys.index(referral.pk)
    total = str(len(rows)) if len(rows) <= MAX_ROWS else _("more than %(most)d") % {"most": MAX_ROWS}
    moved = request.GET[PLACE] != place_of(referral.pk, referral.desk_rank)
    return Way(at + 1, total, address(at - 1), from_the_place if moved else address(at + 1))


def referral_after(admin: ReadOnlyAdmin, request: HttpRequest, referral: Referral) -> Referral | None:
    """The first row after the place from which this one was opened; of the whole list where none is known."""
    rows = listed(admin, request).exclude(pk=referral.pk).safest_first()
    place = place_in(admin, request)
    if place is None:
        return rows.first()
    rank, since, pk = place
    later = Q(waiting_since__gt=since) | Q(waiting_since=since, pk__gt=pk)
    # Two ranges of the same index, the rest of this place's rows first.
    same = rows.filter(desk_rank=rank, waiting_since__gte=since).filter(later).first()
    return same or rows.filter(desk_rank__lt=rank).first()


def place_in(admin: ReadOnlyAdmin, request: HttpRequest) -> tuple[int, datetime, int] | None:
    """The place on the desk, the time and the key by which the row was listed; None where the address tells none."""
    key, _dash, digest = request.GET.get(PLACE, "").partition("-")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    pk = int(key)
    rank = next((rank for rank in RANKS if constant_time_compare(_digest(pk, rank), digest)), None)
    row = admin.get_queryset(request).filter(pk=pk).first()
    return (rank, row.waiting_since, pk) if row and rank is not None else None


NEXT = Page("<int:object_id>/next/", "next", show_next, "treatments.view_referral")
