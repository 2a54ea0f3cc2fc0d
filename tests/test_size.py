"""How large things may grow: files, functions, and the two folders that are entered first."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES_OF_A_FILE = 300
LINES_OF_A_FUNCTION = 40
FILES_OF = {"intake": 11, "treatments": 7}  # directly in the folder; the rest has a room

SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for app in ("clinic", "intake", "treatments")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts  # generated
}


def functions() -> Iterator[tuple[str, int]]:
    """``file:name`` of every function, and its lines with its docstring but without its decorators."""
    for file, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{file}:{node.name}", node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_300_lines() -> None:
    assert {file for file, source in SOURCES.items() if source.count("\n") > LINES_OF_A_FILE} == set()


def test_no_function_is_longer_than_40_lines() -> None:
    assert {name for name, lines in functions() if lines > LINES_OF_A_FUNCTION} == set()


@pytest.mark.parametrize(("folder", "most"), FILES_OF.items())
def test_what_lies_directly_in_an_app_is_counted(folder: str, most: int) -> None:
    assert len([*(ROOT / folder).glob("*.py")]) <= most
