"""Readiness: which needs of a payer's policy are met, by which answer, shown by what, and what is open.

It tells and never promises. The same input gives the same readiness, and everything in it can be written as JSON.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from treatments.payers.answered import rows_that_count
from treatments.payers.case import Case
from treatments.payers.choosing import Choice, authorization, choose
from treatments.payers.judge import Judged, judge
from treatments.payers.loading import read_pack
from treatments.payers.names import proposed
from treatments.payers.sentences import sentence, summary_words
from treatments.payers.shapes import Check, Need, Pack
from treatments.payers.strength import above
from treatments.rules.version import RULESET

FORMAT = "clinic-readiness/1"
PARTS_READ = frozenset(
    {
        *("drug", "dose_mg", "dose_typed", "weeks", "taken_most_days", "improvement", "this_episode"),
        *("still_taking", "stopped_because", "added_to_another", "added_to", "stopped", "type", "sessions"),
    }
)
"""The parts of an entry of a list that a need may rest on."""

Row = Mapping[str, Any]


def readiness(
    document: Mapping[str, Any],
    *,
    on: str,
    treatment: str,
    coverage: Mapping[str, Any] | None = None,
    pack: Mapping[str, Any] | None = None,
    evidence: Sequence[Row] = (),
    entries: Sequence[Row] = (),
    scores: Sequence[Row] = (),
    pc_ptsd5_cutoff_women: int = 4,
) -> dict[str, Any]:
    """What a sound clinic-readiness/1 input comes to; its parts are as that format has them."""
    case = Case(
        document,
        on=on,
        treatment=treatment,
        evidence=evidence,
        entries=entries,
        scores=scores,
        pc_ptsd5_cutoff_women=pc_ptsd5_cutoff_women,
    )
    choice = Choice(read_pack(pack), "given") if pack else choose(coverage or {}, treatment)
    return {"format": FORMAT, "on": on, "treatment": treatment, **_told(case, choice, coverage or {})}


def _told(case: Case, choice: Choice, coverage: Mapping[str, Any]) -> dict[str, Any]:
    judged = [(need, judge(need, case)) for need in choice.pack.needs]
    value = case.said.facts.value
    return {
        "ruleset": RULESET,
        "proposed": proposed(map(value, ("practical.insurer", "practical.plan")), value("about.state")),
        "payer": coverage.get("payer"),
        "pack": choice.pack.pack,
        "pack_version": choice.pack.version,
        "pack_reason": choice.reason,
        "verified": choice.pack.verified,
        "authorization": authorization(choice.pack, coverage.get("contracted")),
        "summary": summary_of(judged),
        "needs": [_line(choice.pack, need, each, case) for need, each in judged],
    }


def summary_of(judged: Sequence[tuple[Need, Judged]]) -> dict[str, Any]:
    """The counts; what is for a clinician is among what is open."""
    of = Counter(each.result for _need, each in judged)
    counts = {
        "total": len(judged) - of["not_applicable"],
        "met": of["met_shown"] + of["met_said"],
        "to_show": sum(each.result == "met_said" and need.proof == "shown" for need, each in judged),
        "open": of["open"] + of["clinician"],
        "clinician": of["clinician"],
        "not_met": of["not_met"],
        "not_applicable": of["not_applicable"],
    }
    return {**counts, "words": summary_words(counts)}


def _line(pack: Pack, need: Need, judged: Judged, case: Case) -> dict[str, Any]:
    answers = _with_parts(judged.answers, case)
    return {
        "id": need.id,
        "words": need.words,
        "kind": need.kind,
        "proof": need.proof,
        "result": judged.result,
        "strength": judged.strength,
        "sentence": sentence(need, judged, case),
        "answers": answers,
        "ask": list(judged.ask),
        "evidence": _rows(need, case, (*answers, *judged.ask)),
        "source": pack.source,
        "verified": need.verified,
        "note": need.note,
    }


def _with_parts(paths: Sequence[str], case: Case) -> list[str]:
    """The paths, and of an entry the parts that were read and have evidence of their own."""
    parts = [row["about"] for row in case.evidence if row["about"].rpartition(".")[2] in PARTS_READ]
    higher = {path: [part for part in parts if part.startswith(f"{path}.")] for path in paths}
    return list(dict.fromkeys([*paths, *(part for each in higher.values() for part in each)]))


def _rows(need: Need, case: Case, paths: Sequence[str]) -> list[int]:
    """The places of the rows of evidence at these paths or above them, or that show a document asked for."""
    if not case.evidence:
        return []
    higher = {each for path in paths for each in above(path)}
    places = {place for place, row in enumerate(case.evidence) if row["about"] in higher}
    if "evidence" in paths:
        places.update(
            place for kinds in _documents(need.check) for place in rows_that_count(case.said, kinds)
        )
    return sorted(places)


def _documents(check: Check) -> Iterable[Mapping[str, Any]]:
    """The parameters of every ``document`` in the check."""
    [(name, parameters)] = check.items()
    if name in ("any_of", "all_of"):
        for each in parameters:
            yield from _documents(each)
    elif name == "document":
        yield parameters
