"""The digest of each pack of criteria, and of codes and deadlines, so that none changes without a new version."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import treatments.payers.version
from treatments.payers import codes, deadlines
from treatments.payers.loading import PACKS
from treatments.payers.shapes import Pack
from treatments.payers.version import RECORDED

FILE = Path(treatments.payers.version.__file__)


TABLES = {f"codes {codes.VERSION}": codes.FILE, f"deadlines {deadlines.VERSION}": deadlines.FILE}


def name(pack: Pack) -> str:
    """What its digest is recorded under."""
    return f"{pack.pack} {pack.version}"


def digest(pack: Pack) -> str:
    """SHA-256 over all that the pack says."""
    return hashlib.sha256(json.dumps(asdict(pack), sort_keys=True).encode()).hexdigest()


def digests(packs: Iterable[Pack] = tuple(PACKS.values())) -> dict[str, str]:
    """Of every pack and table, by name and version."""
    files = {key: file.read_bytes().replace(b"\r\n", b"\n") for key, file in TABLES.items()}
    return {
        **{name(pack): digest(pack) for pack in packs},
        **{key: hashlib.sha256(found).hexdigest() for key, found in files.items()},
    }


def changed(packs: Iterable[Pack] = tuple(PACKS.values())) -> list[str]:
    """The packs and tables that are not what was recorded for their version."""
    return [key for key, found in digests(packs).items() if RECORDED.get(key) != found]


def record() -> list[str]:
    """Write the digests of what has a new version into version.py, and return their names.

    A version that was recorded before keeps its digest: what changed is given a new one first.
    """
    text = FILE.read_text(encoding="utf-8").removesuffix("}\n")
    new = {key: found for key, found in digests().items() if key not in RECORDED}
    lines = "".join(f'    "{key}": "{found}",\n' for key, found in new.items())
    FILE.write_text(f"{text}{lines}}}\n", encoding="utf-8")
    return list(new)
