"""Templates are read line by line: at most 120 characters in one, at most 50 on average."""

from pathlib import Path

from django.conf import settings

from tests.pages import flat

LONGEST = 120
MEAN = 50
LINES = {
    (path, number): line
    for path in sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
}


def test_no_line_of_a_template_is_longer_than_120_characters() -> None:
    assert not [f"{path}:{number}" for (path, number), line in LINES.items() if len(line) > LONGEST]


def test_the_lines_of_templates_are_short_on_average() -> None:
    assert sum(map(len, LINES.values())) / len(LINES) <= MEAN


def test_a_flattened_page_keeps_the_spaces_that_are_seen() -> None:
    page = "<p\n  class='one\n    two'>\n  See <a\n href='/'\n>it</a> .\n</p>"
    assert flat(page) == "<p class='one two'>See <a href='/'>it</a> .</p>"
