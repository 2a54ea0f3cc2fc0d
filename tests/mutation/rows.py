"""Operators for tables of rules: what a row can have wrong that no change of a sign or a number would show.

A part dropped from a condition or from a tuple, "any" for "all", "no" for "yes", another level of hold or effect.
"""

from collections.abc import Iterator
from typing import Any

import cosmic_ray.plugins
from cosmic_ray.operators.operator import Operator
from parso.python.tree import Name, PythonNode
from parso.python.tree import Operator as Sign

JOINING = ("all_of", "any_of")
SWAPS = {"all_of": "any_of", "any_of": "all_of"}
ANSWERS = {"yes": "no", "no": "yes"}
LEVELS = {
    "SAME_DAY": '"urgent"',
    "URGENT": '"same_day"',
    "SUPPORTS": '"caution"',
    "CAUTION": '"clinician_first"',
    "CLINICIAN_FIRST": '"caution"',
}
Span = tuple[tuple[int, int], tuple[int, int]]


class DropPart(Operator):
    """A row of a tuple, or an argument of `all_of` and `any_of`, left out; the last one stays."""

    def mutation_positions(self, node: Any) -> Iterator[Span]:
        if _is_listed(node):
            parts = _parts(node)
            yield from ((part.start_pos, part.end_pos) for part in parts if len(parts) > 1)

    def mutate(self, node: Any, index: int) -> Any:
        part = _parts(node)[index]
        place = node.children.index(part)
        last = place + 1 == len(node.children)
        del node.children[place - 1 if last else place : place + 1 if last else place + 2]
        if len(node.children) == 1:
            node.children.append(Sign(",", node.end_pos))
        return node

    @classmethod
    def examples(cls) -> tuple:
        return ()


class Swap(Operator):
    """Another word of the same kind in its place."""

    def mutation_positions(self, node: Any) -> Iterator[Span]:
        if isinstance(node, Name) and _instead_of(node):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        node.value = _instead_of(node)
        return node

    @classmethod
    def examples(cls) -> tuple:
        return ()


class Rows:
    """The provider of these operators, as cosmic-ray asks for one."""

    operators = {"DropPart": DropPart, "Swap": Swap}

    def __iter__(self) -> Iterator[str]:
        return iter(self.operators)

    def __getitem__(self, name: str) -> type[Operator]:
        return self.operators[name]


def offer() -> None:
    """Make them known to cosmic-ray, which else finds operators in installed packages only."""
    cosmic_ray.plugins.OPERATOR_PROVIDERS["rows"] = Rows()


def _is_listed(node: Any) -> bool:
    if not isinstance(node, PythonNode) or any(each.type == "sync_comp_for" for each in node.children):
        return False
    if node.type == "testlist_comp":
        return bool(node.parent.children[0].value == "(")
    return node.type == "arglist" and node.parent.get_previous_sibling().get_code().strip() in JOINING


def _parts(node: Any) -> list[Any]:
    return [each for each in node.children if each.get_code().strip() != ","]


def _instead_of(node: Name) -> str | None:
    """The word to stand there, or None: an import stays, and what isn't imported can't stand anywhere."""
    if node.get_definition(include_setitem=True) or node.search_ancestor("import_from", "import_name"):
        return None
    if node.value in SWAPS:
        return SWAPS[node.value] if SWAPS[node.value] in node.get_root_node().get_used_names() else None
    if node.value in ANSWERS and node.parent.type == "trailer":
        return ANSWERS[node.value]
    return LEVELS.get(node.value)
