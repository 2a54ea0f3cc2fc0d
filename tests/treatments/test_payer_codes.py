"""Codes of a request and deadlines of a payer: as data with sources, by day, line and treatment."""

from dataclasses import replace
from datetime import date

import pytest

from treatments.payers.codes import CODES, codes_for, diagnoses
from treatments.payers.deadlines import DEADLINES, deadline_for, due_on
from treatments.payers.loading import PACKS
from treatments.payers.vocabulary import ICD10

START = date(2026, 11, 30)


def names(*arguments) -> set[str]:
    return {code.code for code in codes_for(*arguments) if code.use != "diagnosis"}


def test_codes_are_of_their_treatment():
    assert names("tms", "2026-11-28") == {"90867", "90868", "90869", "0889T", "0890T", "0891T", "0892T"}
    assert {"G2082", "G2083", "J0013", "J3490", "50458-028-02", "50458-028-03"} < names(
        "spravato", "2026-11-28"
    )


@pytest.mark.parametrize(
    ("day", "has", "has_not"), [("2025-12-31", "S0013", "J0013"), ("2026-01-01", "J0013", "S0013")]
)
def test_one_code_ended_the_day_before_the_other_began(day, has, has_not):
    assert has in names("spravato", day)
    assert has_not not in names("spravato", day)


def test_medicare_has_a_bundle_in_place_of_the_drugs_own_code():
    assert "J0013" not in names("spravato", "2026-11-28", "medicare")
    assert "J0013" in names("spravato", "2026-11-28", "commercial")
    assert "G2083" in names("spravato", "2026-11-28", "medicare")


def test_every_diagnosis_that_a_pack_asks_is_offered_and_a_code():
    offered = {code.code for code in diagnoses()}
    assert all(ICD10.fullmatch(code) for code in offered)
    asked = {
        code
        for each in PACKS.values()
        for need in each.needs
        for code in need.check.get("diagnosis", {}).get("codes", ())
    }
    assert asked == offered


def test_no_code_stands_twice_and_what_rests_on_memory_is_not_verified():
    assert len({code.code for code in CODES}) == len(CODES)
    assert not any(
        code.verified for code in CODES if "memory" in code.source or "not verified" in code.source
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"system": "ICD-9"},
        {"use": "gift"},
        {"words": ""},
        {"source": ""},
        {"not_for": ("union",)},
        {"treatment": "ect"},
    ],
)
def test_a_code_that_does_not_hold_together_is_refused(changes):
    with pytest.raises(ValueError, match=r"codes.toml: 90867: "):
        replace(CODES[0], **changes)


DUE = [
    ("decision_standard", "medicare_advantage", "tms", date(2026, 12, 7)),
    ("decision_standard", "medicaid", "tms", date(2026, 12, 7)),
    ("decision_expedited", "medicaid", "tms", date(2026, 12, 3)),
    ("decision_standard", "commercial", "tms", date(2026, 12, 15)),
    ("decision_standard", "commercial", "spravato", date(2026, 12, 15)),
    ("decision_standard", "medicaid", "spravato", None),
    ("decision_expedited", "commercial", "tms", None),
    ("appeal_file", "commercial", "spravato", date(2027, 5, 29)),
    ("appeal_file", "medicare_advantage", "tms", date(2027, 1, 29)),
    ("appeal_decide", "commercial", "tms", date(2026, 12, 30)),
    ("appeal_decide_expedited", "medicare_advantage", "tms", date(2026, 12, 3)),
    ("external_review_file", "commercial", "tms", date(2027, 3, 30)),
    ("external_review_file", "medicare_advantage", "tms", None),
    ("peer_to_peer", "commercial", "tms", None),
    ("appeal_file", "tricare", "tms", None),
    ("appeal_file", None, "tms", None),
]


@pytest.mark.parametrize(("key", "line", "treatment", "expected"), DUE)
def test_a_deadline_is_counted_where_a_rule_was_found(key, line, treatment, expected):
    assert due_on(key, line, treatment, START) == expected


def test_the_letters_own_date_always_wins():
    letter = date(2026, 12, 1)
    assert due_on("appeal_file", "commercial", "tms", START, in_letter=letter) == letter
    assert due_on("peer_to_peer", "commercial", "tms", START, in_letter=letter) == letter


def test_seven_days_hold_from_2026():
    assert deadline_for("decision_standard", "medicaid", "tms", date(2025, 12, 31)) is None
    assert deadline_for("decision_standard", "medicaid", "tms", date(2026, 1, 1)) is not None


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 10, 31), date(2027, 2, 28)),
        (date(2027, 10, 31), date(2028, 2, 29)),
        (date(2026, 8, 5), date(2026, 12, 5)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(start, expected):
    assert due_on("external_review_file", "commercial", "tms", start) == expected


def test_a_key_that_is_none_is_refused():
    with pytest.raises(ValueError, match="'lunch' has no deadline"):
        due_on("lunch", "commercial", "tms", START)


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "lunch"},
        {"unit": "years"},
        {"line": ()},
        {"line": ("union",)},
        {"value": 0},
        {"source": ""},
        {"sureness": ""},
    ],
)
def test_a_deadline_that_does_not_hold_together_is_refused(changes):
    with pytest.raises(ValueError, match=r"deadlines.toml: "):
        replace(DEADLINES[0], **changes)
