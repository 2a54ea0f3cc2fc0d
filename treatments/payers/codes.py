"""The codes that a request may name, in our own words; never the text of CPT, which is the AMA's."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from treatments.payers.vocabulary import LINES, TREATMENTS

FILE = Path(__file__).with_name("codes.toml")
_DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))
VERSION: str = _DATA["version"]
SYSTEMS = ("CPT", "HCPCS", "NDC", "ICD-10-CM")
USES = ("session", "visit", "drug", "diagnosis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code. ``treatment`` is empty where it is of both; days are YYYY-MM-DD, empty where none is known;
    ``not_for`` are the lines of business that don't take it."""

    code: str
    system: str
    use: str
    words: str
    verified: bool
    source: str
    treatment: str = ""
    first_day: str = ""
    last_day: str = ""
    not_for: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that does not hold together."""
        is_known = self.system in SYSTEMS and self.use in USES and self.treatment in ("", *TREATMENTS)
        if not (is_known and self.code and self.words and self.source and set(self.not_for) <= set(LINES)):
            raise ValueError(f"codes.toml: {self.code}: a part is missing or not known")

    def is_valid_on(self, day: str) -> bool:
        return self.first_day <= day and (not self.last_day or day <= self.last_day)


CODES: tuple[Code, ...] = tuple(
    Code(**{**row, "not_for": tuple(row.get("not_for", ()))}) for row in _DATA["codes"]
)


def codes_for(treatment: str, day: str, line: str | None = None) -> list[Code]:
    """The codes that a request for the treatment may name on this day (YYYY-MM-DD), its line where known."""
    return [
        code
        for code in CODES
        if code.treatment in ("", treatment) and code.is_valid_on(day) and line not in code.not_for
    ]


def diagnoses() -> list[Code]:
    """The codes offered as a diagnosis; a clinician may enter any other."""
    return [code for code in CODES if code.use == "diagnosis"]
