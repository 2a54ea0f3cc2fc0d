"""Every exact name, and where the words of a text hold one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from intake.drugs import words
from intake.drugs.match import How
from intake.drugs.other_names import DICTIONARY, NOT_IN_TABLE
from intake.drugs.spelling import normalize
from intake.drugs.table import TABLE, Drug

_LONGEST_NAME = 6  # words
_SURENESS: dict[str, float] = {"generic": 1.0, "brand": 1.0, "misspelling": 0.95}
_TAILS = (*sorted(words.FORMS), "hcl", "hydrochloride")
# Letters after the name of a medicine that is sold without a prescription: an ingredient more.
_ADDED = frozenset({"d", "dm", "pm", "pe", "ac"})
_SOLD_WITHOUT = frozenset({"antihistamine", "expectorant", "NSAID", "analgesic", "antitussive"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in a text, in its normal form; `drug` None is a real name that the table does not carry."""

    drug: Drug | None
    how: How
    sureness: float
    name: str = ""


def _exact_names() -> dict[str, Mention]:
    """Every name by its normal form, with and without its spaces."""
    # A word that only resembles a drug is not a drug; it stands among the words of a text as any other.
    found = {name: Mention(None, "none", 0.0, name) for name, drawn in NOT_IN_TABLE.items() if drawn}
    for name, drug in DICTIONARY.items():
        found[name] = Mention(drug, "brand" if drug else "none", 1.0 if drug else 0.0, name)
    for drug in TABLE:
        kinds: tuple[tuple[How, Iterable[str]], ...] = (
            ("misspelling", drug.misspellings),
            ("brand", (*drug.brands, *drug.other_names)),
            ("generic", (drug.generic,)),
        )
        for how, names in kinds:
            for name in map(normalize, names):
                found[name] = Mention(drug, how, _SURENESS[how], name)
                if name.replace(" ", "") not in words.FILLER:  # "SAM-e" is not the word "same"
                    found[name.replace(" ", "")] = found[name]
    return found


EXACT = _exact_names()


def scan(tokens: Sequence[str]) -> tuple[list[Mention], list[str]]:
    """The exact names in the text, longest first from the left, and the words with "" in place of each name."""
    parts = [part for token in tokens for part in _unglued(token)]
    mentions, rest, place = [], [], 0
    while place < len(parts):
        for size in range(min(_LONGEST_NAME, len(parts) - place), 0, -1):
            mention = EXACT.get(" ".join(parts[place : place + size]))
            if mention is not None and not _is_a_count(parts, place, size):
                mentions.append(mention)
                rest.append("")
                place += size
                break
        else:
            rest.append(parts[place])
            place += 1
    return mentions, rest


def _unglued(token: str) -> tuple[str, ...]:
    """`wellbutrinxl` as `wellbutrin`, `xl`."""
    if token not in EXACT:
        for tail in _TAILS:
            name = token.removesuffix(tail)
            if name != token and len(name) > 3 and name in EXACT:
                return (name, tail)
    return (token,)


def _is_a_count(tokens: Sequence[str], place: int, size: int) -> bool:
    """`Tylenol 3 times a day` is not Tylenol 3."""
    end = place + size
    if size == 1:
        return tokens[place] in words.FILLER or tokens[place] in words.SALTS
    return (
        tokens[end - 1].isdecimal()
        and end < len(tokens)
        and tokens[end] in words.COUNTED
        and tokens[place] in EXACT
    )


def is_numbered(drug: Drug | None, tokens: Sequence[str]) -> bool:
    """`Tylenl 3` may be Tylenol 3, which is another drug than Tylenol."""
    names = map(normalize, drug.names if drug else ())
    numbers = [token for token in tokens if token.isdecimal()]
    return any(f"{name} {number}" in EXACT for name in names for number in numbers)


def adds_an_ingredient(mentions: Iterable[Mention], tokens: Sequence[str]) -> bool:
    """`Benadryl D` is Benadryl and something more: no name of the table."""
    text = f" {' '.join(tokens)} "
    return any(
        f" {mention.name} {letters} " in text
        for mention in mentions
        if mention.drug and mention.drug.cls in _SOLD_WITHOUT
        for letters in _ADDED
    )
