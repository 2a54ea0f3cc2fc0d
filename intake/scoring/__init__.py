"""Scores: what a clinic-intake/1 document's questionnaires come to, or which answers are missing.

Pure: a document goes in, the `scores` object of an assessment comes out. Nothing is imputed. Each
score's subject has its own file; sources and cut-offs stand in the data files of `intake.scales`.
"""

from collections.abc import Mapping
from typing import Any

from intake.scoring.screens import audit_c, drug_item, pc_ptsd5
from intake.scoring.suicide import asq, asq_missing, cssrs, cssrs_missing
from intake.scoring.symptoms import gad7, phq2, phq9

__all__ = ["asq_missing", "cssrs_missing", "score"]


def score(document: Mapping[str, Any], *, pc_ptsd5_cutoff_women: int = 4) -> dict[str, dict[str, Any]]:
    """The scores of this document: phq9, phq2, gad7, cssrs, audit_c, drug_item, pc_ptsd5.

    Any section or answer may be absent or odd; an answer that is not one of its choices is unknown.
    A score that lacks answers has "missing": their paths, such as "mood.phq9[3]" (counted from 0), and
    None wherever the answers at hand do not settle a value. There is no "missing" when all is there.

    With answers under `safety.asq` there is an "asq" too: {"result": negative | non_acute | acute |
    incomplete}. When the ASQ stood in the place of the C-SSRS, the "cssrs" level is None with nothing
    missing: no Columbia level may be read from another tool.

    `pc_ptsd5_cutoff_women` is the clinic's choice, 3 or 4; ValueError for another number.
    """
    scores = {
        "phq9": phq9(document),
        "phq2": phq2(document),
        "gad7": gad7(document),
        "cssrs": cssrs(document),
        "audit_c": audit_c(document),
        "drug_item": drug_item(document),
        "pc_ptsd5": pc_ptsd5(document, cutoff_women=pc_ptsd5_cutoff_women),
    }
    in_its_place = asq(document)
    if in_its_place is not None:
        scores["asq"] = in_its_place
    return scores
