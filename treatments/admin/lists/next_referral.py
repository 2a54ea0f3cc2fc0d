"""The way from one referral of the worklist to the next: down the list from the place where it stood in it."""

from copy import copy
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from treatments.admin.lists.filters import NeedsFilter
from treatments.admin.lists.read_only import ReadOnlyAdmin, ReadOnlyChangeList
from treatments.admin.pages.page import Page
from treatments.models import Referral
from treatments.models.referral_lists import ReferralQuerySet
from treatments.workflow.desk import DeskGroup, Place

PLACE = "place"
RANKS = sorted(Place, reverse=True)


def place_of(referral: Referral) -> str:
    """Where the row stands in the list, for an address: the hold is patient data, so only a digest tells the place."""
    return f"{referral.pk}-{_digest(referral.pk, referral.desk_rank)}"


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
        super().__init__(request, *args, **kwargs)

    @property
    def is_grouped(self) -> bool:
        """What needs a coordinator stands in groups, unless somebody searches."""
        shown = next(each.shown for each in self.filter_specs if isinstance(each, NeedsFilter))
        return shown == "needs" and not self.query

    @property
    def group_numbers(self) -> dict[DeskGroup, int] | None:
        """How many stand in each group; None where there are more than a list shows."""
        if self.paginator.has_more:
            return None
        return cast(ReferralQuerySet, self.queryset).group_counts()

    def url_for_result(self, result: Model) -> str:
        return f"{super().url_for_result(result)}?{urlencode({PLACE: place_of(cast(Referral, result))})}"


def show_next(admin: ReadOnlyAdmin, request: HttpRequest, referral: Referral) -> HttpResponse:
    """Go to the referral that follows this one in the worklist as it is filtered, or back to the list."""
    following = referral_after(admin, request, referral)
    if following is None:
        messages.info(request, _("That was the last one of this list."))
        return redirect("admin:treatments_referral_changelist")
    page = reverse("admin:treatments_referral_change", args=[following.pk])
    return redirect(f"{page}?{urlencode({PLACE: place_of(following)})}")


def referral_after(admin: ReadOnlyAdmin, request: HttpRequest, referral: Referral) -> Referral | None:
    """The first row after the place from which this one was opened; of the whole list where none is known."""
    asked = copy(request)
    filters = QueryDict(request.GET.get("_changelist_filters", ""), mutable=True)
    filters.pop("p", None)
    asked.GET = filters  # type: ignore[assignment]  # as above
    try:
        rows = admin.get_changelist_instance(asked).queryset
    except IncorrectLookupParameters:
        rows = Referral.objects.for_user(request.user).needing_a_coordinator()
    rows = rows.exclude(pk=referral.pk).safest_first()
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
