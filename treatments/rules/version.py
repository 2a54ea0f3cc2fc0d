"""The version of the ruleset, and the digest each version was recorded with.

Change a rule, a threshold, a drug or a scale and the digest changes; a test then asks for a new RULESET.
Raise it, then record the new digest with one line: `manage.py rules --record`.
"""

RULESET = "2026.1"

DIGESTS: dict[str, str] = {
    "2026.1": "9e1a6000964cbb241bc02f1bf0547254d9232a3468262d937917bf3c045c06e7",
}
