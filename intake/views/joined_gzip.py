"""A kept page as gzip: its pieces are compressed once, and each request only joins them around its token.

Compressing every page anew is a tenth of what an intake costs; without this it is not seven times cheaper than
the wizard (``make bench-pages``). What comes between the pieces is not compressed, so that the length of the
page tells nothing of it (docs/decisions/0015-compressed-pages.md).
"""

import secrets
import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip

HEAD = (
    b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff"  # RFC 1952: deflated, with a name, of no time and no system
)
END = b"\x03\x00"  # RFC 1951: an empty last block


class Piece(NamedTuple):
    """Bytes of a page, and the same deflated: it ends at a whole byte and refers to nothing before it."""

    plain: bytes
    deflated: bytes


def accepts_gzip(request: HttpRequest) -> bool:
    """As ``GZipMiddleware`` finds it out."""
    return bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def compressed(html: str) -> Piece:
    plain, deflate = html.encode(), zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return Piece(plain, deflate.compress(plain) + deflate.flush(zlib.Z_FULL_FLUSH))


def uncompressed(text: str) -> Piece:
    """For a token: at most 65,535 bytes."""
    plain = text.encode()
    return Piece(plain, struct.pack("<BHH", 0, len(plain), len(plain) ^ 0xFFFF) + plain)


def joined(pieces: Sequence[Piece]) -> bytes:
    """The gzip file of all pieces one after the other, with a name of random length as Django's has."""
    name = b"a" * secrets.randbelow(GZipMiddleware.max_random_bytes) + b"\x00"
    plain = b"".join([piece.plain for piece in pieces])
    sums = struct.pack("<LL", zlib.crc32(plain), len(plain))
    return b"".join([HEAD, name, *(piece.deflated for piece in pieces), END, sums])
