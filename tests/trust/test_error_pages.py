"""The pages that say what went wrong need no database, whoever asks: not found, unreadable, stale."""

import pytest
from django.test import Client

from tests.conftest import hire
from tests.intake import pat
from tests.intake.screen import words
from tests.trust import harm
from tests.trust.test_database_faults import form_in


@pytest.fixture(params=["a stranger", "Pat", "Cora"])
def away(request, real_database):
    """A browser of each of them, and then the database goes."""
    client = Client(raise_request_exception=False)
    if request.param == "Pat":
        pat.begin(client)
    elif request.param == "Cora":
        client.force_login(hire().cora)
    with harm.refused():
        yield client


def test_they_are_the_same_without_a_database(away):
    for address, status, says in [
        ("/nowhere/", 404, "We cannot find this page"),
        ("/intake/about/?q=%00", 400, "We could not read that page"),
    ]:
        response = away.get(address)
        assert (response.status_code, says in words(response.content.decode())) == (status, True), address


def test_a_stale_form_is_given_back_without_a_database_too(real_database):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    token = form_in(client.get("/"))["csrfmiddlewaretoken"]
    client.post("/", {"csrfmiddlewaretoken": token})
    told = {**pat.answered("reason"), "csrfmiddlewaretoken": "s" * 64}
    with harm.refused():
        response = client.post(pat.address("reason"), told)
    assert response.status_code == 503
    assert form_in(response)["reason-goals"][0].strip() == told["reason-goals"]
