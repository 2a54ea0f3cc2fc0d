"""How often a promise is tried, and what came of it: short in the suite, longer in ``make prove`` (``tests/prove.py``)."""

import json
import os
import time
from typing import Any

SIZE = os.environ.get("PROVE", "suite")  # "suite", "tenth" or "full"
# What is drawn at random is drawn from this: the same in the suite each time, another in each `make prove`.
SEED = int(os.environ.get("PROVE_SEED", "20261129"))
# Where figures go, a line each; without it nobody asks for them.
FIGURES = os.environ.get("PROVE_FIGURES", "")
QUIET = 20  # seconds between two words about how far it is


def times(suite: int, full: int) -> int:
    """How many trials this run makes: a few in the suite, else ``full`` or a tenth of it."""
    return {"suite": suite, "tenth": -(-full // 10), "full": full}[SIZE]


def pick(suite: Any, more: Any) -> Any:
    """The one in the suite, the other in ``make prove``."""
    return suite if SIZE == "suite" else more


def figure(words: str, number: int = 0) -> None:
    """What was tried how often and what was found; ``{n}`` in it is the sum of the ``number`` of all who say the same."""
    _say("figure", words, number)


def control(words: str) -> None:
    """What the same trial finds where the promise is broken on purpose."""
    _say("control", words)


class Progress:
    """Says now and then how many of ``number`` trials are done."""

    def __init__(self, what: str, number: int):
        self.what, self.number, self.done = what, number, 0
        self.began = self.said = time.monotonic()

    def step(self) -> None:
        self.done += 1
        now = time.monotonic()
        if now - self.said > QUIET:
            self.said = now
            _say("progress", f"{self.what}: {self.done:,} of {self.number:,} in {now - self.began:.0f} s")


def _say(kind: str, words: str, number: int = 0) -> None:
    if FIGURES:
        with open(FIGURES, "a", encoding="utf-8") as file:
            file.write(json.dumps([kind, words, number]) + "\n")
