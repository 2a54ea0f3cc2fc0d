"""The digest of each pack of criteria, so that none changes without a new version."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import treatments.payers.version
from treatments.payers.loading import PACKS
from treatments.payers.shapes import Pack
from treatments.payers.version import RECORDED

FILE = Path(treatments.payers.version.__file__)


def name(pack: Pack) -> str:
    """What its digest is recorded under."""
    return f"{pack.pack} {pack.version}"


def digest(pack: Pack) -> str:
    """SHA-256 over all that the pack says."""
    return hashlib.sha256(json.dumps(asdict(pack), sort_keys=True).encode()).hexdigest()


def changed(packs: Iterable[Pack] = tuple(PACKS.values())) -> list[str]:
    """The packs that are not what was recorded for their version."""
    return [name(pack) for pack in packs if RECORDED.get(name(pack)) != digest(pack)]


def record() -> list[str]:
    """Write the digests of packs that have a new version into version.py, and return their names.

    A version that was recorded before keeps its digest: a changed pack is given a new one first.
    """
    text = FILE.read_text(encoding="utf-8").removesuffix("}\n")
    new = [pack for pack in PACKS.values() if name(pack) not in RECORDED]
    lines = "".join(f'    "{name(pack)}": "{digest(pack)}",\n' for pack in new)
    FILE.write_text(f"{text}{lines}}}\n", encoding="utf-8")
    return list(map(name, new))
