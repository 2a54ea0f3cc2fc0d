"""A form that was sent, tried page by page: nothing of it changes."""

import pytest
from django.test import Client

from tests.intake import pat
from tests.intake.screen import words


@pytest.fixture(scope="module")
def sent(committed) -> Client:
    """The browser in which Pat filled in and sent a form."""
    client = Client()
    pat.fill(client)
    pat.send(client)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("slug", [*pat.PAGES])
def test_a_sent_form_can_not_be_changed(sent, slug):
    submission = pat.draft_of(sent)
    answers = submission.answers
    response = sent.post(pat.address(slug), pat.PAGES[slug])
    assert response.status_code == 409
    assert "Your form was sent already" in words(response.content.decode())
    submission.refresh_from_db()
    assert submission.answers == answers
