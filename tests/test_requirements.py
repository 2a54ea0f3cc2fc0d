"""The pins: whatever a list wants is pinned in its compiled file with hashes, and nothing else is said there."""

import re
from pathlib import Path

import pytest

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
