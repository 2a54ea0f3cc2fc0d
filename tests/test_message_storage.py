"""The sentences for somebody's next page: kept as Django keeps them, and looked for only where there may be some."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from clinic.message_storage import MessageStorage


@pytest.fixture
def asked(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.session = {}
    request._messages = MessageStorage(request)
    return request


def following(request: HttpRequest, response: HttpResponse) -> list[str]:
    """What stands on the next page of the same browser."""
    after = RequestFactory().get("/")
    after.session = request.session
    after.COOKIES = {name: morsel.value for name, morsel in response.cookies.items() if morsel.value}
    return [str(each) for each in MessageStorage(after)]


@pytest.mark.parametrize("said", [[], ["One."], ["One.", "Two."], ["x" * 4000, "Two."], ["x" * 1900] * 3])
def test_what_was_said_stands_on_the_next_page_however_long_it_is(asked, said: list[str]) -> None:
    for words in said:
        messages.info(asked, words)
    response = HttpResponse()
    assert asked._messages.update(response) in ([], None)
    assert following(asked, response) == said


def test_where_nothing_was_said_no_storage_is_made(asked) -> None:
    assert [*messages.get_messages(asked)] == []
    assert len(asked._messages) == 0
    assert "storages" not in vars(asked._messages)


def test_what_was_read_is_gone_afterwards(asked) -> None:
    messages.info(asked, "x" * 4000)
    response = HttpResponse()
    asked._messages.update(response)
    after = RequestFactory().get("/")
    after.session, after.COOKIES = (
        asked.session,
        {CookieStorage.cookie_name: response.cookies["messages"].value},
    )
    storage = MessageStorage(after)
    assert len([*storage]) == 1
    gone = HttpResponse()
    storage.update(gone)
    assert following(after, gone) == []
