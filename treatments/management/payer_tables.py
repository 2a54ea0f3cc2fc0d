"""The packs of criteria as the rows of one table, as they were delivered, with version and for whom."""

import csv
import io
import json
from collections.abc import Iterable

from treatments.payers.shapes import Check, Need, Pack

COLUMNS = (
    *("pack", "payer", "treatment", "line", "states", "policy", "effective", "source_title", "source"),
    *("source_kind", "read_on", "sureness", "verified", "authorization", "sessions", "months", "need"),
    *("words", "kind", "check", "on_false", "proof", "note", "version", "applies"),
)


def table(packs: Iterable[Pack]) -> str:
    """CSV with a row for each need."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(_row(pack, need) for pack in packs for need in pack.needs)
    return out.getvalue()


def _row(pack: Pack, need: Need) -> dict[str, str]:
    own = {
        "line": " ".join(pack.line),
        "states": " ".join(pack.states),
        "need": need.id,
        "words": need.words,
        "kind": need.kind,
        "check": in_json(need.check),
        "on_false": need.on_false,
        "proof": need.proof,
        "note": need.note,
        "verified": "yes" if need.verified else "no",
        "applies": in_json(need.applies) if need.applies else "",
    }
    return {column: own[column] if column in own else getattr(pack, column) for column in COLUMNS}


def in_json(check: Check) -> str:
    return json.dumps(check, ensure_ascii=False)
