"""Pages of a long list without reading all of it: beyond a thousand rows a list is searched, not leafed through."""

from functools import cached_property

from django.core.paginator import Page, Paginator

MOST = 1_000  # rows that can be leafed through
FEW = 300  # keys that are cheaper to name to the database than to look for again


class CappedPaginator(Paginator):
    @cached_property
    def _found(self) -> list[int]:
        """The keys in no order, up to one more than can be shown: counting a million takes a tenth of a second."""
        return list(self.object_list.order_by().values_list("pk", flat=True)[: MOST + 1])

    @property
    def count(self) -> int:
        return min(len(self._found), MOST)

    @property
    def has_more(self) -> bool:
        return len(self._found) > MOST

    def page(self, number: int) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = min(start + self.per_page, self.count)
        return self._get_page(self._rows(start, end), number, self)

    def _rows(self, start: int, end: int) -> list:
        if not self.has_more and len(self._found) <= FEW:
            return list(self.object_list.filter(pk__in=self._found)[start:end])
        # First the keys in the list's order, then their rows: thousands of whole rows are dear to sort.
        keys = list(self.object_list.values_list("pk", flat=True)[start:end])
        rows = self.object_list.order_by().in_bulk(keys)
        return [rows[key] for key in keys if key in rows]
