"""Scores over time: a person's check-ins read as totals, changes and labels, with what is due; pure.

``judge`` takes a sound document of ``clinic-checkins/1`` (``document``) and gives the whole of it as JSON.
"""

from treatments.progress.judging import RULESET, judge

__all__ = ["RULESET", "judge"]
