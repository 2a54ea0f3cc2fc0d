"""The numbers by which payers and the IRS know a clinic: whether one can be right at all."""

import re

# The prefix that an NPI is checked with, and how: Luhn's formula over prefix and number (45 CFR 162.406).
PREFIX = "80840"


def is_npi(text: str) -> bool:
    if not re.fullmatch(r"[12][0-9]{9}", text):
        return False
    digits = [int(digit) for digit in reversed(PREFIX + text)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_tin(text: str) -> bool:
    return re.fullmatch(r"[0-9]{2}-?[0-9]{7}", text) is not None
