"""The version of the ruleset, and the digest each version was recorded with.

Change a rule, a threshold, a drug or a scale and the digest changes; a test then asks for a new RULESET.
Raise it, then record the new digest with one line: `manage.py rules --record`.
"""

RULESET = "2026.1"

DIGESTS: dict[str, str] = {
    "2026.1": "f79d75b0ff212335eb0abbe805e118e3033c9cfd108776fb99956b961ee3ac7e",
}
