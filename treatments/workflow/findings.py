"""What lists keep of an assessment: of each treatment its state, and the strongest finding still undecided."""

from collections.abc import Mapping
from typing import Any

from treatments.catalog import TREATMENTS

Findings = dict[str, dict[str, str]]
"""Such as ``{"tms": {"state": "supports", "undecided": "none"}}``, in the words of the assessment."""

NOT_ASSESSED: Mapping[str, Any] = {"state": "", "undecided": "none", "findings": (), "ask": ()}
"""What an assessment says of a treatment that the clinic has offered only since then."""


def findings_of(assessment: Mapping[str, Any]) -> Findings:
    """The findings of an assessment; a treatment that it does not know is left out."""
    known = assessment["treatments"]
    return {
        key: {"state": known[key]["state"], "undecided": known[key]["undecided"]}
        for key in TREATMENTS
        if key in known
    }


def finding(findings: Mapping[str, Mapping[str, str]], treatment: str) -> tuple[str, str]:
    """``(state, undecided)`` of one treatment; the state is "" where it was not assessed."""
    found = findings.get(treatment, NOT_ASSESSED)
    return found["state"], found["undecided"]


def differences_between(before: Findings, after: Findings) -> list[str]:
    """In words such as ``tms: supports -> caution`` and ``tms, undecided: none -> caution``."""
    found = []
    for key in TREATMENTS:
        (state, undecided), (new_state, new_undecided) = finding(before, key), finding(after, key)
        if state != new_state:
            found.append(f"{key}: {state or 'not assessed'} -> {new_state or 'not assessed'}")
        if undecided != new_undecided:
            found.append(f"{key}, undecided: {undecided} -> {new_undecided}")
    return found
