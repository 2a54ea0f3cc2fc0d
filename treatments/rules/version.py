"""The version of the ruleset, and the digest each version was recorded with.

Change a rule, a threshold, a drug or a scale and the digest changes; a test then asks for a new RULESET.
Raise it, then record the new digest with one line: `manage.py rules --record`.
"""

RULESET = "2026.1"

DIGESTS: dict[str, str] = {
    "2026.1": "a18c06af99c0aaf5e7759a25bf07e41a435f46474823fd495ba688bb8fdcc1fb",
}
