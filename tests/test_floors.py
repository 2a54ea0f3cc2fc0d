"""The floors of each side: a room imports only from rooms on floors below its own."""

import re
from collections.abc import Iterator

import pytest

from tests.test_architecture import ROOT, imports, modules

# Floor -> its rooms, from the bottom; docs/architecture.md says what each is.
FLOORS: dict[str, dict[int, tuple[str, ...]]] = {
    "intake": {
        0: ("times",),
        1: (
            "scales",
            "drugs",
            "signals",
            "resume_secrets",
            "retrying",
            "locations",
            "mail.texts",
            "encryption",
        ),
        2: ("fields", "scoring"),
        3: ("document", "typed"),
        4: ("questionnaire",),
        5: ("models", "forms"),
        6: ("entry", "status", "admin", "management", "mail"),
        7: ("views",),
        8: ("urls",),
    },
    "treatments": {
        1: ("catalog", "charts", "search", "checks"),
        2: ("workflow", "rules"),
        3: ("permissions", "payers", "progress"),
        4: ("models",),
        5: ("reading", "figures", "exports"),
        6: ("triage",),
        7: ("admin", "demo"),
        8: ("management", "templatetags"),
    },
}
# Django's own: it loads them, and they hold no code of a room.
OUTSIDE = ("apps", "migrations", "")


def floor_of(side: str, room: str) -> int:
    return next(floor for floor, rooms in FLOORS[side].items() if room in rooms)


def room_of(name: str) -> tuple[str, str]:
    """``(side, room)`` of a dotted name: ``treatments.admin.lists`` is in the room ``admin``.

    A single file may be a room of its own below its folder, such as ``intake.mail.texts``.
    """
    side, *parts = name.split(".")
    own = ".".join(parts[:2])
    rooms = [room for rooms in FLOORS.get(side, {}).values() for room in rooms]
    return side, own if own in rooms else ".".join(parts[:1])


def arrows() -> Iterator[tuple[str, str, str, str]]:
    """``(module, side, its room, the room it imports)`` for each import within a side."""
    for side, floors in FLOORS.items():
        known = {room for rooms in floors.values() for room in rooms}
        for name, file in modules(side):
            _side, room = room_of(name)
            for imported in imports(name, file):
                other_side, other = room_of(imported)
                if room not in OUTSIDE and other_side == side and other in known and other != room:
                    yield name, side, room, other


def test_no_import_runs_up_or_along_a_floor() -> None:
    wrong = sorted(
        {
            f"{name} ({room}, floor {floor_of(side, room)}) imports {other} (floor {floor_of(side, other)})"
            for name, side, room, other in arrows()
            if floor_of(side, other) >= floor_of(side, room)
        }
    )
    assert wrong == []


@pytest.mark.parametrize("side", FLOORS)
def test_every_room_has_a_floor_and_every_floor_has_rooms_that_are_there(side: str) -> None:
    there = {room_of(name)[1] for name, _file in modules(side)} - set(OUTSIDE)
    named = [room for rooms in FLOORS[side].values() for room in rooms]
    assert sorted(named) == sorted(there)


@pytest.mark.parametrize("side", FLOORS)
def test_the_floors_of_the_document_are_these(side: str) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split(f"### `{side}/`")[1].split("\n###")[0].split("\n## ")[0]
    written: dict[int, list[str]] = {}
    for floor, rooms in re.findall(r"^\| (\d) \| ([^|]+) \|", table, re.MULTILINE):
        written.setdefault(int(floor), []).extend(
            room.replace("/", ".") for room in re.findall(r"`([\w/]+?)(?:\.py|/)`", rooms)
        )
    assert {floor: sorted(rooms) for floor, rooms in written.items()} == {
        floor: sorted(rooms) for floor, rooms in FLOORS[side].items()
    }
