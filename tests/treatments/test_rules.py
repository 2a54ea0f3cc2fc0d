"""Every rule of the decision table, met, unmet and unknown, against what was written down for it beforehand."""

import json
from collections import Counter
from copy import deepcopy
from dataclasses import replace

import pytest

from tests.treatments.rule_expectations import (
    ABSENT,
    CASES,
    EFFECTS,
    LEVELS,
    LOOK_ALIKES,
    NEVER_UNKNOWN,
    UNVERIFIED,
    UNVERIFIED_NUMBERS,
    Case,
    base_document,
    changed,
)
from treatments.rules import criteria, engine, thresholds

TREATMENTS = ("tms", "spravato", "psychotherapy")
STRENGTH = ("clinician_first", "caution", "supports")
HOLDS = ("urgent", "same_day")
BY_RULE: dict[str, list[Case]] = {rule: [case for case in CASES if case.rule == rule] for rule in EFFECTS}


def readable(case: Case) -> str:
    return f"{case.rule} {case.expect}: {case.name}"


def document_of(case: Case) -> dict:
    return changed(base_document(), case.changes)


def only(rows: list[dict], rule: str) -> list[dict]:
    return [row for row in rows if row["rule"] == rule]


def strongest(effects: set[str], order: tuple[str, ...], none: str) -> str:
    return next((effect for effect in order if effect in effects), none)


def asked_paths(rows: list[dict]) -> list[str]:
    return [path for row in rows for path in row["fields"]]


def names(asked: str, expected: str) -> bool:
    """True where the asked path is the expected one, a part of it, or the field it is a part of."""
    return (
        asked == expected
        or asked.startswith((f"{expected}.", f"{expected}["))
        or ("." in asked and expected.startswith((f"{asked}.", f"{asked}[")))
    )


def found_in(report: dict, rule: str) -> dict[str, list[dict]]:
    """Where a rule stands as fired and as asked: place -> its rows there, empty places left out."""
    places = {
        f"{treatment}.findings": report["treatments"][treatment]["findings"] for treatment in TREATMENTS
    }
    places |= {f"{treatment}.ask": report["treatments"][treatment]["ask"] for treatment in TREATMENTS}
    places |= {"notes": report["notes"], "ask": report["ask"], "hold.ask": report["hold"]["ask"]}
    places |= {"hold.rules": [{"rule": fired} for fired in report["hold"]["rules"]]}
    return {place: rows for place, listed in places.items() if (rows := only(listed, rule))}


def check(case: Case, report: dict) -> None:
    row = EFFECTS[case.rule]
    effects = row["effects"] if case.effects is None else case.effects
    hold = case.hold or row["hold"]
    places = found_in(report, case.rule)
    if case.expect == "unmet":
        assert places == {}
    elif case.expect == "met":
        expected = {f"{treatment}.findings" for treatment in effects}
        expected |= {"hold.rules"} if hold else set()
        assert set(places) == (expected or {"notes"})
        for place, rows in places.items():
            assert len(rows) == 1, f"{place} lists the rule more than once"
        for treatment, effect in effects.items():
            assert places[f"{treatment}.findings"][0]["effect"] == effect
        if hold and hold != "open":
            level = report["hold"]["level"]
            fired = report["hold"]["rules"]
            others = {EFFECTS[rule]["hold"] for rule in fired if rule != case.rule}
            assert level == strongest({hold, *others}, HOLDS, "none")
    else:
        expected = {f"{treatment}.ask" for treatment in effects}
        expected |= {"hold.ask"} if hold else set()
        assert set(places) == (expected or {"ask"})
        for place, rows in places.items():
            assert len(rows) == 1, f"{place} lists the rule more than once"
            asked = asked_paths(rows)
            assert any(names(path, wanted) for path in asked for wanted in case.ask), (
                f"{place} asks for {asked}, not for any of {sorted(case.ask)}"
            )


def fails(case: Case, report: dict) -> bool:
    try:
        check(case, report)
    except AssertionError:
        return True
    return False


# The table and the cases


def test_the_engine_and_the_table_hold_the_same_rules():
    assert Counter(rule.id for rule in criteria.RULES) == Counter(list(EFFECTS))


def test_the_table_has_as_many_rules_as_its_reference():
    assert len(EFFECTS) == 87


def test_a_rule_is_marked_not_verified_where_a_part_of_it_lacks_a_source():
    assert {rule.id for rule in criteria.RULES if not rule.verified} == UNVERIFIED
    numbers = {name: row for name, row in vars(thresholds).items() if isinstance(row, thresholds.Threshold)}
    assert {name for name, number in numbers.items() if not number.verified} == UNVERIFIED_NUMBERS


@pytest.mark.parametrize("rule", EFFECTS)
def test_every_rule_has_a_case_of_each_kind(rule):
    needed = {"met", "unmet"} if rule in NEVER_UNKNOWN else {"met", "unmet", "unknown"}
    assert {case.expect for case in BY_RULE[rule]} == needed


def test_every_case_is_about_a_rule_of_the_table_and_has_a_sentence_of_its_own():
    assert {case.rule for case in CASES} == set(EFFECTS)
    assert [name for name, times in Counter(map(readable, CASES)).items() if times > 1] == []


def test_every_unknown_case_says_what_to_ask():
    assert [readable(case) for case in CASES if bool(case.ask) != (case.expect == "unknown")] == []


# The rules


@pytest.mark.parametrize("case", CASES, ids=readable)
def test_a_rule_stands_where_its_case_says(case):
    check(case, engine.assess(document_of(case)))


@pytest.mark.parametrize("case", CASES, ids=readable)
def test_an_assessment_is_whole_whatever_the_answers(case):
    report = engine.assess(document_of(case))
    fired, asked = set(report["hold"]["rules"]), set()
    for treatment in TREATMENTS:
        part = report["treatments"][treatment]
        for finding in part["findings"]:
            assert finding["effect"] == EFFECTS[finding["rule"]]["effects"][treatment]
            assert finding["because"]
            assert finding["source"]
            assert finding["answers"]
            assert isinstance(finding["verified"], bool)
        fired |= {finding["rule"] for finding in part["findings"]}
        asked |= {row["rule"] for row in part["ask"]}
        effects = {finding["effect"] for finding in part["findings"]}
        still_open = {EFFECTS[row["rule"]]["effects"][treatment] for row in part["ask"]}
        assert part["state"] == strongest(effects, STRENGTH, "no_finding")
        assert part["undecided"] == strongest(still_open, STRENGTH, "none")
        assert all(row["fields"] for row in part["ask"])
    for note in report["notes"]:
        assert note["because"]
        assert note["source"]
    assert all(row["fields"] for row in [*report["ask"], *report["hold"]["ask"]])
    fired |= {note["rule"] for note in report["notes"]}
    asked |= {row["rule"] for row in [*report["ask"], *report["hold"]["ask"]]}
    assert fired & asked == set()
    assert fired | asked <= set(EFFECTS)
    assert json.loads(json.dumps(report)) == report


@pytest.mark.parametrize(
    ("rule", "typed", "changes"), LOOK_ALIKES, ids=[f"{rule} {typed}" for rule, typed, _ in LOOK_ALIKES]
)
def test_a_name_that_only_looks_like_a_member_of_a_set_never_fires_its_rule(rule, typed, changes):
    document = changed(base_document(), {**changes, "medicines.list": [{"drug": typed}]})
    places = set(found_in(engine.assess(document), rule))
    assert all(place.endswith("ask") for place in places)


@pytest.mark.parametrize(
    ("changes", "level"), [row[1:] for row in LEVELS], ids=[f"{level}: {name}" for name, _, level in LEVELS]
)
def test_the_suicide_screener_has_the_level_the_reference_gives_it(changes, level):
    assert engine.assess(changed(base_document(), changes))["scores"]["cssrs"]["level"] == level


# The badge: the strongest effect that fired, beside the strongest still open


def badge(treatment: str, **changes) -> tuple[str, str]:
    document = changed(base_document(), {path.replace("__", "."): value for path, value in changes.items()})
    part = engine.assess(document)["treatments"][treatment]
    return part["state"], part["undecided"]


def test_a_complete_document_leaves_nothing_undecided():
    report = engine.assess(changed(base_document(), {"reason.interested_in": ["tms"]}))
    assert report["ask"] == []
    assert report["hold"] == {"level": "none", "rules": [], "ask": []}
    for treatment in TREATMENTS:
        assert report["treatments"][treatment]["state"] == "supports"
        assert report["treatments"][treatment]["undecided"] == "none"
        assert report["treatments"][treatment]["ask"] == []


def test_a_support_stays_beside_an_open_clinician_first_question():
    assert badge("tms", health__seizure_ever="not_sure") == ("supports", "clinician_first")


def test_a_support_stays_beside_an_open_caution():
    assert badge("tms", health__fainting="not_sure") == ("supports", "caution")


def test_an_open_support_alone_is_undecided_support():
    assert badge("psychotherapy", reason__prefers_therapy_only="not_sure") == ("supports", "supports")


def test_the_strongest_open_effect_is_shown():
    assert badge("tms", health__fainting="not_sure", health__seizure_ever=ABSENT) == (
        "supports",
        "clinician_first",
    )


def test_a_caution_outweighs_a_support():
    assert badge("tms", health__fainting="yes") == ("caution", "none")


def test_clinician_first_outweighs_a_caution_and_a_support():
    assert badge("tms", health__fainting="yes", health__seizure_ever="yes") == ("clinician_first", "none")


def test_nothing_fired_is_no_finding():
    assert badge("psychotherapy", anxiety__gad7=[1, 1, 1, 1, 1, 1, 1]) == ("no_finding", "none")


def test_nothing_fired_and_something_open_is_no_finding_with_its_open_effect():
    assert badge("psychotherapy", anxiety__gad7=ABSENT) == ("no_finding", "supports")


def test_a_stronger_finding_never_hides_a_weaker_one():
    document = changed(base_document(), {"health.seizure_ever": "yes", "health.fainting": "yes"})
    findings = engine.assess(document)["treatments"]["tms"]["findings"]
    assert {row["rule"] for row in findings} == {"T04", "T06", "T12", "T13"}


def test_the_hold_is_the_strongest_that_fired_and_names_every_rule():
    document = changed(base_document(), {"history.high_now": "yes", "safety.harm_to_others": "yes"})
    hold = engine.assess(document)["hold"]
    assert hold["level"] == "urgent"
    assert set(hold["rules"]) == {"S09", "S21"}


def test_an_open_hold_question_raises_no_hold():
    hold = engine.assess(changed(base_document(), {"safety.harm_to_others": "not_sure"}))["hold"]
    assert hold["level"] == "none"
    assert hold["rules"] == []
    assert [row["rule"] for row in hold["ask"]] == ["S21"]


def test_diagnosed_bipolar_disorder_makes_resistance_and_staging_not_applicable_and_keeps_the_count():
    report = engine.assess(changed(base_document(), {"history.bipolar_diagnosis": "yes"}))
    assert report["trd"]["adequate_failures"] == 2
    assert report["trd"]["broad"] == "not_applicable"
    assert report["trd"]["payer"] == "not_applicable"
    assert report["staging"] == {"thase_rush": None, "maudsley": None, "mgh_s": None}


def test_bipolar_disorder_not_sure_is_computed_as_unipolar():
    report = engine.assess(changed(base_document(), {"history.bipolar_diagnosis": "not_sure"}))
    expected = engine.assess(base_document())
    assert report["trd"] == expected["trd"]
    assert report["staging"] == expected["staging"]


def test_assessing_leaves_the_document_as_it_was():
    document = base_document()
    before = deepcopy(document)
    engine.assess(document)
    assert document == before


@pytest.mark.parametrize(
    "part",
    [
        *({name: ()} for name in ("reads", "sources", "reason", "condition")),
        {"sources": ("X99",)},
        {"effects": {"surgery": "caution"}},
        {"effects": {"tms": "refused"}},
        {"reviewed": "last week"},
    ],
    ids=str,
)
def test_a_row_that_does_not_hold_together_is_refused(part):
    with pytest.raises(ValueError, match=r"rule S01: (a part is empty|\['.+'\])|isoformat"):
        replace(criteria.RULES[0], **part)


# The cases notice a rule that is gone, and an unknown taken for a no


def with_rule(rule: str, change) -> tuple:
    assert rule in {row.id for row in criteria.RULES}
    kept = (change(row) if row.id == rule else row for row in criteria.RULES)
    return tuple(row for row in kept if row is not None)


def unknown_as_no(row):
    def decide(*args, **kwargs):
        answer = row.predicate(*args, **kwargs)
        return answer._replace(value=False) if answer.value is None else answer

    return replace(row, predicate=decide)


@pytest.mark.parametrize("rule", EFFECTS)
def test_a_deleted_rule_is_noticed(rule):
    rules = with_rule(rule, lambda row: None)
    assert any(fails(case, engine.assess(document_of(case), rules=rules)) for case in BY_RULE[rule])


@pytest.mark.parametrize("rule", [rule for rule in EFFECTS if rule not in NEVER_UNKNOWN])
def test_an_unknown_taken_for_a_no_is_noticed(rule):
    rules = with_rule(rule, unknown_as_no)
    open_cases = [case for case in BY_RULE[rule] if case.expect == "unknown"]
    assert any(fails(case, engine.assess(document_of(case), rules=rules)) for case in open_cases)
