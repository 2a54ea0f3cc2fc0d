"""What people type where a number or a date is asked, read in English and in Spanish; pure."""

from intake.typed import dates
from intake.typed.reading import Reading, written

__all__ = ["Reading", "dates", "written"]
