"""Reads secrets, from the environment or from files that it names; they are never repeated on the screen."""

import base64
import binascii
import os
from pathlib import Path
from urllib.parse import urlsplit

from clinic.environment import note, stop, text, web_address

LEAST_SECRET = 32
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def secret(name: str, default: str | None = None) -> str:
    """The value of ``name``, or what stands in the file that ``name_FILE`` names."""
    file = text(f"{name}_FILE", "")
    if not file:
        return text(name, default)
    if os.environ.get(name, "").strip():
        stop(f"{name} and {name}_FILE are both set: which one is meant?")
    try:
        value = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        stop(f"{name}_FILE names a file that can't be read.")
    if not value:
        stop(f"{name}_FILE names an empty file.")
    return value


def keys(name: str, *, required: bool, never: str) -> tuple[str, ...]:
    """Keys of 32 random bytes in base64, the newest first, each once; ``never`` is a secret that is none of them."""
    note(
        name,
        None if required else "",
        "32 random bytes in base64; several with spaces or commas, the newest first",
    )
    found = tuple(secret(name, None if required else "").replace(",", " ").split())
    for key in found:
        try:
            value = base64.b64decode(key, validate=True)
        except binascii.Error:
            value = b""
        # Of 32 random bytes at least 20 differ; a phrase, or one byte again and again, is no key.
        if len(value) != 32 or len(set(value)) < 20 or never in (key, value.decode("latin-1")):
            stop(f"{name} must be keys of 32 random bytes in base64: openssl rand -base64 32.")
    if len(set(found)) < len(found):
        stop(f"{name} names a key twice.")
    return found


def webhook(name: str, secret_name: str) -> tuple[str, str]:
    """An address that is posted to, and the secret that signs what is posted; both or neither."""
    address = web_address(name, "", secret=True)
    note(secret_name, "", f"{LEAST_SECRET} letters or more: `openssl rand -base64 32`")
    key = secret(secret_name, "")
    parts = urlsplit(address)
    if address and parts.scheme != "https" and parts.hostname not in THIS_MACHINE:
        stop(f"{name} must start with https://; http:// is for this machine alone.")
    if bool(address) != bool(key):
        stop(f"{name} and {secret_name} are set together or not at all.")
    if key and len(key) < LEAST_SECRET:
        stop(f"{secret_name} must have {LEAST_SECRET} letters or more: openssl rand -base64 32.")
    return address, key
