"""Holds the list that ``make sbom`` wrote against the pins: each is on it, with its version and its hashes."""

import json
import sys
from pathlib import Path


def faults_of(sbom: dict, pinned: dict[str, str]) -> list[str]:
    """A sentence for each pin that is not on the list as it is pinned, and for what is on the list and not pinned."""
    listed = {part["name"].lower().replace("_", "-").replace(".", "-"): part for part in sbom["components"]}
    found = [f"{name} is on the list and not pinned" for name in sorted(set(listed) - set(pinned))]
    for name, version in pinned.items():
        part = listed.get(name)
        if part is None or part["version"] != version:
            found.append(f"{name} {version} is pinned and not on the list")
        elif not any(each.get("hashes") for each in part.get("externalReferences", ())):
            found.append(f"{name} is on the list without a hash")
    return found


if __name__ == "__main__":
    from tests.test_requirements import ROOT, blocks, pins

    faults = faults_of(
        json.loads(Path(sys.argv[1]).read_text()), pins("\n".join(blocks(ROOT / "requirements.in")))
    )
    sys.exit("\n".join(faults) or None)
