"""From the check of a need to its result, and from results to the summary; and what is never said."""

import re
from itertools import product

import pytest

from tests.documents import NEARLY_EMPTY, complete_document, trial, with_trials
from tests.payers import ON, entry, judged, pack, shows
from tests.treatments.payer_predicates import ROWS
from treatments.payers.loading import PACKS
from treatments.payers.readiness import readiness
from treatments.payers.sentences import summary_words

TRUE, FALSE = {"age": {"min": 1}}, {"age": {"max": 1}}
UNKNOWN = {"entry": {"key": "supervision", "values": ["yes"]}}
PROMISES = re.compile(r"\b(approved?|eligib\w+|qualif\w+|likely|guarantee\w*|score of)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("applies", "expected"), [(TRUE, "not_met"), (FALSE, "not_applicable"), (UNKNOWN, "open")]
)
def test_for_whom_a_need_is_comes_first(applies, expected):
    need = judged(FALSE, need={"applies": applies})
    assert need["result"] == expected
    if expected == "not_applicable":
        assert (need["answers"], need["ask"], need["strength"]) == ([], [], None)
    if expected == "open":
        assert need["ask"] == ["entries.supervision"]


def test_whom_it_applies_to_is_open_whoever_judges_it():
    assert judged(TRUE, need={"applies": UNKNOWN, "kind": "clinician"})["result"] == "open"


@pytest.mark.parametrize(
    ("kind", "on_false", "check", "expected"),
    [
        ("computed", "not_met", TRUE, "met_said"),
        ("computed", "not_met", UNKNOWN, "open"),
        ("staff", "not_met", UNKNOWN, "open"),
        ("document", "not_met", UNKNOWN, "open"),
        ("clinician", "not_met", UNKNOWN, "clinician"),
        ("clinician", "clinician", FALSE, "clinician"),
        ("computed", "clinician", FALSE, "clinician"),
        ("computed", "not_met", FALSE, "not_met"),
        ("clinician", "not_met", FALSE, "not_met"),
    ],
)
def test_a_check_becomes_a_result(kind, on_false, check, expected):
    assert judged(check, need={"kind": kind, "on_false": on_false})["result"] == expected


def test_a_clinicians_statement_turns_what_was_for_a_clinician_to_weigh():
    said = [entry("statement", "Benefit outweighs risk.", about="X-0")]
    weighed = judged(FALSE, need={"on_false": "clinician"}, entries=said)
    assert (weighed["result"], weighed["strength"]) == ("met_shown", "shown")
    assert "entries.statement" in weighed["answers"]
    assert judged(FALSE, need={"on_false": "not_met"}, entries=said)["result"] == "not_met"
    assert judged(UNKNOWN, need={"on_false": "clinician"}, entries=said)["result"] == "open"
    elsewhere = [entry("statement", "Benefit outweighs risk.", about="X-1")]
    assert judged(FALSE, need={"on_false": "clinician"}, entries=elsewhere)["result"] == "clinician"


def test_the_summary_counts_what_the_needs_came_to():
    checks = [TRUE, FALSE, UNKNOWN, TRUE]
    given = pack(*checks)
    given["needs"][2]["kind"] = "clinician"
    given["needs"][3]["applies"] = FALSE
    found = readiness(complete_document(), on=ON, treatment="tms", pack=given)["summary"]
    assert found == {
        **{"total": 3, "met": 1, "to_show": 1, "open": 1, "clinician": 1, "not_met": 1, "not_applicable": 1},
        "words": "1 of 3 met (1 still to show), 1 open (1 for a clinician), 1 not met",
    }


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((12, 9, 3, 2, 1, 1), "9 of 12 met (3 still to show), 2 open (1 for a clinician), 1 not met"),
        ((5, 5, 0, 0, 0, 0), "5 of 5 met"),
        ((3, 0, 0, 3, 0, 0), "0 of 3 met, 3 open"),
        ((0, 0, 0, 0, 0, 0), "0 of 0 met"),
    ],
)
def test_what_is_0_is_left_out_of_the_summary(counts, words):
    keys = ("total", "met", "to_show", "open", "clinician", "not_met")
    assert summary_words(dict(zip(keys, counts, strict=True))) == words


def test_what_is_met_with_proof_said_is_not_still_to_show():
    given = pack(TRUE, proof="said")
    assert readiness(complete_document(), on=ON, treatment="tms", pack=given)["summary"]["to_show"] == 0


def every_sentence():
    for document, name in product((complete_document(), complete_document(**NEARLY_EMPTY)), PACKS):
        chosen = PACKS[name]
        coverage = {"payer": None if chosen.payer == "generic" else chosen.payer, "pack": name}
        found = readiness(document, on=ON, treatment=chosen.treatment, coverage=coverage)
        yield from (need["sentence"] for need in found["needs"])
        yield found["summary"]["words"]
    for rows in ROWS.values():
        yield from (judged(row.check, **row.facts)["sentence"] for row in rows)


def test_nothing_is_ever_promised():
    said = list(every_sentence())
    assert len(said) > 400
    assert [sentence for sentence in said if PROMISES.search(sentence)] == []


def test_a_sentence_says_how_strongly_it_stands():
    assert judged(TRUE)["sentence"].endswith("By the person's own account.")
    assert judged(TRUE, evidence=[shows("about")])["sentence"].endswith("Shown in a record.")
    assert judged(UNKNOWN)["sentence"].endswith("Open, ask.")


def test_what_shows_a_document_is_named_by_its_place():
    record = {"document": {"kinds": ["therapy_record"]}}
    rows = [
        shows("mood"),
        shows("mood", kind="therapy_record"),
        shows("mood", kind="therapy_record", agrees="no"),
    ]
    assert judged(record, evidence=rows)["evidence"] == [1]
    both = {"all_of": [{"any_of": [record]}, TRUE]}
    assert judged(both, evidence=rows)["evidence"] == [1]
    assert judged(record, evidence=rows[:1])["evidence"] == []


def test_an_old_score_is_called_old_in_the_payers_days_and_ours():
    of_payer = judged({"score_at_least": {"phq9": 15, "within_days": 28}}, on="2027-01-09")["sentence"]
    assert of_payer.startswith("PHQ-9 18 (15 needed), 50 days old: this payer asks 28. Ask again.")
    ours = {"score_at_least": {"phq9": 15}}
    assert "28 days or more, ask again" in judged(ours, on="2026-12-18")["sentence"]
    assert "ask again" not in judged(ours, on="2026-12-17")["sentence"]


@pytest.mark.parametrize(
    ("started", "stopped", "weeks", "said"),
    [
        ("2025-01", "2025-03", 10, ""),
        ("2025-01", "2025-03", 14, ""),
        ("2025-01", "2025-03", 15, "2025-01 to 2025-03 (check)"),
        ("2025-01", "2025-06", 15, "2025-01 to 2025-06 (check)"),
        ("2025-01", "2025-06", 16, ""),
        ("2025-01", "2025-01", 1, ""),
        ("2024", "2025", 3, ""),
        ("2024", "2026", 10, "2024 to 2026 (check)"),
        ("2025-12", None, 300, ""),
        ("2024-01", "2025-01", None, ""),
    ],
)
def test_dates_that_do_not_fit_the_weeks_are_printed_beside_them_to_check(started, stopped, weeks, said):
    months = {"started": started, "stopped": stopped} if stopped else {"started": started}
    sentence = judged({"failures": {}}, with_trials(trial(weeks=weeks, **months)))["sentence"]
    assert said in sentence
    assert ("check" in sentence) == bool(said)


def test_an_entry_that_expired_says_when():
    check = {"entry": {"key": "pdmp_checked", "values": ["yes"], "valid_days": 30}}
    need = judged(check, entries=[entry("pdmp_checked", "yes", "2026-10-28")])
    assert need["sentence"].startswith("PDMP checked: expired on 2026-11-28.")
