"""The state diagram in the documentation and the tables of moves say the same."""

from pathlib import Path

from treatments.workflow.diagram import page


def test_the_state_diagram_is_what_the_tables_say() -> None:
    stored = Path(__file__).parents[2] / "docs" / "states.md"
    assert stored.read_text() == page(), "run: manage.py states > docs/states.md"
