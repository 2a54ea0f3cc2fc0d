"""A path of the intake in the words of its question, as staff read what is to be asked."""

import pytest

from intake import fields
from treatments.reading.answers import question


def words(path: str, part: str = "") -> str:
    field = fields.BY_PATH[path]
    return str(next(found.question for found in field.parts if found.key == part) if part else field.question)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("health.stroke", lambda: words("health.stroke")),
        ("safety.cssrs.q3", lambda: words("safety.cssrs", "q3")),
        ("mood.phq9", lambda: words("mood.phq9")),
        ("mood.phq9[8]", lambda: str(fields.BY_PATH["mood.phq9"].parts[8].question)),
        ("antidepressants.trials[1]", lambda: f"{words('antidepressants.trials')} 2"),
        (
            "antidepressants.trials[1].weeks",
            lambda: f"{words('antidepressants.trials')} 2: {words('antidepressants.trials', 'weeks')}",
        ),
        ("antidepressants.trials[0].nothing", lambda: f"{words('antidepressants.trials')} 1"),
        ("safety.cssrs.nothing", lambda: "safety.cssrs.nothing"),
        ("nowhere.to_be_found", lambda: "nowhere.to_be_found"),
    ],
)
def test_a_path_is_read_as_the_words_of_its_question(path, expected):
    assert question(path) == expected()
