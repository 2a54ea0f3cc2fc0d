"""The version of the ruleset, and the digest each version was recorded with.

Change a rule, a threshold, a drug or a scale and the digest changes; a test then asks for a new RULESET.
Raise it, then record the new digest with one line: `manage.py rules --record`.
"""

RULESET = "2026.1"

DIGESTS: dict[str, str] = {
    "2026.1": "8eaf215b8fc535a15d1ba7708061fde14614330270f0350f665f95a75a86c7d5",
}
