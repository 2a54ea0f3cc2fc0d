"""Seals bytes with AES-256-GCM and opens them again; data keys are themselves sealed by a master key.

Pure. Everything is bound to its place: what is copied to another column or another person does not open. A
failure is an exception of its own, which says what failed and nothing of what was sealed.
"""

import hashlib
import os
import zlib
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEALED, WRAPPED = b"\x01", b"\x02"  # the first byte of what is sealed, and of a data key under a master key
NONCE, TAG, ID = 12, 16, 8  # bytes; a fresh nonce for each sealing
KEY = 32  # bytes of a key
KEYS_KEPT = 4096  # data keys that are kept ready in this process, at a few hundred bytes each


class NotOpened(Exception):
    """What is sealed could not be opened, and nothing of it is given out."""


class NoKey(NotOpened):
    """No master key is set, or none with the id that is asked for."""


class Tampered(NotOpened):
    """Not what was sealed at this place: changed, cut, moved here, or sealed by another key."""


class Destroyed(NotOpened):
    """The data key is gone for good, and with it all that it sealed."""


def seal(key: AESGCM, plain: bytes, place: bytes) -> bytes:
    """``plain``, compressed and sealed for its ``place``."""
    nonce = os.urandom(NONCE)
    return SEALED + nonce + key.encrypt(nonce, _compressed(plain), place)


def _compressed(plain: bytes) -> bytes:
    """At the lowest level: the next ones take twice the time and save a twentieth.

    With a window as large as a person's answers and no larger, which halves the time: most of it is zlib's
    clearing of the room that it might need.
    """
    compressor = zlib.compressobj(1, zlib.DEFLATED, 13, 6)
    return compressor.compress(plain) + compressor.flush()


def unseal(key: AESGCM, sealed: bytes, place: bytes) -> bytes:
    """What was sealed; ``Tampered`` where it is anything but that."""
    return zlib.decompress(_opened(key, sealed, SEALED, place))


def _opened(key: AESGCM, sealed: bytes, kind: bytes, place: bytes) -> bytes:
    if sealed[:1] != kind or len(sealed) < 1 + NONCE + TAG:
        raise Tampered("Not sealed here.")
    try:
        return key.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], place)
    except InvalidTag:
        # The cause would show the bytes and the key in a debugger's page.
        raise Tampered("Does not open at this place with this key.") from None


class MasterKeys:
    """The keys that wrap data keys: the first wraps new ones, all of them unwrap.

    A key's id is the start of a digest of it, so that no two are ever mixed up by a name.
    """

    def __init__(self, keys: Sequence[bytes]):
        self._keys = {key_id(key): AESGCM(key) for key in keys}
        self.newest = next(iter(self._keys), b"")

    @property
    def ids(self) -> list[str]:
        """The ids of all of them in hexadecimal, the newest first."""
        return [own.hex() for own in self._keys]

    def new_data_key(self, owner: bytes) -> bytes:
        """A fresh data key for ``owner``, wrapped by the newest master key."""
        return self._wrap(AESGCM.generate_key(KEY * 8), owner)

    def data_key(self, wrapped: bytes, owner: bytes) -> AESGCM:
        """The data key, ready to seal and open; ``NoKey``, or ``Tampered``."""
        return AESGCM(self._unwrap(wrapped, owner))

    def secret(self, wrapped: bytes, owner: bytes) -> bytes:
        """The data key itself, for a keyed digest: of one that seals nothing."""
        return self._unwrap(wrapped, owner)

    def rewrapped(self, wrapped: bytes, owner: bytes) -> bytes:
        """The same data key, wrapped by the newest master key."""
        return self._wrap(self._unwrap(wrapped, owner), owner)

    def knows(self, own: bytes) -> bool:
        """Whether one of them has this id."""
        return own in self._keys

    def is_newest(self, wrapped: bytes) -> bool:
        return id_of(wrapped) == self.newest

    def _wrap(self, data_key: bytes, owner: bytes) -> bytes:
        if not self._keys:
            raise NoKey("No master key is set: see SEALING_KEYS in docs/settings.md.")
        nonce = os.urandom(NONCE)
        sealed = self._keys[self.newest].encrypt(nonce, data_key, _of_key(self.newest, owner))
        return WRAPPED + self.newest + nonce + sealed

    def _unwrap(self, wrapped: bytes, owner: bytes) -> bytes:
        own = id_of(wrapped)
        if own not in self._keys:
            raise NoKey(f"No master key has the id {own.hex()}: see SEALING_KEYS in docs/settings.md.")
        return _opened(self._keys[own], wrapped[:1] + wrapped[1 + ID :], WRAPPED, _of_key(own, owner))


def key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"master key id" + key).digest()[:ID]


def id_of(wrapped: bytes) -> bytes:
    """The id of the master key that wrapped this data key."""
    return wrapped[1 : 1 + ID]


def _of_key(key: bytes, owner: bytes) -> bytes:
    return b"data key|" + key + b"|" + owner


@lru_cache(maxsize=KEYS_KEPT)
def ready(keys: MasterKeys, wrapped: bytes, owner: bytes) -> AESGCM:
    """``keys.data_key``, kept: found by the wrapped key itself, so whoever destroys that destroys the way here."""
    return keys.data_key(wrapped, owner)
