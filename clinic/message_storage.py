"""Where the sentences that stand on somebody's next page are kept: as Django keeps them."""

from typing import Any

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.utils.functional import cached_property


class MessageStorage(FallbackStorage):
    """Django's, made ready when something is said or kept: on most pages there is neither, and it is a fiftieth of
    what one costs.
    """

    def __init__(self, request: HttpRequest):
        BaseStorage.__init__(self, request)
        self._used_storages: set[BaseStorage] = set()

    @cached_property
    def storages(self) -> list[BaseStorage]:
        return [kind(self.request) for kind in self.storage_classes]

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list, bool]:
        """Nothing where there is no cookie: the session holds what did not fit into it."""
        kept = CookieStorage.cookie_name in self.request.COOKIES
        return super()._get(*args, **kwargs) if kept else ([], True)  # type: ignore[misc]  # not in the stubs
