"""What every answer says to the browser: keep no copy, show it in no other site, give it no device."""

import pytest
from django.test import Client

EVERYWHERE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/intake/", "/status/", "/admin/login/", "/admin/", "/nowhere/", "/?x=%00"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_answer_is_closed(address, method):
    response = getattr(Client(raise_request_exception=False), method)(address)
    missing = {
        name: response.get(name) for name, part in EVERYWHERE.items() if part not in response.get(name, "")
    }
    assert missing == {}
