"""Pages of a long list without reading all of it.

Beyond a thousand rows a list is searched, not leafed through, and beyond a few hundred found more words are typed.
"""

from collections import Counter
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.sql.where import WhereNode

from treatments.workflow.desk import GROUP_OF, GROUPS, DeskGroup, Place

MAX_ROWS = 1_000  # rows that can be leafed through
MAX_FOUND = 300  # rows of a search
FEW_KEYS = 300  # keys that are cheaper to name to the database than to look for again


class CappedPaginator(Paginator):
    """``searched``: the rows were searched for by words."""

    object_list: QuerySet

    def __init__(self, *args, searched: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = MAX_FOUND if searched else MAX_ROWS

    @cached_property
    def _found(self) -> list[int]:
        """The keys in no order, up to one more than can be shown: counting a million takes a tenth of a second."""
        return list(self._keys().values_list("pk", flat=True)[: self.most + 1])

    def _keys(self) -> QuerySet:
        return self.object_list.order_by()

    @property
    def count(self) -> int:
        return min(len(self._found), self.most)

    @property
    def has_more(self) -> bool:
        return len(self._found) > self.most

    def page(self, number: int | str) -> Page:
        place = self.validate_number(number)
        start = (place - 1) * self.per_page
        end = min(start + self.per_page, self.count)
        return Page(self._rows(start, end), place, self)

    def _rows(self, start: int, end: int) -> list:
        if not self.has_more and len(self._found) <= FEW_KEYS:
            return list(self.object_list.filter(pk__in=self._found)[start:end])
        # The keys of the page come first, by themselves: thousands of whole rows are dear to sort, and to the rows of
        # these keys the filters need not be applied again.
        named = self.object_list.all()
        named.query.where = WhereNode()
        return list(named.filter(pk__in=self.object_list.values("pk")[start:end]))


class DeskPaginator(CappedPaginator):
    """Also tells how many of the rows stand in each group of the desk, which costs nothing beside the keys."""

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        return list(self._keys().values_list("pk", "desk_rank")[: self.most + 1])

    @cached_property
    def _found(self) -> list[int]:
        return [pk for pk, _place in self._places]

    @property
    def group_numbers(self) -> dict[DeskGroup, int] | None:
        """None where there are more rows than were counted."""
        if self.has_more:
            return None
        counted = Counter(GROUP_OF[Place(place)] for _pk, place in self._places if place)
        return {group: counted[group] for group in GROUPS}
