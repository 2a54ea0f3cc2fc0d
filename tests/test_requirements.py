"""The pins: whatever a list wants is pinned in its compiled file with hashes, and nothing else is said there."""

import re
from pathlib import Path

import pytest

from tests import sbom

ROOT = Path(__file__).parent.parent
LISTS = [*sorted(ROOT.glob("requirements*.in")), ROOT / "bench" / "requirements.in"]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==(\S+)", re.MULTILINE)


def pins(text: str) -> dict[str, str]:
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in PIN.findall(text)}


def wanted(path: Path) -> dict[str, str]:
    """What the list names, and the lists that it takes in."""
    text = path.read_text(encoding="utf-8")
    others = re.findall(r"^-r (\S+)$", text, re.MULTILINE)
    return pins(text) | {key: value for other in others for key, value in wanted(path.parent / other).items()}


def blocks(path: Path) -> list[str]:
    """Each pin of the compiled file with its hashes and with what it is there for."""
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    return re.split(r"\n(?! )", text.partition("#    make pins\n")[2].strip())


@pytest.mark.parametrize("path", LISTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_list_wants_is_what_is_pinned(path: Path) -> None:
    direct = [block for block in blocks(path) if re.search(r"-r \S+\.in$", block, re.MULTILINE)]
    assert wanted(path) == pins("\n".join(direct)), "`make pins` has not run since"


@pytest.mark.parametrize("path", LISTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_pin_has_a_hash_and_no_address_is_named(path: Path) -> None:
    for block in blocks(path):
        assert PIN.match(block) and "--hash=sha256:" in block
        assert "://" not in block


def test_a_list_of_parts_that_leaves_a_pin_or_a_hash_out_is_refused() -> None:
    hashed = {"externalReferences": [{"hashes": [{"alg": "SHA-256", "content": "00"}]}]}
    listed = [{"name": "Django", "version": "5.2", **hashed}, {"name": "a.b_c", "version": "1", **hashed}]
    assert sbom.faults_of({"components": listed}, {"django": "5.2", "a-b-c": "1"}) == []
    found = sbom.faults_of(
        {"components": [*listed, {"name": "c", "version": "1"}]}, {"django": "6.0", "c": "1", "d": "2"}
    )
    assert found == [
        "a-b-c is on the list and not pinned",
        "django 6.0 is pinned and not on the list",
        "c is on the list without a hash",
        "d 2 is pinned and not on the list",
    ]
