"""What may be sent at all: no file, and no more bytes and fields than a form has."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from intake.models import Submission

TOKEN = "a" * 32


@pytest.fixture
def stranger(db) -> Client:
    """A browser with a cookie and a token that anybody can make, without which Django reads no body."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = TOKEN
    return client


def test_a_form_with_a_token_of_ones_own_is_taken(stranger):
    assert stranger.post("/", {"csrfmiddlewaretoken": TOKEN}).status_code == 302
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("address", ["/", "/status/", "/admin/login/"])
@pytest.mark.parametrize("size", [1, 5_000_000])
def test_a_file_is_refused_and_nothing_of_it_is_kept(stranger, address, size, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    sent = {"csrfmiddlewaretoken": TOKEN, "letter": SimpleUploadedFile("letter.txt", b"a" * size)}
    assert stranger.post(address, sent).status_code == 400
    assert list(tmp_path.iterdir()) == []
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"text": "a" * 2_500_001}, id="a field over the limit"),
        pytest.param({f"field{number}": "a" for number in range(1001)}, id="too many fields"),
    ],
)
@pytest.mark.parametrize("kind", ["multipart", "urlencoded"])
def test_more_than_a_form_has_is_refused(stranger, more, kind):
    sent = {"csrfmiddlewaretoken": TOKEN, **more}
    if kind == "multipart":
        answer = stranger.post("/", sent)
    else:
        body = "&".join(f"{name}={value}" for name, value in sent.items())
        answer = stranger.post("/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert not Submission.objects.exists()
