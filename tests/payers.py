"""A payer's needs for tests: one check judged over a complete document, and the worked cases."""

import json
from pathlib import Path
from typing import Any

from tests.documents import complete_document
from treatments.payers.readiness import readiness

CASES = Path(__file__).parent / "treatments" / "payer_cases"
ON = "2026-11-28"


def pack(*checks: dict, **changes: Any) -> dict:
    """A pack with a need for each check; `changes` are of every need."""
    need = {"words": "A need", "kind": "computed", "on_false": "not_met", "proof": "shown", **changes}
    return {
        **{"pack": "X", "payer": "example", "treatment": "tms", "line": ["any"], "version": "1"},
        **{"effective": "", "source_title": "", "source": "a test", "sureness": "", "verified": False},
        "authorization": "ask",
        "needs": [{"id": f"X-{place}", "check": check, **need} for place, check in enumerate(checks)],
    }


def judged(check: dict, document: dict | None = None, *, need: dict | None = None, **facts: Any) -> dict:
    """The line of one need with this check."""
    facts = {"on": ON, "treatment": "tms", **facts}
    given = pack(check, **(need or {})) | {"treatment": facts["treatment"]}
    found = readiness(complete_document() if document is None else document, pack=given, **facts)
    return found["needs"][0]


def request(**changes: Any) -> dict:
    """A sound clinic-readiness/1 input."""
    return {
        "format": "clinic-readiness/1",
        "on": ON,
        "treatment": "tms",
        "document": complete_document(),
        **changes,
    }


def shows(about: str, **changes: Any) -> dict:
    """A row of evidence: shown and agreeing, unless told otherwise."""
    return {"about": about, "strength": "shown", "agrees": "yes", "kind": "chart_note", **changes}


def entry(key: str, value: str, on: str = "2026-11-22", **more: Any) -> dict:
    return {"key": key, "value": value, "on": on, **more}


def case(path: Path) -> tuple[dict, dict]:
    """The parts of readiness() of a worked case, and what is expected."""
    given = json.loads(path.read_text(encoding="utf-8"))
    expected = given.pop("expect")
    return {key: value for key, value in given.items() if key not in ("format", "about")}, expected
