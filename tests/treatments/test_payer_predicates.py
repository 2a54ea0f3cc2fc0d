"""Every predicate of the payers' packs: met, not met and open, and what its answer names."""

import pytest

from tests.payers import judged
from tests.treatments.payer_predicates import ROWS, Row
from treatments.payers.checks import JOINED, PREDICATES
from treatments.payers.judge import JUDGES

RESULTS = {"met": ("met_said", "met_shown"), "not met": ("not_met",), "open": ("open",)}
ALL = [(family, row) for family, rows in ROWS.items() for row in rows]


@pytest.mark.parametrize(
    ("family", "row"), ALL, ids=lambda each: each.said if isinstance(each, Row) else each
)
def test_a_predicate_comes_to_what_is_expected(family, row):
    need = judged(row.check, **row.facts)
    assert need["result"] in RESULTS[row.expected], need["sentence"]
    assert need["sentence"].endswith(".")
    if row.expected == "open":
        assert need["ask"] and not need["answers"]
    else:
        assert need["answers"] and not need["ask"]


@pytest.mark.parametrize("name", [*PREDICATES, *JOINED])
def test_each_predicate_is_tried_met_not_met_and_open(name):
    """But for those that are never false: a score that is not there, or a record nobody has seen, is open."""
    tried = {row.expected for _family, row in ALL if name in row.check}
    never_false = {"score_recorded", "document", "answered"}
    assert tried == ({"met", "open"} if name in never_false else {"met", "not met", "open"})


def test_every_predicate_has_a_judge_and_none_has_two():
    assert set(JUDGES) == set(PREDICATES)
