"""Who sent a request: nobody but a named proxy may say, however it writes an address."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import override_settings

from clinic.addresses import named_sender, sender_of
from intake.views.network import address_of

PROXIES = (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "sender"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # nobody we know says so
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.7", "198.51.100.7"),  # the first is what the sender wrote
        ("127.0.0.1", "1.1.1.1, 198.51.100.7, 10.3.4.5", "198.51.100.7"),  # through two proxies of ours
        ("127.0.0.1", "10.1.1.1, 10.3.4.5", "10.1.1.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1, , 10.3.4.5", "10.3.4.5"),
        ("127.0.0.1", "198.51.100.7:51234", "198.51.100.7"),
        ("127.0.0.1", "[2001:db8::7]:51234", "2001:db8::7"),
        ("127.0.0.1", '"[2001:db8::7]"', "2001:db8::7"),
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "fe80::1%eth0", "fe80::1"),
        ("::ffff:127.0.0.1", "::ffff:198.51.100.7", "198.51.100.7"),
        ("fd00::1", "198.51.100.7", "198.51.100.7"),
        ("", "198.51.100.7", ""),
    ],
)
def test_the_sender_is_who_the_last_named_proxy_saw(peer, forwarded, sender):
    meta = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert sender_of(meta, PROXIES) == sender


@pytest.mark.parametrize(
    ("proxies", "peer", "secure"),
    [(PROXIES, "10.0.0.1", True), (PROXIES, "203.0.113.9", False), ((), "127.0.0.1", False)],
)
def test_only_a_named_proxy_says_that_a_request_came_by_https(rf, proxies, peer, secure):
    seen = {}

    def note(request):
        seen.update(secure=request.is_secure(), address=request.META["REMOTE_ADDR"])
        return HttpResponse()

    with override_settings(PROXIES=proxies, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
        named_sender(note)(rf.get("/", headers=told, REMOTE_ADDR=peer))
    assert seen == {"secure": secure, "address": "198.51.100.7" if secure else peer}


def test_limits_count_networks(rf):
    """One customer has a whole /64, and an address with a port would be one of its own each time."""
    assert address_of(rf.get("/", REMOTE_ADDR="2001:db8::1:2")) == "2001:db8::/64"
    assert address_of(rf.get("/", REMOTE_ADDR="203.0.113.9")) == "203.0.113.9"
    assert address_of(rf.get("/", REMOTE_ADDR="")) == "unknown"
