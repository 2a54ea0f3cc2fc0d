"""What `make mutate` is to change and to run exists: a file that moved must not fall out unseen."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = tomllib.loads((ROOT / "tests/mutation/rooms.toml").read_text(encoding="utf-8"))
ACCEPTED = tomllib.loads((ROOT / "tests/mutation/accepted.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_and_its_tests_exist(room: str) -> None:
    assert [name for name in (room, *ROOMS[room]) if not (ROOT / name).exists()] == []


def test_every_accepted_mutant_has_a_reason_and_still_could_be_made() -> None:
    for mutant in ACCEPTED.get("mutant", []):
        assert mutant["reason"].strip()
        source = " ".join((ROOT / mutant["file"]).read_text(encoding="utf-8").split())
        assert " ".join(mutant["was"].split()) in source
