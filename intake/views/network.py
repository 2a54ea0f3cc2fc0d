"""The network that a request comes from, under which tries are counted."""

import ipaddress

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """An IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
