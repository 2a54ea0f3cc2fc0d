"""How a typed name is brought to one form before it is compared, and what it sounds like."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4\u00ae\u2122\u00a9]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ZERO = re.compile(r"(?<=[a-z])0(?=[a-z])")  # z0loft
_EDGE = re.compile(r"(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")


def normalize(text: str) -> str:
    """Lower-case words of a-z and 0-9 with single spaces: `Effexor-XR150mg` becomes `effexor xr 150 mg`."""
    plain = _APOSTROPHES.sub("", text)
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _ZERO.sub("o", plain)
    return _EDGE.sub(" ", _NOT_WORD.sub(" ", plain).strip())


_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("sch", "sk"), ("ch", "k"), ("sh", "s"), ("th", "t"), ("rh", "r"), ("gh", "g"),
    ("qu", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("y", "i"), ("w", "v"), ("ea", "i"),
    ("ae", "e"), ("oe", "e"), ("j", "g"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A rough spelling by ear, for comparing only: `cymbalta` and `simbalta` come out the same."""
    heard = _SOFT_C.sub("s", _DOUBLE.sub(r"\1", word.replace("ck", "k").replace("ee", "i")))
    for spelled, said in _SOUNDS:
        heard = heard.replace(spelled, said)
    heard = heard.replace("c", "k")
    if heard.startswith("ks"):  # Xanax is said with a plain z
        heard = heard[1:]
    return _DOUBLE.sub(r"\1", heard)
