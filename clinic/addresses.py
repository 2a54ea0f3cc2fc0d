"""Who sent a request: past the proxies that ``PROXIES`` names, and past nobody else, whose headers are a claim."""

import ipaddress
from collections.abc import Callable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Address = IPv4Address | IPv6Address
OF_A_PROXY = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_FORWARDED")  # fmt: skip


def named_sender(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Put the sender's plain address into ``REMOTE_ADDR``, from where everything else takes it.

    What only a proxy may say is taken out of a request that came from nobody named.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = sender_of(request.META, settings.PROXIES)
        return get_response(request)

    return handle


def sender_of(meta: dict[str, Any], proxies: Sequence[IPv4Network | IPv6Network]) -> str:
    """The sender's address, "" for none that can be read; takes out of ``meta`` what nobody vouches for."""
    sender = address_in(meta.get("REMOTE_ADDR", ""))
    if not (sender and _is_named(sender, proxies)):
        for header in OF_A_PROXY:
            meta.pop(header, None)
        return str(sender or "")
    # From the right: each proxy adds whom it saw. The first that is no proxy of ours is the sender, and
    # what stands to the left of it is whatever it wrote.
    for entry in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        seen = address_in(entry)
        if seen is None:
            break
        sender = seen
        if not _is_named(seen, proxies):
            break
    return str(sender)


@lru_cache(maxsize=1024)  # each of a person's requests comes from the same one
def address_in(written: str) -> Address | None:
    """An address as proxies write it: with a port, in brackets, or an IPv4 one inside of IPv6."""
    plain = written.strip().strip('"')
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        address = ipaddress.ip_address(plain.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_named(address: Address, proxies: Sequence[IPv4Network | IPv6Network]) -> bool:
    return any(address in network for network in proxies)
