"""The digest of all that decides an assessment, so that no row changes without a new ruleset version.

It covers the rule table and its thresholds and sources, the code that judges, the drug table with how
names are read, and the scales with how they are scored.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

import intake
import treatments.rules
from intake.drugs import TABLE
from intake.fields import FIELDS, Field
from treatments.rules.criteria import RULES, Rule
from treatments.rules.sources import source_text
from treatments.rules.version import DIGESTS, RULESET

RULES_FOLDER = Path(treatments.rules.__file__).parent
INTAKE = Path(intake.__file__).parent
JUDGING = (RULES_FOLDER, INTAKE / "drugs", INTAKE / "scales", INTAKE / "scoring")
# What the rules take from the patient's side: how an answer is found, and the numbers of its dangers.
TAKEN = (INTAKE / "fields" / "lookup.py", INTAKE / "questionnaire" / "dangers.py")
SUFFIXES = {".py", ".toml", ".csv", ".json", ".txt"}
NOT_JUDGING = {"version.py", "trial_words.py", "suggest.py"}


def row(rule: Rule) -> dict:
    """One rule as data."""
    return {
        "id": rule.id,
        "condition": rule.condition,
        "predicate": rule.predicate.__qualname__,
        "reads": rule.reads,
        "effects": dict(rule.effects),
        "hold": rule.hold.__qualname__ if callable(rule.hold) else rule.hold,
        "reason": rule.reason,
        "source": source_text(rule.sources),
        "reviewed": rule.reviewed,
        "verified": rule.verified,
        "before_routing": rule.before_routing,
    }


def digest(rules: tuple[Rule, ...] = RULES, fields: Iterable[Field] = FIELDS) -> str:
    """SHA-256 over the rows, the drugs, who may read which field, and every file that judges."""
    found = hashlib.sha256(json.dumps([row(rule) for rule in rules], sort_keys=True).encode())
    for drug in TABLE:
        found.update(f"{drug.generic} {drug.cls} {drug.kind} {sorted(drug.sets)}".encode())
    # Lists keep what the rules say without the answers that a reader may not read.
    for field in sorted(fields, key=attrgetter("path")):  # in which order they are asked decides nothing
        found.update(f"{field.path} {field.reader}".encode())
    for folder in JUDGING:
        for path in sorted(folder.rglob("*")):
            if path.suffix in SUFFIXES and path.name not in NOT_JUDGING:
                found.update(path.relative_to(folder).as_posix().encode())
                found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for path in TAKEN:
        found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()


def record() -> str:
    """Write today's digest beside the current RULESET in version.py, and return it."""
    path, today = RULES_FOLDER / "version.py", digest()
    text = path.read_text(encoding="utf-8")
    line = f'    "{RULESET}": "{today}",\n'
    if RULESET in DIGESTS:
        text = re.sub(rf'^    "{re.escape(RULESET)}": "[0-9a-f]*",\n', line, text, flags=re.MULTILINE)
    else:
        text = text.replace("}\n", f"{line}}}\n")
    path.write_text(text, encoding="utf-8")
    return today
