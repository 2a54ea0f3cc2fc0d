"""What a typed text was recognized as: the drug, how surely, in which form, and what else the product holds."""

from dataclasses import dataclass
from typing import Literal

from intake.drugs.spelling import normalize
from intake.drugs.table import TABLE, Dose, Drug

How = Literal["generic", "brand", "formulation", "misspelling", "close", "ambiguous", "none"]

WEEKLY, PATCH, ORAL = "WEEKLY", "PATCH", "ORAL"


@dataclass(frozen=True, slots=True)
class Match:
    """What was recognized: the drug or None, how, how surely (0 to 1), and second ingredients beside it.

    `how`: `formulation` is an exact name with a dose, salt, form or plain words around it; `ambiguous` is a
    text that names two drugs, or throws doubt on the one it names.
    `form`: XR, SR, CR ..., or WEEKLY, PATCH, ORAL; empty where none was named.
    `product`: the row of the fixed combination it was read from; empty for a single drug.
    `names`: the names of the table that were recognized, each in its normal form.
    `purpose_open`: the product is sold for something else than depression, and the text does not say it was
    taken for depression: whether it counts as a trial is unknown.
    `named`: where the text is ambiguous because it names several drugs of the table, these.
    """

    drug: Drug | None
    how: How
    sureness: float
    also: tuple[Drug, ...] = ()
    form: str = ""
    product: str = ""
    names: tuple[str, ...] = ()
    purpose_open: bool = False
    named: tuple[Drug, ...] = ()

    @property
    def sets(self) -> frozenset[str]:
        """The safety sets of all that was recognized."""
        found = self.drug.sets if self.drug else frozenset()
        return found.union(*(other.sets for other in self.also))

    @property
    def sets_verified(self) -> frozenset[str]:
        """Those of the sets that a source was seen for."""
        found = self.drug.sets_verified if self.drug else frozenset()
        return found.union(*(other.sets_verified for other in self.also))

    @property
    def by_unverified_name(self) -> bool:
        """Whether it was read from a brand name, here or abroad, that no source was seen for."""
        row = TABLE[self.product or self.drug.generic] if self.drug else None
        if row is None or row.brands_verified is not False:
            return False
        brands = {normalize(brand) for brand in (*row.brands, *row.other_names)}
        return normalize(row.generic) not in self.names and not brands.isdisjoint(self.names)

    @property
    def route_open(self) -> bool:
        """Selegiline without a route: a patch for depression or a tablet for Parkinson's disease."""
        return self.drug is not None and self.drug.generic == "selegiline" and not self.form

    @property
    def min_dose_mg(self) -> Dose | None:
        """The least adequate daily dose of the form named (Paxil CR has its own); None: a clinician decides."""
        if self.drug is None or self.form == WEEKLY or self.route_open:
            return None
        return dict(self.drug.form_minimums).get(self.form, self.drug.min_dose_mg)

    @property
    def usual_max_mg(self) -> Dose | None:
        """The usual maximum a day of the form named: the table's, or the upper end of CANMAT's range."""
        if self.drug is None or self.form == WEEKLY or self.route_open:
            return None
        return dict(self.drug.form_maximums).get(self.form, self.drug.usual_max_mg or self.drug.canmat_max_mg)


NOTHING = Match(None, "none", 0.0)
