"""The version of the ruleset, and the digest each version was recorded with.

Change a rule, a threshold, a drug or a scale and the digest changes; a test then asks for a new RULESET.
Raise it, then record the new digest with one line: `manage.py rules --record`.
"""

RULESET = "2026.2"

DIGESTS: dict[str, str] = {
    "2026.1": "d5904803978ae0b1607a0b6419373476f1922beffa81cff80a7715a3be40686d",
    "2026.2": "e55dc4c7ed76e443e15a1b053b9ead225c02932ac76b73d058fe1739f18df8ee",
}
