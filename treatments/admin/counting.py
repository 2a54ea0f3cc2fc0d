"""Pages of a long list without counting all of it: beyond a thousand rows a list is searched, not leafed through."""

from functools import cached_property

from django.core.paginator import Paginator

MOST = 1_000  # rows that can be leafed through


class CappedPaginator(Paginator):
    @cached_property
    def _found(self) -> int:
        """The number of rows, up to one more than can be shown; counting a million takes a tenth of a second."""
        return self.object_list.order_by()[: MOST + 1].count()

    @property
    def count(self) -> int:
        return min(self._found, MOST)

    @property
    def has_more(self) -> bool:
        return self._found > MOST
