"""Drugs: the table a psychiatrist reviews, and the reading of what a person typed."""

from intake.drugs.doses import DoseReading, as_stored, dose_of, in_micrograms, shown
from intake.drugs.match import Match
from intake.drugs.resolve import resolve
from intake.drugs.suggest import suggest
from intake.drugs.table import TABLE, Drug, DrugTable, DrugTableError, load

__all__ = [
    "TABLE", "DoseReading", "Drug", "DrugTable", "DrugTableError", "Match", "as_stored", "dose_of",
    "in_micrograms", "load", "resolve", "shown", "suggest",
]  # fmt: skip
