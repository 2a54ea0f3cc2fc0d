"""The worked cases of check-ins: each value that is expected of one is what comes out."""

from typing import Any

import pytest

from tests.treatments.checkins import NAMES, case
from treatments.progress import judge
from treatments.progress.document import validate


def at_path(result: Any, path: str) -> Any:
    """What stands at a dotted path; alarms as "key tier", in the order of the alphabet."""
    for key in path.split("."):
        result = result[int(key)] if isinstance(result, list) else result[key]
    if path.endswith("alarms"):
        return sorted(f"{alarm['key']} {alarm['tier']}" for alarm in result)
    return result


def test_there_are_eight():
    assert len(NAMES) == 8


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_case_comes_out_as_expected(name):
    given = case(name)
    assert validate(given["document"]) == []
    result = judge(given["document"])
    found = {path: at_path(result, path) for path in given["expect"]}
    assert found == given["expect"]
