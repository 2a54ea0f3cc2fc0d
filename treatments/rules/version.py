"""The version of the ruleset, and the digest each version was recorded with.

Change a rule, a threshold, a drug or a scale and the digest changes; a test then asks for a new RULESET.
Raise it, then record the new digest with one line: `manage.py rules --record`.
"""

RULESET = "2026.1"

DIGESTS: dict[str, str] = {
    "2026.1": "6404c5d3b32eb6dee56226388ea9f6652efa96e795e21733f22b2dc9ee001a0c",
}
