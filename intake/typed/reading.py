"""What was read of a typed text: a number, nothing known, or a refusal with its sentence."""

from dataclasses import dataclass
from decimal import Decimal

from intake.fields.kinds import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` is None where nothing is known or the text is refused.

    ``confirm`` marks a product or a sum, which the person is to look at. ``more`` tells that the text says more
    than the number and its unit; ``converted`` that it was rounded down from another unit.
    """

    value: int | float | None = None
    refusal: Text = ""
    confirm: bool = False
    more: bool = False
    converted: bool = False


def number(value: Decimal) -> int | float:
    """``value`` as answers hold it."""
    return int(value) if value == value.to_integral_value() else float(value)


def written(value: float) -> str:
    """A number as it is typed, so that it reads as itself: ``1.234`` might be 1234, ``1.2340`` can't."""
    text = f"{Decimal(str(value)):f}"
    whole, _point, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 and whole != "0" else text
