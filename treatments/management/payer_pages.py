"""The packs of criteria as Markdown, one page a pack, each with a block to sign."""

from collections.abc import Iterable

from treatments.catalog import TREATMENTS
from treatments.management.payer_tables import in_json
from treatments.payers import codes, deadlines
from treatments.payers.loading import PACKS
from treatments.payers.names import ALSO_NOT_READ, PAYERS
from treatments.payers.shapes import REVIEW_DAYS, Need, Pack

OPENING = f"""\
# What payers ask

<!-- Printed by `manage.py payer_packs`. Change the packs in treatments/payers/packs/, then print it again. -->

One page for each policy: what it asks before TMS or Spravato, as we read it, with source and date. The app \
holds these needs against a person's answers and tells which are met by the person's own account, which are \
shown in a record, and which are open. It promises nothing: the payer decides. An answer that is missing is \
open, and never counts as no.

A need marked **not verified** was not read in the owner's own text, or a number in it is only proposed. A \
biller and a psychiatrist sign each page before it is used; until then it is shown as not reviewed by this \
clinic. A policy is read again {REVIEW_DAYS} days after it was read, at the latest.
"""
SIGN_OFF = """\
| Signed by | Name | Signature | Date |
|---|---|---|---|
| Biller | | | |
| Psychiatrist | | | |
"""
NEED_KINDS = {
    "computed": "from answers",
    "staff": "by staff",
    "clinician": "by a clinician",
    "document": "a document seen",
}
ON_FALSE = {"not_met": "not met", "clinician": "for a clinician"}
PROOFS = {"said": "said", "shown": "shown in a record"}
AUTHORIZATIONS = {
    "needed": "needed",
    "not_needed_if_contracted": "not asked of a clinic with a contract; the criteria still apply to the claim",
    "ask": "ask the payer",
}


def page(packs: Iterable[Pack] = tuple(PACKS.values())) -> str:
    """The whole document."""
    return "\n".join([OPENING, *map(_pack, packs), _not_read(), _codes(), _deadlines()])


def _pack(pack: Pack) -> str:
    return (
        f"## {pack.pack}, version {pack.version}\n\n"
        f"- **Payer:** {_payer(pack)}. **Treatment:** {TREATMENTS[pack.treatment].name}.\n"
        f"- **Line:** {_joined(pack.line)}. **States:** {_joined(pack.states) or 'not named'}.\n"
        f"- **Policy:** {pack.policy or 'no number'}, effective: {pack.effective}.\n"
        f"- **Source:** {pack.source_title}: {pack.source} ({pack.source_kind}).\n"
        f"- **Read on:** {pack.read_on}. **Review by:** {pack.review_by}. **How sure:** {pack.sureness}. "
        f"**Verified:** {_verified(pack.verified)}.\n"
        f"- **Prior authorization:** {AUTHORIZATIONS[pack.authorization]}. "
        f"**Sessions:** {pack.sessions or 'not said'}. **Months:** {pack.months or 'not said'}.\n\n"
        f"{_needs(pack.needs)}\n{SIGN_OFF}"
    )


def _payer(pack: Pack) -> str:
    return (
        PAYERS[pack.payer].name if pack.payer in PAYERS else "none: a strict list of our own, no payer's text"
    )


def _joined(words: Iterable[str]) -> str:
    return ", ".join(word.replace("_", " ") for word in words)


def _verified(is_verified: bool) -> str:
    return "yes" if is_verified else "**not verified**"


def _needs(needs: Iterable[Need]) -> str:
    header = ("Need", "What is asked", "Judged", "Check", "If false", "Proof", "Verified", "Note")
    rows = (
        (
            need.id,
            need.words,
            NEED_KINDS[need.kind],
            f"`{in_json(need.check)}`" + (f", for whom: `{in_json(need.applies)}`" if need.applies else ""),
            ON_FALSE[need.on_false],
            PROOFS[need.proof],
            _verified(need.verified),
            need.note,
        )
        for need in needs
    )
    return _table(header, rows)


def _codes() -> str:
    header = ("Code", "System", "Treatment", "Our words", "Days", "Not for", "Verified", "Source", "Note")
    rows = (
        (
            code.code,
            code.system,
            str(TREATMENTS[code.treatment].name) if code.treatment else "both",
            code.words,
            _days(code.first_day, code.last_day),
            _joined(code.not_for),
            _verified(code.verified),
            code.source,
            code.note,
        )
        for code in codes.CODES
    )
    return (
        f"## Codes, version {codes.VERSION}\n\nOur words; the text of CPT is the AMA's and is not kept here.\n\n"
        f"{_table(header, rows)}"
    )


def _days(first: str, last: str) -> str:
    return " ".join(filter(None, (first and f"from {first}", last and f"to {last}")))


def _deadlines() -> str:
    header = ("What", "Line", "Time", "For a drug", "Days", "Source", "How sure", "Note")
    rows = (
        (
            rule.key.replace("_", " "),
            _joined(rule.line),
            f"{rule.value} {rule.unit}",
            "yes" if rule.for_drugs else "no",
            _days(rule.first_day, ""),
            rule.source,
            rule.sureness,
            rule.note,
        )
        for rule in deadlines.DEADLINES
    )
    return (
        f"## Deadlines, version {deadlines.VERSION}\n\nThe date in the letter always wins. Where no row fits, as for a "
        f"talk between clinicians, no general rule was found: read the letter.\n\n{_table(header, rows)}"
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (header, ("---",) * len(header), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def _not_read() -> str:
    lines = "".join(f"- {payer.name}: {payer.not_read}\n" for payer in PAYERS.values() if payer.not_read)
    lines += "".join(f"- {words}.\n" for words in ALSO_NOT_READ)
    return (
        "## Payers whose criteria nobody has read\n\n"
        f"They have no page above: the strict list of our own stands in its place.\n\n{lines}"
    )
