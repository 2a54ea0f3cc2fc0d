"""How near a misspelled word is to the drug names: near enough to one, and clearly further from every other.

Two distances are averaged: letters as written, and as heard (`simbalta` is heard as `cymbalta`). The limits
grow with the length of the name. Names of drugs outside the table compete as well, so that they draw a
misspelling of themselves away from a drug that merely looks alike.
"""

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from intake.drugs.other_names import NOT_IN_TABLE, is_something_else
from intake.drugs.spelling import normalize, sound
from intake.drugs.table import TABLE, Drug
from intake.drugs.words import STEMS

SHORTEST, LONGEST = 5, 40
_MARGIN = 1.0  # how much further the next drug must be
_MARGIN_WHEN_FAR = 1.5
# How sure a near match must be: it may not put a drug of a safety set in another's place.
_SURE = 0.75
_SURE_OF_OTHERS_AND_MAOIS = 0.80
_CUTOFF = 5  # letters; further than any limit plus any margin


def _targets() -> dict[str, Drug | None]:
    targets: dict[str, Drug | None] = {name: None for name, drawn in NOT_IN_TABLE.items() if drawn}
    for drug in TABLE:
        for name in map(normalize, drug.names):
            joined = name.replace(" ", "")
            # "s-ketamine", "IV ketamine" and "Tylenol 3" are exact or nothing: one sign makes them another drug.
            if joined.isalpha() and len(name.split(" ")[0]) > 2:
                targets[joined] = drug
    return {name: drug for name, drug in targets.items() if len(name) >= SHORTEST - 1}


_TARGETS = _targets()
_MISSPELLED = {normalize(name).replace(" ", "") for drug in TABLE for name in drug.misspellings}
_NAMES = tuple(_TARGETS)
_HEARD = tuple(sound(name) for name in _NAMES)


def _limit(drug: Drug, name: str) -> float:
    """The greatest distance at which this name may match."""
    length = len(name)
    if name in _MISSPELLED:
        return 0.0 if length < 6 else 1.5
    if drug.kind == "other" and not drug.sets:  # recognizing these matters less than being right
        return 0.0 if length < 7 else 1.0 if length < 10 else 1.5
    if length < 7:
        return 1.0
    if length < 8:
        return 1.5
    if length < 10:
        return 2.0
    return 2.5 if length < 13 else 3.0


@lru_cache(maxsize=4096)
def nearest(word: str) -> tuple[Drug, float, str] | None:
    """The one drug that this word misspells, how surely (below 1), and by which name; None when in any doubt."""
    if not SHORTEST <= len(word) <= LONGEST or is_something_else(word):
        return None
    ranked = _ranked(word)
    if not ranked:
        return None
    distance, name = ranked[0]
    drug = _TARGETS[name]
    if drug is None or distance > _limit(drug, name):
        return None
    margin = _MARGIN if distance < 1 or (distance == 1 and _alone(name)) else _MARGIN_WHEN_FAR
    if any(_weight(rival) - distance < margin or _ends_like(word, rival, name) for rival in ranked[1:]):
        return None
    if not _same_family(word, name):
        return None
    sureness = round(0.95 - 1.2 * distance / len(name), 2)
    return (drug, sureness, name) if sureness >= _least_sureness(drug) else None


@lru_cache(maxsize=4096)
def resembled(word: str) -> frozenset[str]:
    """Every drug that this word might misspell, by generic name, whether or not it is clear which."""
    if not SHORTEST <= len(word) <= LONGEST:
        return frozenset()
    found = set()
    for distance, name in _ranked(word):
        drug = _TARGETS[name]
        if drug is None and distance <= 1:
            found.add(name)
        elif drug is not None and distance <= _limit(drug, name) and _same_family(word, name):
            found.add(drug.generic)
    return frozenset(found)


def _least_sureness(drug: Drug) -> float:
    strict = drug.kind == "other" or "maoi" in drug.sets
    return _SURE_OF_OTHERS_AND_MAOIS if strict else _SURE


def _ranked(word: str) -> list[tuple[float, str]]:
    """The nearest name of each drug with its distance, nearest first."""
    best: dict[str, tuple[float, str]] = {}
    heard = sound(word)
    for name, written, place in process.extract(
        word, _NAMES, scorer=OSA.distance, score_cutoff=_CUTOFF, limit=None
    ):
        distance = (written + min(written, OSA.distance(heard, _HEARD[place]))) / 2
        if heard[:1] != _HEARD[place][:1] and word[:1] != name[:1]:
            distance += 1
        drug = _TARGETS[name]
        owner = drug.generic if drug else f"not in the table: {name}"
        if owner not in best or distance < best[owner][0]:
            best[owner] = (distance, name)
    return sorted(best.values())


def _alone(name: str) -> bool:
    """Not very short, and without the ending of a family, whose members differ by few letters."""
    return len(name) > 5 and not name.endswith(STEMS)


def _weight(rival: tuple[float, str]) -> float:
    """A rival's distance; one that is itself a misspelling is some way off already."""
    return rival[0] + 0.5 * (rival[1] in _MISSPELLED)


def _ends_like(word: str, rival: tuple[float, str], name: str) -> bool:
    """Whether a near rival shares the word's first and last letters and the best name does not: a blend."""
    distance, other = rival
    return distance <= 3 and other[:4] == word[:4] == name[:4] and other[-3:] == word[-3:] != name[-3:]


def _same_family(word: str, name: str) -> bool:
    """Whether the family endings agree, and the beginning, which tells members apart, is near enough."""
    stem = next((stem for stem in STEMS if word.endswith(stem)), "")
    if not name.endswith(stem):
        return False
    stem = next((stem for stem in STEMS if name.endswith(stem)), "")
    head = name.removesuffix(stem)
    if not stem or not head or name in _MISSPELLED:
        return True
    allowed = 1 if len(head) < 7 else 2
    lengths = range(max(1, len(head) - 1), len(head) + 2)
    return any(
        min(OSA.distance(word[:size], head), OSA.distance(sound(word[:size]), sound(head))) <= allowed
        for size in lengths
    )
