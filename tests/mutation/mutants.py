"""The mutants of a room as a session of cosmic-ray: kept in a file, so that a run that was stopped goes on."""

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import chdir
from itertools import chain
from pathlib import Path
from random import Random

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, WorkItem

SAMPLE = 120
SEED = 20261120
TABLES = "treatments/rules"  # where the operators of rows.py are tried beside cosmic-ray's own
# `is` for `==` and back: the same wherever a value is kept once, as words of the code and enums are.
ALIKE = re.compile(r"_(Eq_Is|NotEq_IsNot|Is_Eq|IsNot_NotEq)$")


def session_of(room: str, tree: Path, tests: list[str], place: Path, *, every: bool) -> str:
    """The file of the session for the room as it stands in ``tree``; a change of it or its tests begins anew."""
    with chdir(tree):
        files = _files_at(room)
        content = b"".join(
            path.read_bytes() for path in (*files, *chain.from_iterable(map(_files_at, tests)))
        )
        kind = "all" if every else "sample"
        path = place / f"{room.replace('/', '-')}-{kind}-{hashlib.sha256(content).hexdigest()[:12]}.sqlite"
        if not path.exists():
            _begin(path, files, every=every)
    return str(path)


def _files_at(name: str) -> list[Path]:
    return [Path(name)] if name.endswith(".py") else sorted(Path(name).rglob("*.py"))


def _begin(path: Path, files: list[Path], *, every: bool) -> None:
    with use_db(str(path), WorkDB.Mode.create) as session:
        init(files, session, {})
        beyond = {file: _beyond_tests(file) for file in files}
        items = sorted(session.work_items, key=lambda item: _order(item.mutations[0]))
        items = [
            item
            for item in _one_for_each_sign(items)
            if not _is_within(item.mutations[0], beyond) and _is_worth_trying(item.mutations[0])
        ]
        if not every and len(items) > SAMPLE:
            items = Random(SEED).sample(items, SAMPLE)  # noqa: S311 (not for secrets)
        session.clear()
        session.add_work_items(items)


def _one_for_each_sign(items: Iterable[WorkItem]) -> Iterator[WorkItem]:
    """Of the eleven signs that could stand for a `+` or `%` one: with two words between them each one raises."""
    seen = set()
    for item in items:
        mutation = item.mutations[0]
        place = (mutation.module_path, mutation.start_pos)
        if "ReplaceBinaryOperator" not in mutation.operator_name:
            yield item
        elif place not in seen and _makes_sense(mutation):
            seen.add(place)
            yield item


def _is_worth_trying(mutation: MutationSpec) -> bool:
    """Whether a test is needed to notice it: what doesn't compile would only flatter the figure."""
    if mutation.operator_name.startswith("rows/"):
        return Path(TABLES) in Path(mutation.module_path).parents
    return not ALIKE.search(mutation.operator_name) and _makes_sense(mutation)


def _makes_sense(mutation: MutationSpec) -> bool:
    operator = get_operator(mutation.operator_name)(**mutation.operator_args)
    code = mutate_code(Path(mutation.module_path).read_text(), operator, mutation.occurrence)
    try:
        compile(code or "", str(mutation.module_path), "exec")
    except SyntaxError:
        return False
    return True


def _order(mutation: MutationSpec) -> tuple:
    return str(mutation.module_path), mutation.start_pos, mutation.operator_name, mutation.occurrence


def _beyond_tests(file: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where no test could notice a change: types, which mypy reads, flags of dataclasses, sources."""
    found = []
    for node in ast.walk(ast.parse(file.read_text())):
        parts = [getattr(node, name, None) for name in ("annotation", "returns")]
        parts += [
            each for each in getattr(node, "decorator_list", ()) if ast.unparse(each).startswith("dataclass(")
        ]
        if isinstance(node, ast.keyword) and node.arg == "sources":
            parts.append(node.value)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Threshold":
            parts.append(node.args[3])
        found += [
            ((part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset))
            for part in parts
            if isinstance(part, ast.expr)
        ]
    return found


def _is_within(mutation: MutationSpec, places: dict[Path, list]) -> bool:
    return any(start <= mutation.start_pos < end for start, end in places[mutation.module_path])
