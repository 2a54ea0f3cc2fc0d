"""What holds for any intake: it is assessed, unknown never decides, and order does not matter."""

import json
from copy import deepcopy

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from intake.document import validate
from tests.documents import ABSENT, ANSWERS, PATHS, documents, is_unknown, with_changes
from treatments.rules.criteria import RULES
from treatments.rules.engine import assess
from treatments.rules.facts import SKIPPED_FOR_MEN, Facts

# What tells what is missing or seen.
ABOUT_WHAT_IS_MISSING = {"S03", "S06", "S22", "E07", "D02", "D13"}
# What an answer may still turn, because until it is given something is read as if: path, answer, rules.
READ_AS_IF = (
    # A diagnosis that is not known is not yes.
    ("history.bipolar_diagnosis", ("yes",), {"S11", "T12", "T13", "E01", "D02", "D04", "D08", "D15"}),
    # A reading without a day is recent.
    ("health.bp_date", None, {"S14", "E06"}),
    # What was given of a treatment counts until the person says that they never had it.
    ("other_treatments.tms.had", ("no",), {"T10", "T17", "E18"}),
    # A serious event is kept even beside "never had".
    ("other_treatments.tms.serious_event", ("yes",), {"T11"}),
    ("other_treatments.ketamine.had", ("no",), {"T18", "E16", "E17", "E20"}),
    ("other_treatments.ect.had", ("no",), {"T18", "E18"}),
    ("other_treatments.vns.had", ("no",), {"T01", "T02", "E18"}),
)
EXAMPLES = settings(max_examples=150, deadline=None)


def decisions(document: dict) -> dict[str, bool | None]:
    facts = Facts(document)
    return {rule.id: rule.predicate(facts).value for rule in RULES}


def skipped_by_flow(document: dict, path: str) -> bool:
    """Whether the flow leaves this question out: then no answer counts as no and is not unknown."""
    about, safety = document.get("about", {}), document.get("safety", {})
    if path in SKIPPED_FOR_MEN:
        return about.get("sex_at_birth") == "male"
    if path == "safety.cssrs.q6_recent":
        return safety.get("cssrs", {}).get("q6") == "no"
    if path in {f"safety.cssrs.q{number}" for number in (3, 4, 5)}:
        return safety.get("cssrs", {}).get("q2") == "no"
    return False


@given(documents())
@EXAMPLES
def test_any_valid_document_is_assessed(document):
    assert validate(document) == []
    before = deepcopy(document)
    assessment = assess(document)
    assert json.loads(json.dumps(assessment)) == assessment
    assert document == before
    assert assess(document) == assessment
    for treatment in assessment["treatments"].values():
        assert all(f["because"] and f["source"] and f["answers"] for f in treatment["findings"])
        assert all(question["fields"] for question in treatment["ask"])
    assert all(question["fields"] for question in (*assessment["ask"], *assessment["hold"]["ask"]))
    assert all(row["why"] for row in assessment["trials"])


@given(documents(), st.data())
@EXAMPLES
def test_filling_in_an_unknown_never_changes_what_was_decided(document, data):
    open_paths = [
        path
        for path in PATHS
        if is_unknown(document, path) and not skipped_by_flow(document, path) and not _asq(document, path)
    ]
    assume(open_paths)
    path = data.draw(st.sampled_from(open_paths))
    answer = data.draw(ANSWERS[path])
    before, after = decisions(document), decisions(with_changes(document, **{path: answer}))
    changed = {rule for rule, value in before.items() if value is not None and after[rule] is not value}
    allowed = set(ABOUT_WHAT_IS_MISSING)
    for read_as_if, answers, rules in READ_AS_IF:
        if path == read_as_if and (answers is None or answer in answers):
            allowed |= rules
    assert changed <= allowed, (path, answer)


@given(documents())
@EXAMPLES
def test_the_order_of_trials_and_medicines_changes_nothing(document):
    turned = deepcopy(document)
    for section, key in (("antidepressants", "trials"), ("medicines", "list")):
        if key in turned.get(section, {}):
            turned[section][key].reverse()
    before, after = assess(document), assess(turned)
    for key in ("trd", "staging", "notes"):
        assert before[key] == after[key]
    assert before["hold"]["level"] == after["hold"]["level"]
    assert decisions(document) == decisions(turned)
    for name, treatment in before["treatments"].items():
        assert treatment["findings"] == after["treatments"][name]["findings"]
    assert sorted(map(str, before["trials"])) == sorted(map(str, after["trials"]))


@given(documents(), st.data())
@EXAMPLES
def test_a_grave_finding_whose_answer_is_taken_back_is_asked_about(document, data):
    facts = Facts(document)
    grave = [
        rule
        for rule in RULES
        if (rule.hold or "clinician_first" in rule.effects.values())
        and rule.predicate(facts).value
        and rule.id not in ABOUT_WHAT_IS_MISSING
        and not rule.predicate(facts).paths[0].startswith("about.")
        and not (rule.id == "T11" and facts.no("other_treatments.tms.had").value)
    ]
    assume(grave)
    rule = data.draw(st.sampled_from(grave))
    taken_back = document
    for path in rule.predicate(facts).paths:
        field = path.partition("[")[0]
        assume(not skipped_by_flow(document, field))
        taken_back = with_changes(taken_back, **{field: ABSENT})
    assert rule.predicate(Facts(taken_back)).value is None


def _asq(document: dict, path: str) -> bool:
    """Whether this path would put one suicide screen in the place of the other, or beside it."""
    safety = document.get("safety", {})
    if path.startswith("safety.asq"):
        return not safety.get("asq")
    return path.startswith("safety.cssrs") and not safety.get("cssrs")
