"""Pages of a long list without reading all of it: beyond a thousand rows a list is searched, not leafed through."""

from functools import cached_property

from django.core.paginator import Page, Paginator

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

    def page(self, number: int) -> Page:
        """First the keys in the list's order, then their rows: thousands of whole rows are dear to sort."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = min(start + self.per_page, self.count)
        keys = list(self.object_list.values_list("pk", flat=True)[start:end])
        rows = self.object_list.order_by().in_bulk(keys)
        return self._get_page([rows[key] for key in keys if key in rows], number, self)
