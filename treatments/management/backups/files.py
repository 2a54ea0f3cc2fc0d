"""The files of a backup: the database encrypted with age (age-encryption.org), and what it must come back with.

Whoever holds the public key can make backups and read none: the key that opens them is kept elsewhere. The file
beside it, in plain JSON, holds numbers of rows and digests, and nothing of a person.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyrage

from treatments.management.backups.contents import Contents
from treatments.management.backups.dumping import NotDone, write_out
from treatments.triage.record_check import newest_event

SUFFIX = ".age"


def recipients_of(keys: str) -> list[pyrage.x25519.Recipient]:
    """The public keys in ``keys``, parted by commas; ``NotDone`` for none, or for one that is none."""
    found = []
    for key in filter(None, map(str.strip, keys.split(","))):
        try:
            found.append(pyrage.x25519.Recipient.from_str(key))
        except pyrage.RecipientError:
            raise NotDone(f"BACKUP_KEYS: {key!r} is no public key of age (age1...).") from None
    if not found:
        raise NotDone("BACKUP_KEYS is empty. `manage.py backup --new-key FILE` makes a pair of keys.")
    return found


def new_key(path: Path) -> str:
    """Write a new secret key to ``path``, which must not be there yet; its public key."""
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(f"# public key: {public}\n{identity}\n")
    return public


def identity_in(path: Path) -> pyrage.x25519.Identity:
    """The secret key in the file that ``new_key`` or ``age-keygen`` wrote."""
    try:
        lines = path.read_text().splitlines()
        return pyrage.x25519.Identity.from_str(next(line for line in lines if line and line[0] != "#"))
    except (OSError, StopIteration, UnicodeDecodeError, pyrage.IdentityError):
        raise NotDone(f"{path} holds no secret key of age.") from None


def save(folder: Path, recipients: list[pyrage.x25519.Recipient], *, at: datetime) -> tuple[Path, Contents]:
    """Back the database up into ``folder``: the encrypted file, and what it holds.

    Both files appear whole or not at all. What is not encrypted yet lies in a folder of its own beside them, for
    the owner's eyes only, and is gone at the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"clinic-{at:%Y-%m-%dT%H%M%SZ}{SUFFIX}"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as name:
        plain, sealed, beside = (Path(name) / each for each in ("plain", "sealed", "beside"))
        newest = newest_event()  # before the rest, so that it is in there
        held = write_out(plain)
        pyrage.encrypt_file(str(plain), str(sealed), recipients)
        plain.unlink()
        made = {"made_at": at.isoformat(), "sha256": _digest(sealed)}
        manifest = {**made, "record": newest, "tables": held}
        beside.write_text(json.dumps(manifest, indent=1))
        for each, to in ((beside, beside_of(file)), (sealed, file)):
            each.chmod(0o600)
            _sync(each)
            each.rename(to)
        _sync(folder)
    return file, held


def beside_of(file: Path) -> Path:
    return file.with_name(file.name + ".json")


@contextmanager
def opened(file: Path, identity: pyrage.x25519.Identity) -> Iterator[tuple[Path, Contents]]:
    """The database in ``file``, decrypted for as long as this lasts, and what it has to hold."""
    try:
        manifest = json.loads(beside_of(file).read_text())
        whole = manifest["sha256"] == _digest(file)
    except (OSError, ValueError, KeyError):
        raise NotDone(f"{file} or {beside_of(file).name} beside it can't be read.") from None
    if not whole:
        raise NotDone(f"{file} is not the file that was written: its digest is another.")
    with tempfile.TemporaryDirectory(prefix="restore-") as name:
        plain = Path(name) / "plain"
        plain.touch(mode=0o600)
        try:
            pyrage.decrypt_file(str(file), str(plain), [identity])
        except pyrage.DecryptError:
            raise NotDone("This key does not open the file.") from None
        yield plain, manifest["tables"]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Let what was written survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
