"""The way from one consult of a queue to the one before and the one after it, in the list it was opened from."""

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from treatments.admin.lists.next_referral import KEYS_ONLY, Way, rows_of_list
from treatments.admin.lists.pagination import MAX_ROWS
from treatments.admin.lists.read_only import ReadOnlyAdmin, ReadOnlyChangeList
from treatments.models import Consult


class Queue(ReadOnlyChangeList):
    """A queue's list, which reads no row where only the way through it is asked for."""

    def get_results(self, request: HttpRequest) -> None:
        if not hasattr(request, KEYS_ONLY):
            super().get_results(request)


def way_through_queue(admin: ReadOnlyAdmin, request: HttpRequest, consult: Consult) -> Way | None:
    """None where the list no longer holds it."""
    try:
        keys = list(rows_of_list(admin, request).values_list("pk", flat=True)[: MAX_ROWS + 1])
    except (IncorrectLookupParameters, DisallowedModelAdminLookup):
        return None
    if consult.pk not in keys:
        return None
    kept = f"?{request.GET.urlencode()}" if request.GET else ""

    def address(at: int) -> str:
        if not 0 <= at < len(keys):
            return ""
        return reverse(f"admin:treatments_{consult.treatment}consult_change", args=[keys[at]]) + kept

    at = keys.index(consult.pk)
    total = str(len(keys)) if len(keys) <= MAX_ROWS else _("more than %(most)d") % {"most": MAX_ROWS}
    return Way(at + 1, total, address(at - 1), address(at + 1))
