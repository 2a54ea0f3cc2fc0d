"""What a payer still needs as staff read it: the coverage in a line, each treatment's needs, worst first, each with its
answers, what supports it, its source, and what can be done about it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from intake.fields import BY_PATH
from intake.fields.kinds import Text
from intake.fields.lookup import field_path
from treatments.catalog import TREATMENTS
from treatments.models import Coverage, PackReview, Referral
from treatments.payers.loading import PACKS
from treatments.payers.shapes import Pack
from treatments.payers.vocabulary import ENTRY_KEYS, GENERIC
from treatments.permissions import VIEW_PAYER
from treatments.reading.payer_lines import (
    coverage_words,
    pack_words,
    path_words,
    payer_name,
    review_words,
    support_words,
    typed_words,
)
from treatments.reading.readiness import MASKED, PayerFacts, facts_of, readable_support, readiness_of
from treatments.reading.records import LISTS, askable
from treatments.reading.redaction import Redaction
from treatments.reading.support import Support
from treatments.workflow.actions.coverage import ASKED_OF_PAYERS
from treatments.workflow.payer_words import AUTHORIZATION_WORDS, REASON_WORDS, RESULT_WORDS

PHQ9 = "mood.phq9"
REPLACED = ("D02", "D08")
"""The rules' own guess at what payers ask: once a payer is chosen, its readiness stands in their place."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """``key`` names the need in an address, without naming the payer. ``acts``: what may close it, by action."""

    key: str
    kind: str
    mark: str
    words: Text
    need: str
    sentence: str
    note: str
    about: list[str]
    support: list[str]
    verified: bool
    acts: frozenset[str]
    asks_scale: bool


@dataclass(frozen=True, slots=True)
class TreatmentNeeds:
    """``first`` is looked at, ``met`` folded; ``summary`` is the core's own."""

    key: str
    name: Text
    summary: Mapping[str, Any]
    pack: Pack
    pack_words: str
    reason: Text
    authorization: Text
    reviewed: str
    first: list[NeedRow]
    met: list[NeedRow]
    masked: list[NeedRow]


def treatments_for(redaction: Redaction, treatment: str | None) -> Sequence[str]:
    """Of a consult its own treatment, where payers are asked for it; on the desk all of them."""
    return [key for key in ASKED_OF_PAYERS if treatment in (None, key)]


def payer_view(
    redaction: Redaction, referral: Referral, *, on: date, treatment: str | None = None
) -> dict[str, Any] | None:
    """The section of the page; None where payers are not asked for this treatment."""
    keys = treatments_for(redaction, treatment)
    if not keys:
        return None
    facts, reviews = facts_of(referral), PackReview.standing()
    found = [_needs(facts, redaction, key, on, reviews) for key in keys]
    return {
        "coverage": facts.coverage,
        "coverage_words": coverage_words(facts.coverage),
        "typed": typed_words(referral, redaction),
        "treatments": [each for each in found if each],
        "failed": not all(found),
    }


def _needs(
    facts: PayerFacts,
    redaction: Redaction,
    key: str,
    on: date,
    reviews: Mapping[tuple[str, str], PackReview],
) -> TreatmentNeeds | None:
    told = readiness_of(facts, redaction, key, on=on)
    if told is None:
        return None
    support = readable_support(facts, redaction)
    rows = [_row(f"{key}.{place}", line, support, facts) for place, line in enumerate(told["needs"])]
    pack = PACKS[told["pack"]]
    review = reviews.get((pack.pack, pack.version))
    order = list(RESULT_WORDS)
    shown = sorted(filter(None, rows), key=lambda row: order.index(row.kind))
    reason = _reason(told["pack_reason"], facts.coverage)
    return TreatmentNeeds(
        key=key,
        name=TREATMENTS[key].name,
        summary=told["summary"],
        pack=pack,
        pack_words=pack_words(pack, own=not reason),
        reason=reason,
        authorization=AUTHORIZATION_WORDS[told["authorization"]] if pack.payer != GENERIC else "",
        reviewed=review_words(review),
        first=[row for row in shown if row.kind not in ("met", "masked")],
        met=[row for row in shown if row.kind == "met"],
        masked=[row for row in shown if row.kind == "masked"],
    )


def _reason(reason: str, coverage: Coverage | None) -> Text:
    """Why this list, where it is none that somebody chose; a payer whose policy nobody has read is named."""
    if reason == "no_pack" and coverage is not None:
        words = {"payer": payer_name(coverage)}
        return _("Nobody has read the policy of %(payer)s: a strict list of our own.") % words
    return REASON_WORDS[reason] if reason != "chosen" else ""


def _row(key: str, line: Mapping[str, Any], support: Sequence[Support], facts: PayerFacts) -> NeedRow | None:
    kind = kind_of(line)
    if kind is None:
        return None
    mark, words = RESULT_WORDS[kind]
    current = facts.referral.submission.current
    paths = [path for path in (*line["answers"], *line["ask"]) if field_path(path) in BY_PATH]
    return NeedRow(
        key=key,
        kind=kind,
        mark=mark,
        words=words,
        need=line["words"],
        sentence=line["sentence"],
        note=line["note"],
        about=[path_words(path, current) for path in dict.fromkeys(paths)],
        support=[support_words(support[place]) for place in line["evidence"]],
        verified=line["verified"],
        acts=frozenset(acts_of(line)),
        asks_scale=PHQ9 in line["ask"],
    )


def kind_of(line: Mapping[str, Any]) -> str | None:
    """How the need stands, as a key of ``RESULT_WORDS``; None where it does not apply."""
    result = line["result"]
    if result == "met_said" and line["proof"] == "shown":
        return "to_show"
    if result in ("met_said", "met_shown"):
        return "met"
    return None if result == "not_applicable" else result


def acts_of(line: Mapping[str, Any]) -> Iterable[str]:
    """The actions that may close the need, by key."""
    if line["result"] in (MASKED, "not_applicable", "met_shown"):
        return
    asked = [path for path in line["ask"] if field_path(path) in BY_PATH]
    if asked:
        yield from ("record_answer", "ask_patient")
    if asked or line["answers"] or "evidence" in line["ask"]:
        yield "add_evidence"
    entries = [path.removeprefix("entries.") for path in line["ask"] if path.startswith("entries.")]
    if line["kind"] == "staff" or any(path.startswith("scores.") for path in line["ask"]):
        yield "add_entry"
    if line["proof"] == "shown" and line["result"] != "not_met" and _records_of(line):
        yield "request_record"
    if line["result"] == "clinician" or any(
        ENTRY_KEYS[key].by == "clinician" for key in entries if key in ENTRY_KEYS
    ):
        yield "add_clinical_entry"


def _records_of(line: Mapping[str, Any]) -> set[str]:
    """The entries that the need is about and a record may show; a list where it is about that as a whole."""
    paths = (*line["answers"], *line["ask"])
    entries = {path.split("]")[0] + "]" if "[" in path else path for path in paths}
    return {path for path in entries if path.partition("[")[0] in LISTS}


def payer_line(redaction: Redaction, referral: Referral, treatment: str, *, on: date) -> str:
    """Payer and summary in one line, as the brief prints it; "" where payers are not asked, none is
    chosen, or who reads may not know.
    """
    if treatment not in ASKED_OF_PAYERS or not redaction.user.has_perm(VIEW_PAYER):
        return ""
    facts = facts_of(referral)
    if facts.coverage is None:
        return ""
    told = readiness_of(facts, redaction, treatment, on=on)
    return f"{payer_name(facts.coverage)}: {told['summary']['words']}" if told else payer_name(facts.coverage)


def need_at(redaction: Redaction, referral: Referral, key: str, *, on: date) -> Mapping[str, Any] | None:
    """The core's line of the need that an address names, ``tms.3``; None for any other words."""
    treatment, _dot, place = key.partition(".")
    if treatment not in ASKED_OF_PAYERS or not (place.isascii() and place.isdecimal() and len(place) < 4):
        return None
    told = readiness_of(facts_of(referral), redaction, treatment, on=on)
    needs = told["needs"] if told else []
    return needs[int(place)] if int(place) < len(needs) else None


def paths_of_needs(
    redaction: Redaction,
    referral: Referral,
    treatments: Iterable[str],
    *,
    on: date,
    parts: Sequence[str] = ("answers", "ask"),
) -> list[str]:
    """The paths of answers that the needs of these treatments rest on or ask for, each once, in their order."""
    facts = facts_of(referral)
    told = [readiness_of(facts, redaction, treatment, on=on) for treatment in treatments]
    lines = [line for each in told if each for line in each["needs"]]
    found = [path for line in lines for part in parts for path in line[part]]
    return [path for path in dict.fromkeys(found) if field_path(path) in BY_PATH]


def payer_asks(redaction: Redaction, referral: Referral, *, on: date) -> list[str]:
    """What the needs of the payer that was chosen wait for; nothing where none is."""
    if Coverage.objects.of(referral) is None or not redaction.user.has_perm(VIEW_PAYER):
        return []
    return paths_of_needs(redaction, referral, ASKED_OF_PAYERS, on=on, parts=("ask",))


def asked_by_need(redaction: Redaction, referral: Referral, key: str) -> list[str]:
    """The questions that the need waits for, as fields of the dictionary; none where the address names no need."""
    line = need_at(redaction, referral, key, on=localdate()) if key else None
    return list(
        {field_path(path): None for path in (line or {}).get("ask", ()) if field_path(path) in BY_PATH}
    )


def records_of_need(redaction: Redaction, referral: Referral, key: str) -> list[tuple[str, str]]:
    """``(path, words)`` of each entry that a record for the need would show; none where the address names no need."""
    line = need_at(redaction, referral, key, on=localdate()) if key else None
    wanted = _records_of(line) if line else set()
    return [
        (path, words)
        for path, words in askable(redaction, referral.submission)
        if not wanted.isdisjoint((path, path.partition("[")[0]))
    ]
