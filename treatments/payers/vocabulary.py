"""The closed lists of what a pack, an entry, a row of evidence or a score may say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from intake.fields.characters import storable
from intake.fields.kinds import LONG
from treatments.rules.criteria.therapy import NAMED_THERAPIES

TREATMENTS = ("tms", "spravato")
LINES = (
    *("commercial", "medicare", "medicare_advantage", "medicaid", "tricare", "va", "workers_comp"),
    "public_employees",
)
ANY = "any"
GENERIC = "generic"
"""As a payer: the packs that are no payer's text but a strict list of our own."""

NEED_KINDS = ("computed", "staff", "clinician", "document")
ON_FALSE = ("not_met", "clinician")
PROOFS = ("said", "shown")
AUTHORIZATIONS = ("needed", "not_needed_if_contracted", "ask")
CONTRACTED = ("yes", "no", "not_sure")

STRENGTHS = ("told", "shown")
EVIDENCE_KINDS = (
    *("pharmacy_printout", "chart_note", "discharge_letter", "therapy_record", "scale_form", "device_card"),
    *("insurance_card", "payer_letter", "phone_call", "other"),
)
SCALES: Mapping[str, int] = MappingProxyType({"phq9": 27, "madrs": 60, "hamd": 52, "bdi": 63, "qids": 27})
"""The scales whose totals staff may type, each with its highest; all but the first from memory."""

SCALE_NAMES: Mapping[str, str] = MappingProxyType(
    {"phq9": "PHQ-9", "madrs": "MADRS", "hamd": "HAM-D", "bdi": "BDI", "qids": "QIDS"}
)
THERAPIES = (*sorted(NAMED_THERAPIES), "counselling", "other")
APPROVED_AUGMENTATIONS = frozenset(
    {"aripiprazole", "brexpiprazole", "cariprazine", "quetiapine", "olanzapine", "lumateperone"}
)
"""Approved to be added to an antidepressant; from memory but the last."""

AUGMENTING_KINDS = ("sga", "lithium", "thyroid", "buspirone", "second_antidepressant", ANY)
COURSES = ("tms", "ect", "vns", "ketamine")

# A letter, a digit, a digit or letter; then nothing more, or a point and up to four.
ICD10 = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")
LONGEST_NOTE = 40  # characters of height and weight, which are printed only


@dataclass(frozen=True, slots=True)
class EntryKey:
    """One thing that staff or a clinician may enter: by whom, the values, and what it must be about."""

    by: str
    values: tuple[str, ...] = ()  # empty: a text
    about: str = ""  # "trial" or "need"; empty: about nothing
    longest: int = LONG


ENTRY_KEYS: Mapping[str, EntryKey] = MappingProxyType(
    {
        "diagnosis": EntryKey("clinician"),
        "psychiatrist_exam": EntryKey("clinician", ("yes", "no")),
        "psychosis_history": EntryKey("clinician", ("none", "past", "current")),
        "sud_status": EntryKey("clinician", ("none", "in_remission", "treated", "active")),
        "max_tolerated": EntryKey("clinician", ("yes", "no"), about="trial"),
        "statement": EntryKey("clinician", about="need"),
        "prescriber": EntryKey("staff", ("psychiatrist", "psychiatric_np", "in_consultation", "other")),
        "pdmp_checked": EntryKey("staff", ("yes",)),
        "supervision": EntryKey("staff", ("yes",)),
        "device_cleared": EntryKey("staff", ("yes",)),
        "monitoring_planned": EntryKey("staff", ("yes",)),
        "rems_site": EntryKey("staff", ("yes",)),
        "therapy_unavailable": EntryKey("staff", ("yes",)),
        "height_weight": EntryKey("staff", longest=LONGEST_NOTE),
    }
)


def is_value_of(key: str, value: object) -> bool:
    """Whether an entry of this key may hold the value."""
    row = ENTRY_KEYS[key]
    if not isinstance(value, str):
        return False
    if key == "diagnosis":
        return ICD10.fullmatch(value) is not None
    if row.values:
        return value in row.values
    return bool(value.strip()) and len(value) <= row.longest and storable(value)
