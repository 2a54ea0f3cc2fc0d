"""Drugs: the table a psychiatrist reviews, and the reading of what a person typed."""

from intake.drugs.resolve import Match, resolve
from intake.drugs.suggest import suggest
from intake.drugs.table import TABLE, Drug, DrugTable, DrugTableError, load

__all__ = ["TABLE", "Drug", "DrugTable", "DrugTableError", "Match", "load", "resolve", "suggest"]
