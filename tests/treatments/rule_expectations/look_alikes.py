"""Names that look or sound like a member of a drug set and are not: (rule, typed, other changes)."""

from typing import Any

from tests.treatments.rule_expectations.case import NOTHING_TAKEN

TWO_SYMPTOMS = {"health.new_symptoms": ["tremor_or_jerks", "sweating_or_fever"]}

# Whether the table lists these as other medicines or not at all is open; that they never fire is not.
LOOK_ALIKES: list[tuple[str, str, dict[str, Any]]] = [
    ("E10", "Zantac", {}),  # Xanax
    ("E10", "clonidine", {}),  # clonazepam, Klonopin
    ("E10", "Losartan", {}),  # lorazepam
    ("E09", "Inderal", {}),  # Adderall
    ("E09", "Rifadin", {}),  # Ritalin
    ("E08", "Zovirax", {}),  # Zyvox
    ("E08", "phentermine", {}),  # phenelzine
    ("T07", "cloxacillin", {}),  # clozapine
    ("T07", "amantadine", {}),  # amitriptyline, amoxapine
    ("T07", "Toradol", {}),  # tramadol
    ("S12", "Celebrex", NOTHING_TAKEN | TWO_SYMPTOMS),  # Celexa
    ("S12", "Prilosec", NOTHING_TAKEN | TWO_SYMPTOMS),  # Prozac
    ("D11", "bupivacaine", {"health.seizure_ever": "yes"}),  # bupropion
    ("D12", "Zovirax", {}),  # Zyvox, beside the base's venlafaxine
]
