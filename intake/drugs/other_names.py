"""Names of drugs that the table does not carry, and more names of those it does.

`not_in_table.txt` is ours: other drugs, and ordinary words that resemble one. `dictionary.txt` is derived from a
public dictionary of drug names (docs/decisions/0035-names-from-a-public-dictionary.md): a name alone is
something else, `name=generic` is one more name of a drug of the table. The table's own names go before both.
"""

from pathlib import Path

from intake.drugs.spelling import normalize
from intake.drugs.table import TABLE, Drug
from intake.drugs.words import FILLER, FORMS, SALTS, UNITS

_FOLDER = Path(__file__).parent
_SILENT = FILLER | FORMS | SALTS | UNITS


def _lines(name: str) -> list[str]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


_KNOWN = {normalize(name).replace(" ", "") for drug in TABLE for name in drug.names}


def _not_in_table() -> dict[str, bool]:
    """Names outside the table, and whether misspellings of them count as well."""
    found = {
        normalize(name).replace(" ", ""): not name.startswith("=") for name in _lines("not_in_table.txt")
    }
    return {name: drawn for name, drawn in found.items() if name not in _KNOWN}


def _dictionary() -> dict[str, Drug | None]:
    found: dict[str, Drug | None] = {}
    for line in _lines("dictionary.txt"):
        name, _, generic = line.partition("=")
        joined = name.replace(" ", "")
        if joined not in _KNOWN and name not in _SILENT:
            found[name] = found[joined] = TABLE[generic] if generic else None
    return found


NOT_IN_TABLE = _not_in_table()
DICTIONARY = {name: drug for name, drug in _dictionary().items() if name not in NOT_IN_TABLE}


def is_something_else(word: str) -> bool:
    """Whether a word, without spaces, is itself the name of another thing than a drug of the table."""
    return word in NOT_IN_TABLE or (word in DICTIONARY and DICTIONARY[word] is None)
