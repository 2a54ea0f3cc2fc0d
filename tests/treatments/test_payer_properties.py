"""What holds for any readiness: agreeing evidence lowers nothing, unknown never decides, order does not matter."""

import json
import re
from copy import deepcopy

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.documents import ANSWERS, PATHS, documents, is_unknown, with_changes
from tests.payers import pack, shows
from tests.treatments.test_assessment_properties import skipped_by_flow
from treatments.payers.loading import PACKS
from treatments.payers.readiness import readiness
from treatments.payers.request import parse_request

EXAMPLES = settings(max_examples=80, deadline=None)
ON = "2026-11-28"
RANK = {"not_met": 0, "clinician": 1, "open": 1, "met_said": 2, "met_shown": 4}
EVERY_PACK = st.sampled_from(sorted(PACKS))
# Checks that no pack of ours has, beside every check of every pack.
MORE = [
    {"failures": {"n": 2, "classes": 2, "dose": "maximum", "augmentation": "any", "intolerance": "counts"}},
    {"failures": {"n": 1, "dose": "any", "adherence": True, "max_improvement": 25}},
    {"intolerances": {"n": 2, "classes": 2}},
    {"augmentations": {"n": 1, "kinds": ["any"], "this_episode": True, "intolerance": "counts"}},
    {"augmentations": {"n": 1, "kinds": ["second_antidepressant", "thyroid"]}},
    {"therapy": {"types": ["counselling", "cbt"], "sessions": 3, "max_improvement": 25}},
    {"current_antidepressant": {"weeks": 4, "not_failed": True}},
    {"current_antidepressant": {"not_failed": True}},
    {"no_psychosis": {"when": "ever"}},
    {"not_pregnant": {}},
    {"no_active_sud": {"within_days": 30, "treated_ok": True}},
    {"no_concurrent": {"treatments": ["tms", "ect", "vns", "ketamine"]}},
    {"never_had": {"treatment": "spravato"}},
    {"never_had": {"treatment": "tms"}},
    {"prior_response": {"treatment": "tms", "percent": 50}},
    {"prior_response": {"treatment": "spravato", "percent": 75}},
]
CHECKS = [
    *MORE,
    *{json.dumps(need.check): need.check for each in PACKS.values() for need in each.needs}.values(),
]
# Of the rules, and what they read as if, the assessment has its own property.
WITHOUT_RULES = [check for check in CHECKS if "rules_not_met" not in check]
# A newer score is a new fact, and a listed medicine counts as taken until it is said to be stopped.
NEW_FACTS = {"mood.phq9"}


def results(document: dict, checks: list[dict], **facts) -> list[str]:
    found = []
    for start in range(0, len(checks), 100):
        given_pack = pack(*checks[start : start + 100])
        facts = {"treatment": "tms", "on": ON, **facts}
        needs = readiness(document, pack={**given_pack, "treatment": facts["treatment"]}, **facts)["needs"]
        found += [need["result"] for need in needs]
    return found


def paths_of(document: dict) -> list[str]:
    """Every path of the document's sections: of sections, lists, entries and leaves."""

    def below(value, path):
        yield path
        if isinstance(value, dict):
            for key, each in value.items():
                yield from below(each, f"{path}.{key}")
        elif isinstance(value, list):
            for place, each in enumerate(value):
                yield from below(each, f"{path}[{place}]")

    sections = [key for key, value in document.items() if isinstance(value, dict)]
    return [path for section in sections for path in below(document[section], section)]


READ = (
    "antidepressants",
    "medicines",
    "other_treatments",
    "history",
    "substances",
    "health",
    "mood",
    "about",
)


@st.composite
def agreeing(draw: st.DrawFn, document: dict) -> list[dict]:
    paths = [path for path in paths_of(document) if path.split(".")[0] in READ]
    rows = st.builds(shows, st.sampled_from(paths), strength=st.sampled_from(["told", "shown"]))
    return draw(st.lists(rows, max_size=8))


@st.composite
def entries_for(draw: st.DrawFn, document: dict) -> list[dict]:
    trials = len(document.get("antidepressants", {}).get("trials", []))
    keys = {
        "diagnosis": ["F33.2", "F33.1"],
        "psychosis_history": ["none", "past", "current"],
        "sud_status": ["none", "treated", "active"],
        "pdmp_checked": ["yes"],
        **({"max_tolerated": ["yes", "no"]} if trials else {}),
    }
    found = []
    for key in draw(st.lists(st.sampled_from(sorted(keys)), max_size=4)):
        row = {
            "key": key,
            "value": draw(st.sampled_from(keys[key])),
            "on": draw(st.sampled_from([ON, "2026-10-01"])),
        }
        if key == "max_tolerated":
            row["about"] = f"antidepressants.trials[{draw(st.integers(0, trials - 1))}]"
        found.append(row)
    return found


@given(documents(), st.data())
@EXAMPLES
def test_any_sound_input_is_judged_the_same_every_time_and_changes_nothing(document, data):
    chosen = PACKS[data.draw(EVERY_PACK)]
    rows = data.draw(agreeing(document))
    for row in rows:
        row["agrees"] = data.draw(st.sampled_from(["yes", "yes", "no"]))
    coverage = {"payer": None if chosen.payer == "generic" else chosen.payer, "pack": chosen.pack}
    given_input = {"on": ON, "treatment": chosen.treatment, "coverage": coverage, "evidence": rows}
    given_input["entries"] = data.draw(entries_for(document))
    whole = {"format": "clinic-readiness/1", **given_input, "document": document}
    request, faults = parse_request(json.dumps(whole))
    assert faults == []
    before = deepcopy(request)
    found = readiness(**request)
    assert request == before
    assert json.loads(json.dumps(found)) == found == readiness(**request)
    for need in found["needs"]:
        _is_whole(need, rows)


def _is_whole(need: dict, rows: list[dict]) -> None:
    assert need["sentence"].strip()
    assert (need["strength"] is None) == (not need["result"].startswith("met"))
    if need["result"] in ("met_said", "met_shown", "not_met"):
        assert need["answers"] and not need["ask"]
    elif need["result"] == "open":
        assert need["ask"]
    elif need["result"] == "clinician":
        assert need["ask"] or need["answers"]
    named = [*need["answers"], *need["ask"]]
    assert len(set(named)) == len(named)
    assert need["evidence"] == [
        place
        for place, row in enumerate(rows)
        if any(path == row["about"] or re.match(rf"{re.escape(row['about'])}[.\[]", path) for path in named)
    ]


@given(documents(), st.data())
@EXAMPLES
def test_evidence_that_agrees_never_lowers_a_result(document, data):
    rows = data.draw(agreeing(document))
    more = data.draw(agreeing(document))
    facts = {
        "entries": data.draw(entries_for(document)),
        "treatment": data.draw(st.sampled_from(["tms", "spravato"])),
    }
    before = results(document, CHECKS, evidence=rows, **facts)
    after = results(document, CHECKS, evidence=[*rows, *more], **facts)
    lowered = [
        (check, was, now)
        for check, was, now in zip(CHECKS, before, after, strict=True)
        if RANK[now] < RANK[was] or (was in ("not_met", "open") and now != was and "document" not in check)
    ]
    assert lowered == []


@given(documents(), st.data())
@EXAMPLES
def test_answering_what_was_not_answered_never_turns_met_into_not_met_or_the_reverse(document, data):
    open_paths = [
        path
        for path in PATHS
        if is_unknown(document, path) and not skipped_by_flow(document, path) and path not in NEW_FACTS
    ]
    assume(open_paths)
    path = data.draw(st.sampled_from(open_paths))
    answered = with_changes(document, **{path: data.draw(ANSWERS[path])})
    _turns_nothing_over(document, answered, (path,))


@given(documents(), st.data())
@EXAMPLES
def test_answering_a_part_of_an_entry_turns_nothing_over_either(document, data):
    lists = [("antidepressants", "trials"), ("other_treatments", "therapy")]
    holes = []
    for section, key in lists:
        drawn = data.draw(ANSWERS[f"{section}.{key}"])
        for place, entry in enumerate(document.get(section, {}).get(key, [])):
            for other in drawn:
                holes += [
                    (section, key, place, part, value)
                    for part, value in other.items()
                    if entry.get(part) in (None, "not_sure", "") and value not in (None, "not_sure", "")
                ]
    assume(holes)
    section, key, place, part, value = data.draw(st.sampled_from(holes))
    answered = deepcopy(document)
    answered[section][key][place][part] = value
    _turns_nothing_over(document, answered, (section, key, place, part, value))


def _turns_nothing_over(document: dict, answered: dict, what: tuple) -> None:
    before, after = results(document, WITHOUT_RULES), results(answered, WITHOUT_RULES)
    turned = [
        (check, was, now, what)
        for check, was, now in zip(WITHOUT_RULES, before, after, strict=True)
        if {was[:3], now[:3]} == {"met", "not"}
    ]
    assert turned == []


@given(documents(), st.data())
@EXAMPLES
def test_the_order_of_trials_changes_no_result(document, data):
    trials = document.get("antidepressants", {}).get("trials", [])
    assume(len(trials) > 1)
    order = data.draw(st.permutations(range(len(trials))))
    rows = [
        row | {"agrees": data.draw(st.sampled_from(["yes", "no"]))} for row in data.draw(agreeing(document))
    ]
    entries = data.draw(entries_for(document))
    turned = deepcopy(document)
    turned["antidepressants"]["trials"] = [trials[place] for place in order]

    def moved(row: dict) -> dict:
        about = re.sub(
            r"^(antidepressants\.trials)\[(\d+)\]",
            lambda found: f"{found[1]}[{order.index(int(found[2]))}]",
            row.get("about") or "",
        )
        return {**row, "about": about} if row.get("about") else row

    before = results(document, CHECKS, evidence=rows, entries=entries)
    after = results(turned, CHECKS, evidence=[*map(moved, rows)], entries=[*map(moved, entries)])
    assert before == after
