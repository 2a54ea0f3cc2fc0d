"""What a page of the admin is: one row each, from which an admin makes the address, the guard and the view."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase

READS = ("GET", "HEAD")
WITH_FORM = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Page:
    """``path`` is below the list's address; with ``<int:object_id>`` it is a page of a row, else of the list.

    ``view`` is called as ``view(admin, request, row, **parts)``: the row, looked up once and 404 for whoever may
    not know of it, is None on a page of the list; ``parts`` are the other parts of the path. ``find`` looks a row
    up in another way than ``admin.row_or_404``. The address is named ``treatments_<model>_<name>``.
    """

    path: str
    name: str
    view: Callable[..., HttpResponseBase]
    permission: str = ""
    methods: tuple[str, ...] = READS
    find: Callable[..., Any] | None = None
