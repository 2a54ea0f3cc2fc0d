"""Which pack a person's coverage is held against, why that one, and whether its payer wants to be asked."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from treatments.payers.loading import GENERIC_PACKS, PACKS
from treatments.payers.names import PAYERS
from treatments.payers.shapes import Pack
from treatments.payers.vocabulary import ANY, GENERIC

if unknown := {pack.payer for pack in PACKS.values()} - {*PAYERS, GENERIC}:
    raise ValueError(f"packs of payers that are not in payers.toml: {', '.join(sorted(unknown))}")


class Choice(NamedTuple):
    pack: Pack
    reason: str  # chosen, only_one, several, no_pack, no_payer, given


def choose(coverage: Mapping[str, Any], treatment: str) -> Choice:
    """The chosen pack, else the only one of this payer, line and treatment, else our own strict list."""
    if coverage.get("pack"):
        return Choice(PACKS[coverage["pack"]], "chosen")
    generic = GENERIC_PACKS[treatment]
    if not coverage.get("payer"):
        return Choice(generic, "no_payer")
    left = packs_of(coverage["payer"], treatment, coverage.get("line"))
    if len(left) == 1:
        return Choice(left[0], "only_one")
    return Choice(generic, "several" if left else "no_pack")


def packs_of(payer: str, treatment: str, line: str | None = None) -> list[Pack]:
    """The payer's packs for the treatment, narrowed by the line of business where that is known."""
    return [
        pack
        for pack in PACKS.values()
        if pack.payer == payer
        and pack.treatment == treatment
        and (not line or line in pack.line or ANY in pack.line)
    ]


def authorization(pack: Pack, contracted: str | None) -> str:
    """``needed``, ``not_needed`` or ``ask``, as the policy says it of a clinic with or without a contract."""
    if pack.authorization != "not_needed_if_contracted":
        return pack.authorization
    return {"yes": "not_needed", "no": "needed"}.get(contracted or "", "ask")
