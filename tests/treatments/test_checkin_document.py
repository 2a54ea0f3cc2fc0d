"""What clinic-checkins/1 refuses: each fault a line that opens with its path; and nothing else ever comes out."""

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.treatments.checkins import COURSE, document, documents, on
from treatments.progress import judge
from treatments.progress.document import MOST_DAYS, parse, validate

ABSENT = object()
EXAMPLES = settings(max_examples=100, deadline=None)


def changed(path: str, value: object) -> dict:
    """A sound document with everything in it, and one value in its place or ABSENT."""
    found = document(
        on(
            0,
            12,
            gad7=[0] * 7,
            screen={"q1": "no"},
            asq={"q1": "no"},
            items={"bladder": "no"},
            entered_by="staff",
        ),
        baseline={"on": "2026-11-20", "phq9": [1] * 9, "gad7": [1] * 7, "screen": {"q6_recent": "no"}},
        course=dict(COURSE),
        schedule=[{"from": "2026-12-07", "every_days": 7, "until": None}, {"on": ["2026-12-24"]}],
    )
    *groups, key = path.split(".")
    place = found
    for group in groups:
        place = place[int(group)] if group.isdigit() else place[group]
    key = int(key) if key.isdigit() else key
    if value is ABSENT:
        del place[key]
    else:
        place[key] = value
    return found


def faults_of(path: str, value: object) -> list[str]:
    return validate(changed(path, value))


def test_the_document_that_is_changed_here_is_sound():
    assert faults_of("queue", "waiting") == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        # Unknown keys
        ("mood", 1, "mood: is not a field of clinic-checkins/1"),
        ("consent.by", "patient", "consent.by: is not a field of clinic-checkins/1"),
        ("baseline.items", {}, "baseline.items: is not a field of clinic-checkins/1"),
        ("baseline.screen.q7", "no", "baseline.screen.q7: is not a field of clinic-checkins/1"),
        ("course.reason", "", "course.reason: is not a field of clinic-checkins/1"),
        ("schedule.0.days", 3, "schedule[0].days: is not a field of clinic-checkins/1"),
        ("schedule.1.until", None, "schedule[1].until: is not a field of clinic-checkins/1"),
        ("checkins.0.on", "2026-12-07", "checkins[0].on: is not a field of clinic-checkins/1"),
        ("checkins.0.unknown", None, "checkins[0].unknown: is not a field of clinic-checkins/1"),
        ("checkins.0.items.mood", "yes", "checkins[0].items.mood: is not a field of clinic-checkins/1"),
        (
            "checkins.0.screen.q6_recent",
            "no",
            "checkins[0].screen.q6_recent: is not a field of clinic-checkins/1",
        ),
        ("checkins.0.asq.q6", "no", "checkins[0].asq.q6: is not a field of clinic-checkins/1"),
        # What must be there
        ("format", ABSENT, "format: is required"),
        ("as_of", ABSENT, "as_of: is required"),
        ("time_zone", ABSENT, "time_zone: is required"),
        ("queue", ABSENT, "queue: is required"),
        ("schedule", ABSENT, "schedule: is required"),
        ("checkins", ABSENT, "checkins: is required"),
        ("consent.agreed_on", ABSENT, "consent.agreed_on: is required"),
        ("baseline.on", ABSENT, "baseline.on: is required"),
        ("course.started_on", ABSENT, "course.started_on: is required"),
        ("schedule.0.from", ABSENT, "schedule[0].from: is required"),
        ("schedule.0.every_days", ABSENT, "schedule[0].every_days: is required"),
        ("checkins.0.at", ABSENT, "checkins[0].at: is required"),
        # Null where the format knows none
        ("schedule", None, "schedule: must be a list, not null"),
        ("checkins", None, "checkins: must be a list, not null"),
        ("checkins.0", None, "checkins[0]: must be an object, not null"),
        ("as_of", None, "as_of: null is not a date and a time with an offset"),
        ("checkins.0.at", None, "checkins[0].at: null is not a date and a time with an offset"),
        ("course.started_on", None, "course.started_on: null is not a date (YYYY-MM-DD)"),
        ("schedule.0.every_days", None, "schedule[0].every_days: null is not a whole number from 3 to 90"),
        (
            "checkins.0.screen.q1",
            None,
            "checkins[0].screen.q1: null is not an answer here; leave the key out",
        ),
        (
            "checkins.0.items.bladder",
            None,
            "checkins[0].items.bladder: null is not an answer here; leave the key out",
        ),
        # Types and values
        ("format", "clinic-checkins/2", "format: clinic-checkins/2 is not clinic-checkins/1"),
        ("as_of", "2027-03-01", "as_of: 2027-03-01 is not a date and a time with an offset"),
        (
            "as_of",
            "2027-03-01T12:00:00",
            "as_of: 2027-03-01T12:00:00 is not a date and a time with an offset",
        ),
        (
            "as_of",
            "2027-02-29T12:00:00Z",
            "as_of: 2027-02-29T12:00:00Z is not a date and a time with an offset",
        ),
        (
            "as_of",
            "2027-03-01T12:00:00+24:00",
            "as_of: 2027-03-01T12:00:00+24:00 is not a date and a time with an offset",
        ),
        ("as_of", 1, "as_of: 1 is not a date and a time with an offset"),
        ("time_zone", "New York", "time_zone: New York is not the name of a time zone"),
        ("time_zone", "America", "time_zone: America is not the name of a time zone"),
        ("time_zone", "../UTC", "time_zone: ../UTC is not the name of a time zone"),
        ("time_zone", ["UTC"], "time_zone: a list is not the name of a time zone"),
        ("queue", "ect", "queue: ect is not one of waiting, tms, spravato, psychotherapy"),
        ("queue", {}, "queue: an object is not one of waiting, tms, spravato, psychotherapy"),
        ("consent", [], "consent: must be an object, not a list"),
        ("consent.stopped_on", "soon", "consent.stopped_on: soon is not a date (YYYY-MM-DD)"),
        ("baseline", "none", "baseline: must be an object, not text"),
        ("baseline.on", "2026-11-31", "baseline.on: 2026-11-31 is not a date (YYYY-MM-DD)"),
        ("baseline.phq9", [0] * 8, "baseline.phq9: must hold 9 answers, not 8"),
        ("baseline.gad7", [4] + [0] * 6, "baseline.gad7[0]: 4 is not one of 0, 1, 2, 3"),
        ("baseline.screen.q1", True, "baseline.screen.q1: true is not one of yes, no, declined"),
        ("course.ended_on", "2026-12-06", "course.ended_on: 2026-12-06 is before started_on"),
        ("schedule.0", "weekly", "schedule[0]: must be an object, not text"),
        (
            "schedule.0.from",
            "2026-12-07T10:00",
            "schedule[0].from: 2026-12-07T10:00 is not a date (YYYY-MM-DD)",
        ),
        ("schedule.0.every_days", 2, "schedule[0].every_days: 2 is not a whole number from 3 to 90"),
        ("schedule.0.every_days", 91, "schedule[0].every_days: 91 is not a whole number from 3 to 90"),
        ("schedule.0.every_days", 7.0, "schedule[0].every_days: 7.0 is not a whole number from 3 to 90"),
        ("schedule.0.every_days", True, "schedule[0].every_days: true is not a whole number from 3 to 90"),
        ("schedule.1.on", "2026-12-24", "schedule[1].on: must be a list, not text"),
        ("schedule.1.on.0", 24, "schedule[1].on[0]: 24 is not a date (YYYY-MM-DD)"),
        ("checkins.0", [], "checkins[0]: must be an object, not a list"),
        ("checkins.0.at", "2026-12-07", "checkins[0].at: 2026-12-07 is not a date and a time with an offset"),
        ("checkins.0.phq9", {}, "checkins[0].phq9: must be a list, not an object"),
        ("checkins.0.phq9", [0] * 10, "checkins[0].phq9: must hold 9 answers, not 10"),
        ("checkins.0.phq9.3", 5, "checkins[0].phq9[3]: 5 is not one of 0, 1, 2, 3"),
        ("checkins.0.phq9.3", True, "checkins[0].phq9[3]: true is not one of 0, 1, 2, 3"),
        ("checkins.0.phq9.3", 1.0, "checkins[0].phq9[3]: 1.0 is not one of 0, 1, 2, 3"),
        ("checkins.0.phq9.3", float("nan"), "checkins[0].phq9[3]: NaN is not one of 0, 1, 2, 3"),
        ("checkins.0.gad7.6", "1", "checkins[0].gad7[6]: 1 is not one of 0, 1, 2, 3"),
        ("checkins.0.screen", "no", "checkins[0].screen: must be an object, not text"),
        (
            "checkins.0.screen.q1",
            "not_sure",
            "checkins[0].screen.q1: not_sure is not one of yes, no, declined",
        ),
        ("checkins.0.asq.q1", "maybe", "checkins[0].asq.q1: maybe is not one of yes, no, declined"),
        ("checkins.0.items", ["bladder"], "checkins[0].items: must be an object, not a list"),
        (
            "checkins.0.items.bladder",
            "declined",
            "checkins[0].items.bladder: declined is not one of yes, no, not_sure",
        ),
        (
            "checkins.0.items.therapy_useful",
            "yes",
            "checkins[0].items.therapy_useful: yes is not one of not_at_all, a_little, quite, very, not_sure",
        ),
        (
            "checkins.0.items.days_out",
            15,
            f"checkins[0].items.days_out: 15 is not one of {', '.join(map(str, range(15)))}",
        ),
        ("checkins.0.items.anything_else", 1, "checkins[0].items.anything_else: must be text, not a number"),
        (
            "checkins.0.items.medicine_changed_what",
            "\ud800",
            "checkins[0].items.medicine_changed_what: has a character that can't be stored "
            "(a null character or half of a pair)",
        ),
        ("checkins.0.entered_by", "proxy", "checkins[0].entered_by: proxy is not one of patient, staff"),
        # After as_of, which is noon of March 1
        ("checkins.0.at", "2027-03-01T17:00:01Z", "checkins[0].at: 2027-03-01T17:00:01Z is after as_of"),
        ("baseline.on", "2027-03-02", "baseline.on: 2027-03-02 is after as_of"),
        ("course.started_on", "2027-03-02", "course.started_on: 2027-03-02 is after as_of"),
    ],
)
def test_it_is_refused_with_its_path(path, value, fault):
    assert faults_of(path, value) == [fault]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("consent", None),
        ("consent", ABSENT),
        ("consent.stopped_on", ABSENT),
        ("baseline", None),
        ("baseline", ABSENT),
        ("baseline.phq9", None),
        ("baseline.phq9", ABSENT),
        ("baseline.gad7", None),
        ("baseline.phq9.6", None),
        ("course", None),
        ("course", ABSENT),
        ("course.ended_on", ABSENT),
        ("course.ended_on", "2026-12-07"),
        ("course.started_on", "2027-03-01"),
        ("baseline.on", "2027-03-01"),
        ("schedule", []),
        ("schedule.0.until", ABSENT),
        ("schedule.0.every_days", 3),
        ("schedule.0.every_days", MOST_DAYS),
        ("schedule.1.on", []),
        ("checkins", []),
        ("checkins.0.at", "2027-03-01T17:00:00Z"),
        ("checkins.0.at", "2026-12-07T10:00:00.123+13:45"),
        ("checkins.0.phq9", None),
        ("checkins.0.phq9", [None] * 9),
        ("checkins.0.screen", None),
        ("checkins.0.screen", {}),
        ("checkins.0.items", None),
        ("checkins.0.items.days_out", 14),
        ("checkins.0.items.anything_else", ""),
        ("checkins.0.entered_by", None),
    ],
)
def test_it_is_taken(path, value):
    found = changed(path, value)
    assert validate(found) == []
    judge(found)


def test_each_fault_has_a_line_and_positions_are_those_of_the_input():
    found = document(on(9, [4] * 9), on(2, 12, items={"mood": "yes"}), time_zone="here", mood=1)
    paths = [fault.split(":")[0] for fault in validate(found)]
    assert sorted(paths) == sorted(
        ["time_zone", "mood", "checkins[1].items.mood", *(f"checkins[0].phq9[{n}]" for n in range(9))]
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"queue": "tms", "queue": "waiting", ', "queue: is given twice"),
        (
            '{"consent": {"agreed_on": "2026-11-20", "agreed_on": "2026-11-21"}, ',
            "consent.agreed_on: is given twice",
        ),
        ('{"checkins": [{"phq9": null, "phq9": null}], ', "checkins[0].phq9: is given twice"),
        (
            '{"checkins": [{"items": {"bladder": "no", "bladder": "yes"}}], ',
            "checkins[0].items.bladder: is given twice",
        ),
    ],
)
def test_a_key_given_twice_is_refused(text, fault):
    document_, faults = parse(text + '"format": "clinic-checkins/1"}')
    assert document_ is None and faults.count(fault) == 1


def test_a_key_is_named_on_one_line_whatever_it_holds():
    faults = validate(document(**{"a\nb\ud800" + "c" * 100: 1}))
    assert len(faults) == 1 and faults[0].isprintable() and len(faults[0]) < 120


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_end_of_the_calendar_is_refused(moment):
    """In another time zone it would lie outside."""
    assert validate(document(as_of=moment)) == [f"as_of: {moment} is not a date and a time with an offset"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_end_of_the_calendar_are_reckoned_with(day):
    found = document(
        on(0, 12),
        schedule=[{"from": day, "every_days": 90, "until": None}, {"on": [day]}],
        consent={"agreed_on": day, "stopped_on": None},
        baseline={"on": "0001-01-01", "phq9": [1] * 9},
        course={"started_on": "0001-01-01", "ended_on": day},
    )
    assert validate(found) == []
    assert judge(found)["checkins"][0]["counts"]


JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just(10**400), st.just("2026-12-07"),
        st.just("2026-12-07T10:00:00-05:00"),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


def places_in(value: object, path: tuple = ()) -> list[tuple]:
    """The path of every value in it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in places_in(each, (*path, key)))]


@given(documents(), st.data())
@EXAMPLES
def test_whatever_stands_in_a_document_it_is_refused_or_judged(found, data):
    path = data.draw(st.sampled_from(places_in(found)))
    odd = data.draw(JSON)
    if not path:
        found = odd
    else:
        place = found
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = odd
    faults = validate(found)
    assert all(": " in fault and fault.isprintable() for fault in faults)
    if not faults:
        json.dumps(judge(found))


@given(st.one_of(st.text(), st.binary().map(lambda data: data.decode("utf-8", "surrogateescape"))))
@EXAMPLES
def test_any_text_is_refused_or_read(text):
    found, faults = parse(text)
    assert (found is None) == bool(faults)


@given(documents())
@EXAMPLES
def test_judging_changes_nothing_and_says_the_same_again(found):
    assert validate(found) == []
    before = deepcopy(found)
    result = judge(found)
    assert found == before and judge(found) == result
    assert json.loads(json.dumps(result)) == result
